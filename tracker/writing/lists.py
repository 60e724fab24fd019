"""Lists as files: the rows of a list as CSV or as a workbook, written as they come."""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import IO

from tracker.domain.errors import Invalid
from tracker.writing.formulas import harmless
from tracker.writing.list_sheet import Cell, ListColumn, write_sheet

__all__ = ["Cell", "ListColumn", "ListForm", "write_list"]

MOST_ROWS = 100_000
_IN_MEMORY = 1024 * 1024  # bytes; what is longer goes into a file


class ListForm(StrEnum):
    """In which form a list is written."""

    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    ListForm.CSV: "text/csv",
    ListForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
        write = _write_csv if form is ListForm.CSV else write_sheet
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
