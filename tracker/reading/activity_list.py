"""Reading of a list of activities out of a CSV file or workbook, its columns in our languages."""

import csv
import io
from collections.abc import Mapping
from functools import cache

from tracker.domain.activity_list import (
    COLUMNS,
    QUANTITIES,
    REQUIRED,
    ROW_LIMIT,
    SIZE_LIMIT,
    ActivityRow,
)
from tracker.domain.errors import N_
from tracker.i18n import translate_into
from tracker.reading.csv_table import TableForm, column_of, csv_text, read_table
from tracker.reading.workbooks import is_workbook, sheets_of
from tracker.stemming import fold

LANGUAGES = ("en", "es", "fr", "pt")
_MOST_LINES = 2 * ROW_LIMIT  # with empty ones between; too many rows are refused as in a CSV file
_MOST_COLUMNS = 100
# The words of the page for each column.
HEADINGS: Mapping[str, str] = {
    "number": N_("Number"),
    "title": N_("Title"),
    "deliverable": N_("What sort of deliverable it is"),
    "unit": N_("Unit"),
    "subprogramme": N_("Subprogramme"),
    "starts_on": N_("Starts on"),
    "ends_on": N_("Ends on"),
    "description": N_("Description"),
    "language": N_("Language of title and description"),
    "countries": N_("Countries"),
    "partners": N_("Partners"),
    "donors": N_("Donors"),
    "sector": N_("Sector"),
}
YEARLY: Mapping[str, str] = {"planned": N_("Planned %(year)s"), "actual": N_("Actual %(year)s")}


def activity_list_text(content: bytes) -> str:
    """Return the text of a CSV file, or that of a workbook's first sheet as if it were one.

    Raises Invalid for what is neither.
    """
    if is_workbook(content):
        content = _as_csv(content)
    return csv_text(content, _FORM)


def _as_csv(content: bytes) -> bytes:
    """Return the first sheet that holds anything; each row keeps its line."""
    sheets = sheets_of(content, row_limit=_MOST_LINES, column_limit=_MOST_COLUMNS)
    rows = dict(next((sheet for sheet in sheets if sheet), []))
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for line in range(1, max(rows, default=0) + 1):
        writer.writerow(rows.get(line, []))
    return written.getvalue().encode()


def read_activity_list(text: str) -> list[ActivityRow]:
    """Return the rows of a list with a header, in order; raise Invalid as ``read_table`` does."""
    return [ActivityRow(line, cells) for line, cells in read_table(text, _FORM)]


def heading_of(column: str, language: str) -> str:
    """Return what a column is called on the pages: "planned_2026" is "Planned 2026"."""
    quantity = QUANTITIES.fullmatch(column)
    if quantity:
        return translate_into(language)(YEARLY[quantity[1]]) % {"year": quantity[2]}
    return translate_into(language)(HEADINGS[column])


def _column(heading: str) -> str:
    """Return the column that a heading in any language means, or the heading as it is."""
    words = fold(heading).strip()
    name, _, year = words.rpartition(" ")
    if year.isdecimal() and name in _yearly():
        return f"{_yearly()[name]}_{year}"
    return _named().get(words) or column_of(heading)


@cache
def _named() -> Mapping[str, str]:
    return {
        fold(translate_into(language)(heading)): column
        for column, heading in HEADINGS.items()
        for language in LANGUAGES
    }


@cache
def _yearly() -> Mapping[str, str]:
    return {
        fold(translate_into(language)(heading) % {"year": ""}).strip(): column
        for column, heading in YEARLY.items()
        for language in LANGUAGES
    }


_FORM = TableForm(COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT, further=QUANTITIES, column_of=_column)
