"""The styles, the page and the fonts of a Word file of the house, and nothing else of it."""

import json
from dataclasses import asdict
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from tracker.domain.biennial_report.house_styles import FONTS, PAGE, STYLES, THEME, PageSetUp
from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.reading.packages import open_package, parse_part

LARGEST_STYLES: Final = 10 * 1024 * 1024
"""Bytes of the file as it comes; pictures of letterheads are read over."""
_LARGEST_PART: Final = 4 * 1024 * 1024
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN_TYPES: Final = (f"{_TYPES}document.main+xml", f"{_TYPES}template.main+xml")
# What says who worked when, belongs to another text, or would hide what is printed.
_LEFT_BEHIND: Final = frozenset(
    _W + name
    for name in (
        "aliases", "rsid", "personal", "personalCompose", "personalReply", "lang", "numPr",
        "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "ins", "del",
        "moveFrom", "moveTo", "sectPr", "divId", "framePr", "vanish", "specVanish", "webHidden",
        "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
    )
)  # fmt: skip
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LEAST_WIDTH, _LEAST_HEIGHT = 5670, 7940  # twentieths of a point: 10 cm by 14 cm of text
_LARGEST_PAGE: Final = 31_680  # the largest that Word knows: 22 inches


def read_house_styles(content: bytes) -> bytes:
    """Return the styles, page, fonts and theme of a Word file as a package of its parts.

    Raise Invalid, with what to do, for a file with macros, for one that is no Word file, and for a
    page on which the report finds no room. The same file gives the same bytes; names of people,
    comments, texts, pictures and data of other programs are not among them.
    """
    if len(content) > LARGEST_STYLES:
        raise Invalid(
            "The file is larger than %(limit)s MB. Take pictures and text out of it: only its "
            "styles are needed.",
            limit=LARGEST_STYLES // 1024 // 1024,
        )
    try:
        with open_package(content) as package:
            return _packed(_parts(package))
    except UnreadableDocument as problem:
        raise _no_word_file() from problem


def _parts(package: ZipFile) -> dict[str, bytes]:
    main = _main_part(package)
    body = _part(package, main)
    related = _related(package, main)
    if "styles" not in related:
        raise _no_word_file()
    styles = _part(package, related["styles"])
    if styles.tag != f"{_W}styles":
        raise _no_word_file()
    parts = {STYLES: _cleaned(styles, _W)}
    for name, kind, tag, space in (
        (FONTS, "fontTable", f"{_W}fonts", _W),
        (THEME, "theme", f"{_A}theme", _A),
    ):
        if kind in related and (found := _part(package, related[kind])).tag == tag:
            parts[name] = _cleaned(found, space)
    setup = _page_set_up(body)
    if setup is not None:
        _check_page(setup)
        parts[PAGE] = json.dumps(asdict(setup)).encode()
    return parts


def _main_part(package: ZipFile) -> str:
    """Return the name of the document; raise Invalid for a file with macros."""
    types = parse_part(package, "[Content_Types].xml")
    named = {each.get("PartName", ""): each.get("ContentType", "") for each in types}
    kinds = [kind.lower() for each in types for kind in [each.get("ContentType", "")]]
    parts = [name.lower() for name in package.namelist()]
    if any("macroenabled" in kind or "vba" in kind for kind in kinds) or any(
        "vbaproject" in part or "vbadata" in part for part in parts
    ):
        raise Invalid(
            "The file has macros (.docm, .dotm). Save it in Word as .docx or .dotx, without "
            "macros, and choose that."
        )
    main = next((name for name, kind in named.items() if kind in _MAIN_TYPES), "")
    if not main:
        raise _no_word_file()
    return main.lstrip("/")


def _related(package: ZipFile, main: str) -> dict[str, str]:
    """Return the names of the parts that the document refers to, by what they are."""
    folder, _, name = main.rpartition("/")
    relations = parse_part(package, f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = {}
    for each in relations.iter(_RELATION):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[each.get("Type", "").rpartition("/")[2]] = whole.lstrip("/")
    return found


def _part(package: ZipFile, name: str) -> etree._Element:
    try:
        size = package.getinfo(name).file_size
    except KeyError as problem:
        raise _no_word_file() from problem
    limit = LARGEST_STYLES * 10 if name.endswith("document.xml") else _LARGEST_PART
    if size > limit:
        raise Invalid(
            "The file is larger than %(limit)s MB. Take pictures and text out of it: only its "
            "styles are needed.",
            limit=limit // 1024 // 1024,
        )
    return parse_part(package, name)


def _cleaned(element: etree._Element, space: str) -> bytes:
    """Return a part with what is of one vocabulary alone, without what is left behind."""
    copy = etree.Element(element.tag, nsmap={"w" if space == _W else "a": space[1:-1]})
    _take(element, copy, space)
    return etree.tostring(copy)


def _take(element: etree._Element, copy: etree._Element, space: str) -> None:
    for name, value in element.items():
        if name == _XML_SPACE or name.startswith(space) or (space == _A and name[:1] != "{"):
            copy.set(name, value)
    for child in element:
        is_ours = isinstance(child.tag, str) and child.tag.startswith(space)
        if is_ours and child.tag not in _LEFT_BEHIND and child.tag != f"{_A}extLst":
            _take(child, etree.SubElement(copy, child.tag), space)


def _page_set_up(body: etree._Element) -> PageSetUp | None:
    """Return the page of the last section, None where it does not say all of it."""
    sections = body.findall(f"{_W}body/{_W}sectPr")
    size = sections[-1].find(f"{_W}pgSz") if sections else None
    margins = sections[-1].find(f"{_W}pgMar") if sections else None
    if size is None or margins is None:
        return None
    gutter = _measure(margins, "gutter")
    return PageSetUp(
        width=_measure(size, "w"),
        height=_measure(size, "h"),
        # A margin below zero is one that the head of the page does not push down.
        top=abs(_measure(margins, "top")),
        right=_measure(margins, "right"),
        bottom=abs(_measure(margins, "bottom")),
        left=_measure(margins, "left") + gutter,
        header=_measure(margins, "header"),
        footer=_measure(margins, "footer"),
    )


def _measure(element: etree._Element, name: str) -> int:
    try:
        return int(float(element.get(_W + name, "0")))
    except (ValueError, OverflowError) as problem:
        raise _no_word_file() from problem


def _check_page(setup: PageSetUp) -> None:
    is_real = max(setup.width, setup.height) <= _LARGEST_PAGE and min(setup.left, setup.right) >= 0
    has_room = setup.text_width >= _LEAST_WIDTH and setup.text_height >= _LEAST_HEIGHT
    if not (is_real and has_room):
        raise Invalid(
            "The page leaves %(width)s by %(height)s cm for text; the tables of the report need 10 "
            "by 14 cm at least. Change the page or its margins in the Word file.",
            width=round(setup.text_width / 567, 1),
            height=round(setup.text_height / 567, 1),
        )


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(ZipInfo(name, _EARLIEST), part, ZIP_DEFLATED)
    return packed.getvalue()


def _no_word_file() -> Invalid:
    return Invalid(
        "This is no Word file (.docx, .dotx), or it is damaged, protected by a password or saved "
        "as Strict Open XML. Save it anew in Word as .docx and choose it again."
    )
