"""A division's sheet as a Word file: one table for each clause, its fields to be written into."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from textwrap import shorten

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from tracker.domain.unit_sheets import (
    ASKED,
    CHOOSE,
    HEADINGS,
    LAST_SAID,
    NUMBER,
    POINT,
    SheetItem,
    SheetPoint,
    UnitSheet,
)
from tracker.i18n import translate_into
from tracker.writing.sheet_words import (
    code_line,
    guide,
    heading,
    joint_lead_words,
    label,
    last_said_words,
    settled_words,
    shown_text,
    status_words,
)
from tracker.writing.word_parts import (
    BLUE,
    W,
    content_control,
    element,
    paragraphs,
    ruled_table,
    run,
)

_LABELS, _TEXTS = 2550, 7090  # widths of the two columns, twentieths of a point
_HEIGHTS = {"done": 900, "results": 600, "next_steps": 600, "difficulties": 600}  # the same unit
_SHADE = {"head": "E3F2FA", "shown": "F3F4F6"}
_LOCALES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-BR"}


def write_word_sheet(sheet: UnitSheet) -> bytes:
    """Return the sheet as DOCX, in its language; control characters are left out."""
    document = Document()
    _set_up(document, sheet)
    body = document.element.body
    end = body.find(qn("w:sectPr"))
    for part in _parts(sheet):
        end.addprevious(part)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _parts(sheet: UnitSheet) -> Iterable[etree._Element]:
    language = sheet.language
    yield from paragraphs(heading(sheet), style="Title")
    yield from paragraphs(code_line(sheet), style="SheetCode")
    for line in guide(sheet):
        yield from paragraphs(line, style="Guide")
    for item in sheet.items:
        gist = shorten(item.clause, 64, placeholder="…")
        yield from paragraphs(f"{item.number}. {gist}", style="Heading 2")
        yield _table(item, language)
        yield from paragraphs("", style="Between")


def _table(item: SheetItem, language: str) -> etree._Element:
    table = ruled_table((_LABELS, _TEXTS), above_and_below=60)
    table.extend(_rows(item, language))
    return table


def _rows(item: SheetItem, language: str) -> Iterable[etree._Element]:
    number = f"{_word(NUMBER, language)} {item.number}"
    joint = joint_lead_words(item, language)
    asked = [
        *paragraphs(item.citation, style="Cited", locked=f"{item.number}.citation"),
        *(paragraphs(item.chapeau, style="Shown") if item.chapeau else ()),
        *paragraphs(item.clause, style="Shown"),
        *(paragraphs(joint, style="Cited") if joint else ()),
    ]
    first = [
        *paragraphs(number, style="Cited", locked=f"{item.number}.number"),
        *paragraphs(_word(ASKED, language), style="FieldName"),
    ]
    yield _row(first, asked, shade="head", is_repeated=True)
    if item.is_settled:
        yield _row([], paragraphs(settled_words(item, language), style="Cited"), shade="head")
    if item.last:
        said = last_said_words(item.last.text, language)
        name = [
            *paragraphs(_word(LAST_SAID, language), style="FieldName"),
            *paragraphs(item.last.period_name, style="Shown"),
        ]
        yield _row(name, paragraphs(said, style="Shown"), shade="shown")
    for point in item.points:
        yield _row(_point_name(point, language), _point_status(item, point, language))
    for field, words in HEADINGS.items():
        name = paragraphs(_word(words, language), style="FieldName")
        if not item.is_settled:
            yield _row(name, _field(item, field, language), height=_HEIGHTS.get(field, 0))
        elif shown_text(item.text, field, language):
            yield _row(name, _field(item, field, language), shade="shown")


def _point_name(point: SheetPoint, language: str) -> list[etree._Element]:
    return [
        *paragraphs(f"{_word(POINT, language)} {point.number}", style="FieldName"),
        *paragraphs(point.text, style="Shown"),
        *(paragraphs(point.who, style="Cited") if point.who else ()),
    ]


def _point_status(item: SheetItem, point: SheetPoint, language: str) -> list[etree._Element]:
    words = label(point.status, language) if point.status else ""
    if item.is_settled:
        return paragraphs(words or "–", style="Shown")
    tag = f"{item.number}.point{point.number}"
    return [_choice(words or _word(CHOOSE, language), tag, language)]


def _field(item: SheetItem, field: str, language: str) -> list[etree._Element]:
    words = shown_text(item.text, field, language)
    tag = f"{item.number}.{field}"
    if item.is_settled:
        return paragraphs(words, style="Shown", locked=tag if "\n" not in words else "")
    if field == "status":
        return [_choice(words or _word(CHOOSE, language), tag, language)]
    if field == "postponed_to":
        return [_day(item.text.postponed_to, tag, language)]
    return paragraphs(words, style="Answer")


def _choice(words: str, tag: str, language: str) -> etree._Element:
    listed = element("dropDownList")
    for each in (_word(CHOOSE, language), *status_words(language)):
        listed.append(element("listItem", displayText=each, value=each))
    control = content_control(tag, listed, [run(words)])
    return _paragraph_around(control, style="Answer")


def _day(day: date | None, tag: str, language: str) -> etree._Element:
    kind = element("date")
    kind.append(element("dateFormat", val="yyyy-MM-dd"))
    kind.append(element("lid", val=_LOCALES.get(language, language)))
    kind.append(element("storeMappedDataAs", val="date"))
    kind.append(element("calendar", val="gregorian"))
    control = content_control(tag, kind, [run(day.isoformat() if day else "–")])
    return _paragraph_around(control, style="Answer")


def _paragraph_around(control: etree._Element, *, style: str) -> etree._Element:
    (made,) = paragraphs("", style=style)
    made.append(control)
    return made


def _row(
    name: Iterable[etree._Element],
    words: Iterable[etree._Element],
    *,
    shade: str = "",
    is_repeated: bool = False,
    height: int = 0,
) -> etree._Element:
    row = element("tr")
    properties = element("trPr")
    if is_repeated:
        properties.append(element("cantSplit"))
    if height:
        properties.append(element("trHeight", val=str(height), hRule="atLeast"))
    if is_repeated:
        properties.append(element("tblHeader"))
    row.append(properties)
    row.append(_cell(name, _LABELS, _SHADE[shade or "shown"]))
    row.append(_cell(words, _TEXTS, _SHADE.get(shade, "")))
    return row


def _cell(content: Iterable[etree._Element], width: int, shade: str) -> etree._Element:
    cell = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=str(width), type="dxa"))
    if shade:
        properties.append(element("shd", val="clear", color="auto", fill=shade))
    cell.append(properties)
    cell.extend(list(content) or paragraphs("", style="Shown"))
    return cell


def _set_up(document: WordDocument, sheet: UnitSheet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    _set_up_styles(document, sheet.language)
    head = section.header.paragraphs[0]
    head.text = f"{sheet.unit} · {sheet.period_name} · {sheet.code}"
    head.style = document.styles["Running"]
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Running"]
    foot._p.append(element("fldSimple", instr="PAGE"))
    properties = document.core_properties
    properties.title, properties.author = heading(sheet), sheet.unit
    properties.language = sheet.language
    properties.comments = ""


def _set_up_styles(document: WordDocument, language: str) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    fonts = normal.element.rPr.rFonts
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), "Arial")
    normal.element.rPr.append(element("lang", val=_LOCALES.get(language, language)))
    for name, size, is_bold, colour, before, after in (
        ("Title", 20, True, BLUE, 0, 6),
        ("Heading 2", 12, True, BLUE, 14, 4),
        ("SheetCode", 10, True, "4B5563", 0, 6),
        ("Guide", 10, False, "111827", 0, 4),
        ("Cited", 10, True, "111827", 0, 2),
        ("Shown", 9, False, "374151", 0, 2),
        ("FieldName", 9, True, "374151", 0, 0),
        ("Answer", 10, False, "111827", 0, 0),
        ("Between", 4, False, "111827", 0, 0),
        ("Running", 8, False, "6B7280", 0, 0),
    ):
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), is_bold
        style.font.color.rgb = RGBColor.from_string(colour)
        format_ = style.paragraph_format
        format_.space_before, format_.space_after = Pt(before), Pt(after)
        if name == "Heading 2":
            format_.keep_with_next = True
        if name == "Title":
            for border in style.element.pPr.findall(f"{W}pBdr"):
                style.element.pPr.remove(border)


def _word(message: str, language: str) -> str:
    return translate_into(language)(message)
