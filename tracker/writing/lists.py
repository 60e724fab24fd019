"""Lists as files: the rows of a list as CSV or as a workbook, written as they come."""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tracker.domain.errors import Invalid
from tracker.writing.formulas import FORMULA, harmless
from tracker.writing.workbook_cells import put_heading, put_text

# A moment is one of the reader's time zone; nothing known is None.
Cell = str | int | Decimal | date | datetime | None

MOST_ROWS = 100_000
_IN_MEMORY = 1024 * 1024  # bytes; what is longer goes into a file
_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


class ListForm(StrEnum):
    """In which form a list is written."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    ListForm.CSV: "text/csv",
    ListForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading and its width in characters."""

    heading: str
    width: int = 18


def write_list(
    form: ListForm,
    *,
    title: str,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[Cell]],
) -> IO[bytes]:
    """Return the list as an open file at its beginning; rows are taken one by one.

    Nothing that people wrote becomes a formula, dates are dates. Raises Invalid for a list with
    more than MOST_ROWS rows.
    """
    written: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed out open
    with ExitStack() as unless_written:
        unless_written.callback(written.close)
        write = _write_csv if form is ListForm.CSV else _write_workbook
        write(written, title, columns, _plain(rows))
        unless_written.pop_all()
    written.seek(0)
    return written


def _plain(rows: Iterable[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
    """Yield the rows with spaces as people type them, so that what they look for is found."""
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise Invalid(
                "The list has more than %(most)s rows, too many for one file. Narrow it, then "
                "take it along.",
                most=MOST_ROWS,
            )
        yield [
            cell.replace("\N{NO-BREAK SPACE}", " ") if isinstance(cell, str) else cell
            for cell in row
        ]


def _write_csv(
    file: IO[bytes], title: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Cell]]
) -> None:
    # The byte order mark, without which spreadsheets do not take it for UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([harmless(column.heading) for column in columns])
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    text.detach()


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell)


def _write_workbook(
    file: IO[bytes], title: str, columns: Sequence[ListColumn], rows: Iterable[Sequence[Cell]]
) -> None:
    workbook = Workbook(write_only=True)
    # It only takes rows, but is set up like any other; its own type does not tell.
    page = cast("Worksheet", workbook.create_sheet(title[:31]))
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    # Printed, all columns stand on one page beside each other.
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.append([_heading(page, column) for column in columns])
    count = 1
    for row in rows:
        page.append([_in_workbook(page, cell) for cell in row])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    workbook.save(file)


def _heading(page: Worksheet, column: ListColumn) -> SheetCell:
    cell = WriteOnlyCell(page)
    put_heading(cell, column.heading)
    return cell


def _in_workbook(page: Worksheet, cell: Cell) -> object:
    if isinstance(cell, str):
        if not cell.startswith(FORMULA) and cell.isprintable() and len(cell) < 32_000:
            return cell
        held = WriteOnlyCell(page)
        put_text(held, cell)
        return held
    if isinstance(cell, date):
        # A workbook knows no time zones: what the reader's clock showed is what stays.
        held = WriteOnlyCell(page)
        held.value = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        held.number_format = _MOMENT if isinstance(cell, datetime) else _DAY
        return held
    return cell
