"""Sheets as people fill them in: texts put into the cells of a Word file or a workbook."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Row
from lxml import etree
from openpyxl import load_workbook

from tracker.domain.unit_sheets import HEADINGS, POINT, UnitSheet
from tracker.i18n import translate_into
from tracker.writing.unit_sheet_word import write_word_sheet
from tracker.writing.unit_sheet_workbook import write_workbook_sheet

Texts = Mapping[int, Mapping[str, str]]  # by number of the item, then by field
HEAD_ROW = 5
_FIRST_FIELD = 5  # column E


def filled_word(sheet: UnitSheet, texts: Texts) -> bytes:
    """Return the Word file with texts written over what stands in its fields."""
    document = Document(BytesIO(write_word_sheet(sheet)))
    for number, fields in texts.items():
        for field, words in fields.items():
            write_in_cell(field_row(document.tables[number - 1], field, sheet.language), words)
    return _saved(document.save)


def field_row(table: Table, field: str, language: str = "en") -> _Row:
    """Return the row of a field, or of an action point by its number, as in "point 2"."""
    point = f"{translate_into(language)(POINT)} {field.removeprefix('point ')}"
    name = point if field.startswith("point ") else translate_into(language)(HEADINGS[field])
    found: _Row = next(row for row in table.rows if row.cells[0].text.split("\n")[0] == name)
    return found


def write_in_cell(row: _Row, words: str) -> None:
    """Write words into the cell of a field, whatever stands there."""
    cell = row.cells[1]
    for control in list(cell._tc.iter(qn("w:sdt"))):
        removed(control)
    cell.text = ""
    for place, line in enumerate(words.split("\n")):
        (cell.paragraphs[0] if place == 0 else cell.add_paragraph()).add_run(line)


def track(row: _Row, *, inserted: str, deleted: str) -> None:
    """Write into the cell of a field what Word keeps when changes are tracked."""
    (paragraph,) = row.cells[1].paragraphs
    for tag, text_tag, words in (("del", "delText", deleted), ("ins", "t", inserted)):
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="7" w:author="Director">'
                f'<w:r><w:{text_tag} xml:space="preserve">{words}</w:{text_tag}></w:r></w:{tag}>'
            )
        )


def changed_word(content: bytes, change: Callable[[list[Table]], None]) -> bytes:
    """Return a Word file after ``change`` was made to its tables."""
    document = Document(BytesIO(content))
    change(document.tables)
    return _saved(document.save)


def copied(table: Table) -> None:
    """Put a copy of a table below it."""
    table._tbl.addnext(deepcopy(table._tbl))


def removed(part: etree._Element) -> None:
    """Take an element out of its document."""
    parent = part.getparent()
    assert parent is not None
    parent.remove(part)


def filled_workbook(sheet: UnitSheet, texts: Texts) -> bytes:
    """Return the workbook with texts written over what stands in its fields."""

    def fill(cells: dict[str, object]) -> None:
        for number, fields in texts.items():
            for field, words in fields.items():
                if not field.startswith("point "):
                    cells[address(number, field)] = words

    content = changed_workbook(write_workbook_sheet(sheet), fill)
    return _with_points(content, texts)


def _with_points(content: bytes, texts: Texts) -> bytes:
    """Return a workbook with the words for action points, as in "point 2", on their own page."""
    points = {
        (number, int(field.removeprefix("point "))): words
        for number, fields in texts.items()
        for field, words in fields.items()
        if field.startswith("point ")
    }
    if not points:
        return content
    workbook = load_workbook(BytesIO(content))
    page = workbook.worksheets[1]
    for row in page.iter_rows(min_row=2):
        key = int(str(row[0].value)), int(str(row[2].value))
        if key in points:
            row[5].value = points[key]
    return _saved(workbook.save)


def address(number: int, field: str) -> str:
    """Return where a field of an item stands in the workbook, as in "H6"."""
    return f"{chr(ord('A') + _FIRST_FIELD - 1 + list(HEADINGS).index(field))}{HEAD_ROW + number}"


def changed_workbook(content: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    """Return a workbook after ``change`` wrote into its cells by their addresses."""
    workbook = load_workbook(BytesIO(content))
    page = workbook.worksheets[0]
    written: dict[str, object] = {}
    change(written)
    for place, value in written.items():
        cell = page[place]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # as Excel keeps what is typed as text
    return _saved(workbook.save)


def _saved(save: Callable[[BytesIO], None]) -> bytes:
    written = BytesIO()
    save(written)
    return written.getvalue()
