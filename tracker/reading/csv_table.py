"""Reading of tables out of CSV files, as spreadsheets save them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.errors import Invalid

_WORKBOOK = b"PK"  # a workbook is a package of files
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[int, Mapping[str, str]]  # its line, counted from 1 with the header; cells by column


@dataclass(frozen=True, slots=True)
class TableForm:
    """Which columns a table has, the required ones among them, and how large it may be."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    row_limit: int
    size_limit: int  # bytes
    further: re.Pattern[str] | None = None  # columns that may come besides, told by their names
    column_of: Callable[[str], str] | None = None  # the column that a heading means


def csv_text(content: bytes, form: TableForm) -> str:
    """Return the text of a CSV file; raise Invalid when it is none."""
    if len(content) > form.size_limit:
        raise Invalid(
            "The file is larger than %(limit)s KB, too large for a list of %(rows)s rows. Divide "
            "it, or save only the columns that are asked for.",
            limit=form.size_limit // 1024,
            rows=form.row_limit,
        )
    if content.startswith(_WORKBOOK):
        raise Invalid(
            "This is a workbook, not a CSV file. Save it in your spreadsheet as “CSV UTF-8” and "
            "choose that file."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_unicode() from error
    if "\0" in text:
        raise _not_unicode()
    return text


def read_table(text: str, form: TableForm) -> list[Row]:
    """Return the rows of a table with a header, in order, without empty ones.

    Commas, semicolons or tabs part the cells. Raises Invalid when the header is missing or wrong,
    or when there are no rows or too many.
    """
    lines = text.splitlines()
    header_line = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=header_line.count)
    try:
        rows = _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Invalid(
            "The file cannot be read as CSV (%(reason)s). Save it again in your spreadsheet as "
            "“CSV UTF-8”.",
            reason=str(error),
        ) from error
    if not rows:
        raise Invalid(
            "The file is empty. Its first line names the columns: %(columns)s.",
            columns=", ".join(form.columns),
        )
    columns = _columns(rows[0][1], form)
    told = [(line, _cells(columns, cells)) for line, cells in rows[1:]]
    if not told:
        raise Invalid("The file has a header and no rows. Enter one record a row.")
    if len(told) > form.row_limit:
        raise Invalid(
            "The list has %(count)s rows; at most %(limit)s are taken at a time. Divide it into "
            "several files.",
            count=len(told),
            limit=form.row_limit,
        )
    return told


def column_of(heading: str) -> str:
    """Return the name of a column out of its heading: "Time zone" is "time_zone"."""
    return heading.lower().replace("-", "").replace(" ", "_")


def _rows(cells: Iterator[list[str]]) -> list[tuple[int, list[str]]]:
    return [
        (line, [cell.strip() for cell in row])
        for line, row in enumerate(cells, start=1)
        if any(cell.strip() for cell in row)
    ]


def _columns(header: Sequence[str], form: TableForm) -> list[str]:
    columns = [(form.column_of or column_of)(cell) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    if missing := [name for name in form.required if name not in columns]:
        raise Invalid(
            "The first line does not name the columns: %(missing)s is missing. Begin the file with "
            "%(columns)s.",
            missing=", ".join(missing),
            columns=",".join(form.columns),
        )
    if unknown := [name for name in columns if not _is_known(name, form)]:
        raise Invalid(
            "There is a column “%(unknown)s”, which is not known here. The columns are: "
            "%(columns)s.",
            unknown=unknown[0][:40],
            columns=", ".join(form.columns),
        )
    if len(set(columns)) < len(columns):
        raise Invalid("The first line names a column twice. Leave one of the two out.")
    return columns


def _is_known(name: str, form: TableForm) -> bool:
    return name in form.columns or bool(form.further and form.further.fullmatch(name))


def _cells(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    return {name: _unguarded(cell) for name, cell in zip(columns, cells, strict=False)}


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _not_unicode() -> Invalid:
    return Invalid(
        "The file is not written in UTF-8, so that names would be garbled. Save it in your "
        "spreadsheet as “CSV UTF-8” and choose it again."
    )
