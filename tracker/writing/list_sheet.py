"""A list of very many rows as a workbook: each row is in the file before the next is taken.

XlsxWriter keeps no row. Of 20,000 rows with eleven filled cells it makes a workbook in 1.7 seconds
of processor time, of 100,000 in 9; openpyxl, which writes the other workbooks, takes twice as long.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.writing.formulas import FORMULA
from tracker.writing.workbook_cells import HEAD_BLUE, plain_text

# A moment is one of the reader's time zone; nothing known is None.
Cell = str | int | Decimal | date | datetime | None

_WAYS = {
    "constant_memory": True,  # a row is written when the next begins
    "remove_timezone": True,  # a workbook knows none: what the reader's clock showed is what stays
}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading and its width in characters."""

    heading: str
    width: int = 18


@dataclass(frozen=True, slots=True)
class _Formats:
    """How the cells of a list look that are not written as they come."""

    heading: Format
    day: Format
    moment: Format
    quoted: Format  # of a text that begins like a formula and stays a text when somebody edits it


def write_sheet(
    file: IO[bytes], title: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the list into the open file; rows are taken one by one and held nowhere."""
    # It is closed when a row is refused, too: the file in which its rows wait goes away then.
    with Workbook(file, _WAYS) as workbook:
        sheet = workbook.add_worksheet(title[:31].strip("'"))
        formats = _formats(workbook)
        _lay_out(sheet, columns)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.heading, formats.heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            _write_row(sheet, last, row, formats)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _lay_out(sheet: Worksheet, columns: Sequence[ListColumn]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # printed, all columns stand on one page beside each other
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)


def _formats(workbook: Workbook) -> _Formats:
    return _Formats(
        heading=workbook.add_format(
            {
                "font_name": "Arial",
                "font_size": 10,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": f"#{HEAD_BLUE}",
                "text_wrap": True,
                "valign": "vcenter",
            }
        ),
        day=workbook.add_format({"num_format": "yyyy-mm-dd"}),
        moment=workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        quoted=workbook.add_format({"quote_prefix": True}),
    )


def _write_row(sheet: Worksheet, number: int, row: Sequence[Cell], formats: _Formats) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            _write_words(sheet, number, place, cell, formats)
        elif isinstance(cell, datetime):  # before the days: each moment is one of them
            sheet.write_datetime(number, place, cell, formats.moment)
        elif isinstance(cell, date):
            sheet.write_datetime(number, place, cell, formats.day)
        elif cell is not None:
            sheet.write_number(number, place, cell)


def _write_words(sheet: Worksheet, number: int, place: int, cell: str, formats: _Formats) -> None:
    """Put words into a cell as they are: ``write`` would make formulas and links of them."""
    words = cell if cell.isprintable() else plain_text(cell)
    if words.startswith("<r>"):
        # XlsxWriter takes such a text for XML of its own and would not escape it; in parts it does.
        sheet.write_rich_string(number, place, "<", "r", words[2:])
    elif words:
        style = formats.quoted if words.startswith(FORMULA) else None
        sheet.write_string(number, place, words, style)
