"""A list of very many rows as a workbook: the sheet is written row by row, all else around it.

A library makes the workbook with its head and formats; its cells are objects, which for a list of
100,000 rows take four times as long as all the rest.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import IO, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tracker.writing.formulas import FORMULA
from tracker.writing.workbook_cells import plain_text, put_heading

# A moment is one of the reader's time zone; nothing known is None.
Cell = str | int | Decimal | date | datetime | None

_SHEET = "xl/worksheets/sheet1.xml"
_LAST_ROW = 1_048_576  # of a workbook: stands for the number of rows until they are counted
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_AT_ONCE = 200  # rows
_COMPRESSION = 3  # of 9: the file is a tenth larger than by the usual 6 and takes half as long


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading and its width in characters."""

    heading: str
    width: int = 18


@dataclass(frozen=True, slots=True)
class _Styles:
    """How the workbook numbers the formats of cells."""

    day: int
    moment: int
    quoted: int  # of a text that begins like a formula and stays a text when somebody edits it


def write_sheet(
    file: IO[bytes], title: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the list into the open file; rows are taken one by one and held nowhere."""
    shell, styles = _shell(title, columns)
    parts = {name: shell.read(name) for name in shell.namelist()}
    head, end, tail = parts.pop(_SHEET).partition(b"</sheetData>")
    letters = [get_column_letter(place) for place in range(1, len(columns) + 1)]
    count = 1
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as package:
        with package.open(_SHEET, "w") as sheet:
            # It would say where the list ends before that is known.
            sheet.write(re.sub(rb"<dimension[^>]*/>", b"", head))
            lines = _lines(rows, letters, styles)
            while some := list(islice(lines, _AT_ONCE)):
                count += len(some)
                sheet.write("".join(some).encode())
            sheet.write(end + _ending_with(tail, count))
        for name, content in parts.items():
            package.writestr(name, _ending_with(content, count))


def _shell(title: str, columns: Sequence[ListColumn]) -> tuple[ZipFile, _Styles]:
    """Return a workbook that holds the heads of the columns, and the numbers of its formats."""
    workbook = Workbook()
    page = cast("Worksheet", workbook.active)  # a new workbook has one
    page.title = title[:31]
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    # Printed, all columns stand on one page beside each other.
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        put_heading(cast("SheetCell", page.cell(1, place)), column.heading)
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{_LAST_ROW}"
    styles = _styles(page)
    made = BytesIO()
    workbook.save(made)
    return ZipFile(made), styles


def _styles(page: Worksheet) -> _Styles:
    day, moment, quoted = (cast("SheetCell", page.cell(2, place)) for place in (1, 2, 3))
    day.number_format, moment.number_format, quoted.quotePrefix = _DAY, _MOMENT, True
    styles = _Styles(day.style_id, moment.style_id, quoted.style_id)
    page.delete_rows(2)
    return styles


def _lines(
    rows: Iterable[Sequence[Cell]], letters: Sequence[str], styles: _Styles
) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        cells = (
            _cell(f"{letter}{number}", cell, styles)
            for letter, cell in zip(letters, row, strict=True)
            if cell is not None and cell != ""
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, cell: Cell, styles: _Styles) -> str:
    if isinstance(cell, str):
        words = cell if cell.isprintable() and len(cell) < 32_000 else plain_text(cell)
        style = f' s="{styles.quoted}"' if words.startswith(FORMULA) else ""
        return (
            f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">'
            f"{escape(words)}</t></is></c>"
        )
    if isinstance(cell, datetime):
        # A workbook knows no time zones: what the reader's clock showed is what stays.
        shown = _serial(cell.replace(tzinfo=None))
        return f'<c r="{place}" s="{styles.moment}"><v>{shown}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{styles.day}"><v>{_serial(cell)}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


@lru_cache(maxsize=4096)
def _serial(day: date) -> float:
    """Return a day or a moment as workbooks count: in days since the beginning of 1900."""
    return float(to_excel(day))  # type: ignore[no-untyped-call]  # the stubs leave its types out


def _ending_with(content: bytes, count: int) -> bytes:
    """Return a part of the package in which the list ends with the row of that number."""
    return content.replace(str(_LAST_ROW).encode(), str(count).encode())
