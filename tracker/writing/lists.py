"""Lists as files: the rows of a list as CSV or as a workbook, written as they come."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import IO

from tracker.domain.errors import Invalid
from tracker.writing.formulas import harmless
from tracker.writing.list_sheet import Cell, ListColumn, write_sheet

__all__ = ["Cell", "ListColumn", "ListForm", "write_list"]

MOST_ROWS = 100_000
_IN_MEMORY = 1024 * 1024  # bytes; what is longer goes into a file
_AT_ONCE = 500  # rows
_KEPT_SPACE = "\N{NO-BREAK SPACE}"


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
        if form is ListForm.CSV:
            _write_csv(written, columns, _bounded(rows))
        else:
            write_sheet(written, title, columns, _plain(_bounded(rows)))
        unless_written.pop_all()
    written.seek(0)
    return written


def _bounded(rows: Iterable[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
    rows = iter(rows)
    yield from islice(rows, MOST_ROWS)
    for _ in rows:
        raise Invalid(
            "The list has more than %(most)s rows, too many for one file. Narrow it, then "
            "take it along.",
            most=MOST_ROWS,
        )


def _plain(rows: Iterable[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
    """Yield the rows with spaces as people type them, so that what they look for is found."""
    for row in rows:
        yield [cell.replace(_KEPT_SPACE, " ") if isinstance(cell, str) else cell for cell in row]


def _write_csv(
    file: IO[bytes], columns: Sequence[ListColumn], rows: Iterable[Sequence[Cell]]
) -> None:
    # The byte order mark, without which spreadsheets do not take it for UTF-8.
    file.write(codecs.BOM_UTF8)
    lines = map(_in_csv, chain([[column.heading for column in columns]], rows))
    while some := list(islice(lines, _AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(some)
        file.write(text.getvalue().replace(_KEPT_SPACE, " ").encode())


def _in_csv(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row as the module of CSV writes them right, and none a formula."""
    return [
        harmless(cell)
        if isinstance(cell, str)
        else cell.isoformat(timespec="minutes")
        if isinstance(cell, datetime)
        else cell
        for cell in row
    ]
