"""A translation file as a Word table of two columns: the original and beside it its translation."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from tracker.domain.biennial_report.translations import (
    FileLine,
    TranslationFile,
    TranslationState,
)
from tracker.domain.biennial_report.wording import capitalised
from tracker.domain.errors import N_
from tracker.i18n import translate_into
from tracker.writing.translation_xliff import LOCALES
from tracker.writing.word_parts import BLUE, element, paragraphs, ruled_table, run

_COLUMN = 7280  # width of each of the two columns, twentieths of a point
_GUIDE = (
    N_("Write each translation into the right column, in the row of its original."),
    N_("Leave the grey keys and the left column as they are: by them each text finds its place."),
    N_(
        "A translation marked with an asterisk is of an earlier original: look it over, then take "
        "the asterisk away."
    ),
)
MARK_OF_OLD = "* "
"""What stands before a translation whose original has changed since."""


def write_table(file: TranslationFile, *, names: tuple[str, str]) -> bytes:
    """Return the file as DOCX; ``names`` are those of both languages, as the target calls them."""
    document = Document()
    _set_up(document, file)
    end = document.element.body.find(qn("w:sectPr"))
    say = translate_into(file.mark.language)
    for line in paragraphs(file.title, style="Title"):
        end.addprevious(line)
    for line in paragraphs(str(file.mark), style="TextKey"):
        end.addprevious(line)
    for sentence in _GUIDE:
        for line in paragraphs(say(sentence), style="Guide"):
            end.addprevious(line)
    end.addprevious(_table(file, names))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _table(file: TranslationFile, names: tuple[str, str]) -> etree._Element:
    table = ruled_table((_COLUMN, _COLUMN), above_and_below=50)
    table.append(
        _row(*(paragraphs(capitalised(name), style="Label") for name in names), is_head=True)
    )
    table.extend(_rows(file))
    return table


def _rows(file: TranslationFile) -> Iterator[etree._Element]:
    for heading, lines in groupby(file.lines, key=lambda line: line.heading):
        if heading:
            yield _heading(heading)
        for line in lines:
            yield _row(
                [
                    *paragraphs(line.key, style="TextKey"),
                    *_in(line.source, file.mark.source_language, "Text"),
                ],
                _in(_shown(line), file.mark.language, "Text"),
            )


def _shown(line: FileLine) -> str:
    is_old = line.target and line.state is TranslationState.OUT_OF_DATE
    return f"{MARK_OF_OLD}{line.target}" if is_old else line.target


def _in(words: str, language: str, style: str) -> list[etree._Element]:
    """Return a paragraph whose words are in a language, so that Word checks its spelling."""
    (made,) = paragraphs("", style=style)
    told = run(words)
    properties = element("rPr")
    properties.append(element("lang", val=LOCALES.get(language, language)))
    told.insert(0, properties)
    made.append(told)
    return [made]


def _heading(words: str) -> etree._Element:
    row = element("tr")
    cell = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=str(2 * _COLUMN), type="dxa"))
    properties.append(element("gridSpan", val="2"))
    properties.append(element("shd", val="clear", color="auto", fill="F3F4F6"))
    cell.append(properties)
    cell.extend(paragraphs(words, style="Label"))
    row.append(cell)
    return row


def _row(
    left: Iterable[etree._Element], right: Iterable[etree._Element], *, is_head: bool = False
) -> etree._Element:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    row.append(properties)
    for content in (left, right):
        cell = element("tc")
        told = element("tcPr")
        told.append(element("tcW", w=str(_COLUMN), type="dxa"))
        if is_head:
            told.append(element("shd", val="clear", color="auto", fill="E3F2FA"))
        cell.append(told)
        cell.extend(content)
        row.append(cell)
    return row


def _set_up(document: WordDocument, file: TranslationFile) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    _set_up_styles(document)
    foot = section.footer.paragraphs[0]
    foot._p.append(element("fldSimple", instr="PAGE"))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = file.title, "", ""
    properties.keywords, properties.language = str(file.mark), file.mark.language


def _set_up_styles(document: WordDocument) -> None:
    styles = document.styles
    normal = styles["Normal"]
    for name, size, is_bold, colour, after in (
        ("Normal", 10, False, "111827", 0),
        ("Title", 18, True, BLUE, 4),
        ("TextKey", 7, False, "6B7280", 0),
        ("Guide", 10, False, "111827", 4),
        ("Label", 9, True, "374151", 2),
        ("Text", 10, False, "111827", 2),
    ):
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), is_bold
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_after = Pt(after)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
