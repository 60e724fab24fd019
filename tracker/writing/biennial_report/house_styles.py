"""The Word template of the report with the styles, the page and the fonts of a house.

Styles are matched by the names that Word knows in every language ("heading 1", "caption"); what the
house does not have is filled with ours. The numbers of paragraphs, which annexes cite, stay ours.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tracker.domain.biennial_report.house_styles import A4, FONTS, PAGE, STYLES, THEME, PageSetUp
from tracker.writing.biennial_report.word_layout import Sheet, WordLayout, font_of, layout_of
from tracker.writing.biennial_report.word_packages import packed, parts_of

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_FONTS, _THEME = "word/fontTable.xml", "word/theme.xml"
Parts = Mapping[str, bytes]
# What belongs before a property of a paragraph, in the order that Word's schema demands.
_ORDER: Final = tuple(
    W + name
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
        "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
        "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    )
)  # fmt: skip
_BEFORE_FORM: Final = ("tblPr", "trPr", "tcPr", "tblStylePr", "rPr")
_NUMBERED: Final = {"NumberedParagraph": "1", "ListBullet": "2"}
_HEADINGS: Final = {f"Heading{level}": level for level in (1, 2, 3)}
_CONTENTS: Final = ("TOC1", "TOC2", "TOC3")
_LEAST_ABOVE_TITLE: Final = 2400  # twentieths of a point, on the cover
_LABEL: Final = 50  # room for the number of a heading: twentieths of a point for each of its size
_SMALLEST_LETTERS: Final = 15  # half points
# Not among the names that a house is asked for: Word has them by itself.
_UNTOLD: Final = frozenset({"default paragraph font", "normal table"})


def with_house_styles(template: Parts, house: bytes) -> dict[str, bytes]:
    """Return the parts of the report's template with what ``house`` holds in the place of ours."""
    held = parts_of(house)
    page = page_set_up(house)
    styles = _merged(etree.fromstring(template[_STYLES]), etree.fromstring(held[STYLES]))
    _keep_to_page(styles, page)
    _keep_room_for_labels(styles)
    parts = dict(template)
    parts[_STYLES] = _written(styles)
    if FONTS in held:
        parts[_FONTS] = _written(etree.fromstring(held[FONTS]))
    if THEME in held:
        parts[_THEME] = _themed(template[_THEME], etree.fromstring(held[THEME]))
    if "Table Text" in _missing(template, house):
        _narrow_tables(styles, layout_of(parts, page))
        parts[_STYLES] = _written(styles)
    parts[_MAIN] = _on_page(template[_MAIN].decode(), page).encode()
    return parts


@dataclass(frozen=True, slots=True)
class StylesSeen:
    """What a house's file gives the report: page, letters of the text, and the names it lacks.

    ``named_count`` is how many names of styles the report uses.
    """

    page: PageSetUp
    font: str
    size: float
    missing: tuple[str, ...]
    named_count: int


def seen_in(template: Parts, house: bytes) -> StylesSeen:
    """Return what the styles of a house give the report; names are in our order."""
    merged, page = with_house_styles(template, house), page_set_up(house)
    return StylesSeen(
        page=page,
        font=font_of(merged),
        size=layout_of(merged, page).size,
        missing=_missing(template, house),
        named_count=len(_asked(template)),
    )


def _missing(template: Parts, house: bytes) -> tuple[str, ...]:
    known = {_key(style) for style in _styles(etree.fromstring(parts_of(house)[STYLES]))}
    return tuple(_name(style) for style in _asked(template) if _key(style) not in known)


def _asked(template: Parts) -> list[etree._Element]:
    """Return the styles that the report uses and that a house can shape."""
    ours = _styles(etree.fromstring(template[_STYLES]))
    return [style for style in ours if _name(style).casefold() not in _UNTOLD]


def styles_file(template: Parts, house: bytes | None) -> bytes:
    """Return a Word file with a line in each style of the report, for an editor to begin from."""
    parts = dict(template) if house is None else with_house_styles(template, house)
    parts = {name: _TAG.sub(b"", content) for name, content in parts.items()}
    main = parts[_MAIN].decode()
    body = "".join(_sample(style) for style in _styles(etree.fromstring(template[_STYLES])))
    start, end = main.index("<w:body>") + len("<w:body>"), main.index("<w:sectPr")
    parts[_MAIN] = f"{main[:start]}{body}{main[end:]}".encode()
    return packed(parts)


def _sample(style: etree._Element) -> str:
    """Return a paragraph or a table in a style of ours that says its name."""
    identifier, name = _identifier(style), _name(style)
    if name.casefold() in _UNTOLD:
        return ""
    run = f"<w:r>{{form}}<w:t>{name}</w:t></w:r>"
    match style.get(f"{W}type"):
        case "paragraph":
            form = f'<w:pPr><w:pStyle w:val="{identifier}"/></w:pPr>'
            return f"<w:p>{form}{run.format(form='')}</w:p>"
        case "character":
            form = f'<w:rPr><w:rStyle w:val="{identifier}"/></w:rPr>'
            return f"<w:p>{run.format(form=form)}</w:p>"
        case _:
            cell = f"<w:tc><w:p>{run.format(form='')}</w:p></w:tc>"
            return (
                f'<w:tbl><w:tblPr><w:tblStyle w:val="{identifier}"/><w:tblW w:w="0" w:type="auto"/>'
                '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol/>'
                f"<w:gridCol/></w:tblGrid><w:tr>{cell * 2}</w:tr><w:tr>{cell * 2}</w:tr></w:tbl>"
            )


def page_set_up(house: bytes) -> PageSetUp:
    """Return the page of a house, ours where its file says nothing of it."""
    page = parts_of(house).get(PAGE)
    return PageSetUp(**json.loads(page)) if page else A4


def _merged(ours: etree._Element, theirs: etree._Element) -> etree._Element:
    """Return one sheet: theirs under our identifiers, and ours that they have not."""
    merged = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]})
    merged.append(_defaults(ours, theirs))
    latent = theirs.find(f"{W}latentStyles")
    if latent is not None:
        merged.append(latent)
    identifiers = {_key(style): _identifier(style) for style in _styles(ours)}
    renamed: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for style in _styles(theirs):
        if style.get(f"{W}type") == "numbering" or _key(style) in seen:
            continue
        seen.add(_key(style))
        new = _new_identifier(style, identifiers)
        if new not in renamed.values():
            renamed.setdefault(_identifier(style), new)
            style.set(f"{W}styleId", new)
            merged.append(style)
    _lead_to_new_names(merged, renamed)
    defaults = {style.get(f"{W}type") for style in _styles(merged) if _is_default(style)}
    for style in _styles(ours):
        if _key(style) not in seen:
            if style.get(f"{W}type") in defaults:
                style.attrib.pop(f"{W}default", None)
            merged.append(style)
    _lead_somewhere(merged)
    _keep_what_the_report_needs(merged, ours)
    return merged


def _defaults(ours: etree._Element, theirs: etree._Element) -> etree._Element:
    """Return their defaults, with a language for the writer to set."""
    defaults = theirs.find(f"{W}docDefaults")
    if defaults is None:
        found = ours.find(f"{W}docDefaults")
        assert found is not None  # noqa: S101 - our own template has them
        return deepcopy(found)
    runs = defaults.find(f"{W}rPrDefault")
    if runs is None:
        runs = etree.Element(f"{W}rPrDefault")
        defaults.insert(0, runs)
    form = runs.find(f"{W}rPr")
    if form is None:
        form = etree.SubElement(runs, f"{W}rPr")
    language = next(ours.iter(f"{W}lang"))
    form.append(deepcopy(language))
    return defaults


def _new_identifier(style: etree._Element, identifiers: Mapping[tuple[str, str], str]) -> str:
    """Return our identifier for a style of theirs with one of our names, else one of its own."""
    own = _identifier(style)
    named = identifiers.get(_key(style))
    return named or (f"{own}House" if own in identifiers.values() else own)


def _lead_to_new_names(styles: etree._Element, renamed: Mapping[str, str]) -> None:
    for kind in ("basedOn", "next", "link"):
        for reference in styles.iter(W + kind):
            value = reference.get(f"{W}val", "")
            reference.set(f"{W}val", renamed.get(value, value))


def _lead_somewhere(styles: etree._Element) -> None:
    """Drop references to styles that are not there."""
    there = {_identifier(style) for style in _styles(styles)}
    for kind in ("basedOn", "next", "link"):
        for reference in list(styles.iter(W + kind)):
            parent = reference.getparent()
            if parent is not None and reference.get(f"{W}val") not in there:
                parent.remove(reference)


def _keep_what_the_report_needs(styles: etree._Element, ours: etree._Element) -> None:
    """Let paragraphs count as annexes cite them, and headings lead into the contents."""
    held = {_identifier(style): style for style in _styles(styles)}
    for identifier, number in _NUMBERED.items():
        form = _form(held[identifier])
        numbering = etree.Element(f"{W}numPr")
        etree.SubElement(numbering, f"{W}ilvl").set(f"{W}val", "0")
        etree.SubElement(numbering, f"{W}numId").set(f"{W}val", number)
        _put(form, numbering)
    for identifier, level in _HEADINGS.items():
        outline = etree.Element(f"{W}outlineLvl")
        outline.set(f"{W}val", str(level - 1))
        _put(_form(held[identifier]), outline)
    for identifier in (*_HEADINGS, "Caption", "TableHead"):
        _put(_form(held[identifier]), etree.Element(f"{W}keepNext"))
    _space_before(held["Title"], _LEAST_ABOVE_TITLE)


def _space_before(style: etree._Element, least: int) -> None:
    """Give a paragraph at least that space above it, in twentieths of a point."""
    form = _form(style)
    held = form.find(f"{W}spacing")
    space = etree.Element(f"{W}spacing", dict(held.items()) if held is not None else {})
    before = space.get(f"{W}before", "0")
    if not before.isdecimal() or int(before) < least:
        space.set(f"{W}before", str(least))
    _put(form, space)


def _keep_room_for_labels(styles: etree._Element) -> None:
    """Let the numbers of headings end at a tab, unless the house has one of its own."""
    sheet = Sheet(styles)
    for style in _styles(styles):
        if _identifier(style) not in _HEADINGS or _form(style).find(f"{W}tabs") is not None:
            continue
        tabs = etree.Element(f"{W}tabs")
        tab = etree.SubElement(tabs, f"{W}tab")
        tab.set(f"{W}val", "left")
        tab.set(f"{W}pos", str(round(sheet.size(_identifier(style)) * _LABEL)))
        _put(_form(style), tabs)


def _narrow_tables(styles: etree._Element, layout: WordLayout) -> None:
    """Let words find room in our tables where the page is narrow or the font runs wide."""
    room = layout.page.text_width / A4.text_width / layout.breadth
    letters = max(round(layout.table_size * min(room, 1.0) * 2), _SMALLEST_LETTERS)
    style = next(each for each in _styles(styles) if _identifier(each) == "TableText")
    size = style.find(f"{W}rPr/{W}sz")
    if size is not None:
        size.set(f"{W}val", str(letters))


def _keep_to_page(styles: etree._Element, page: PageSetUp) -> None:
    """Put the numbers of pages in the contents at the end of the line."""
    for style in _styles(styles):
        if _identifier(style) not in _CONTENTS:
            continue
        form = _form(style)
        tabs = form.find(f"{W}tabs")
        held = [] if tabs is None else [tab for tab in tabs if tab.get(f"{W}val") == "right"]
        leader = held[0].get(f"{W}leader", "none") if held else "dot"
        made = etree.Element(f"{W}tabs")
        tab = etree.SubElement(made, f"{W}tab")
        tab.set(f"{W}val", "right")
        tab.set(f"{W}leader", leader)
        tab.set(f"{W}pos", str(page.text_width))
        _put(form, made)


def _form(style: etree._Element) -> etree._Element:
    """Return the properties of paragraphs of a style, made where there are none."""
    form = style.find(f"{W}pPr")
    if form is None:
        form = etree.Element(f"{W}pPr")
        after = [W + name for name in _BEFORE_FORM]
        place = next((at for at, child in enumerate(style) if child.tag in after), len(style))
        style.insert(place, form)
    return form


def _put(form: etree._Element, new: etree._Element) -> None:
    """Put a property in its place, instead of the one that is there."""
    for old in form.findall(str(new.tag)):
        form.remove(old)
    later = _ORDER[_ORDER.index(str(new.tag)) + 1 :]
    place = next((at for at, child in enumerate(form) if child.tag in later), len(form))
    form.insert(place, new)


def _themed(ours: bytes, theirs: etree._Element) -> bytes:
    """Return our theme with their colours and fonts."""
    theme = etree.fromstring(ours)
    for name in ("clrScheme", "fontScheme"):
        old, new = (each.find(f"{_A}themeElements/{_A}{name}") for each in (theme, theirs))
        parent = None if old is None else old.getparent()
        if old is not None and new is not None and parent is not None:
            parent.replace(old, new)
    return _written(theme)


_TAG: Final = re.compile(rb"\{\{ \w+ \}\}")
_SIZE = re.compile(r"<w:pgSz[^>]*/><w:pgMar[^>]*/>")
_WIDTH = re.compile(r'w:w="(9071|5671|3400)"')


def _on_page(main: str, page: PageSetUp) -> str:
    """Return the cover and the section on another page, the head of the cover as wide as it."""
    way = ' w:orient="landscape"' if page.width > page.height else ""
    set_up = (
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{way}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" '
        f'w:left="{page.left}" w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>'
    )
    left = page.text_width * 5671 // 9071
    widths = {"9071": page.text_width, "5671": left, "3400": page.text_width - left}
    scaled = _WIDTH.sub(lambda found: f'w:w="{widths[found[1]]}"', main)
    return _SIZE.sub(set_up, scaled, count=1)


def _styles(sheet: etree._Element) -> Iterator[etree._Element]:
    return iter(sheet.findall(f"{W}style"))


def _key(style: etree._Element) -> tuple[str, str]:
    return style.get(f"{W}type", "paragraph"), _name(style).casefold()


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "")


def _identifier(style: etree._Element) -> str:
    return style.get(f"{W}styleId", "")


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}default") in {"1", "true", "on"}


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
