"""Reading of a list of activities out of a CSV file, its columns named in any of our languages."""

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
from tracker.stemming import fold

LANGUAGES = ("en", "es", "fr", "pt")
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
    """Return the text of a CSV file; raise Invalid when it is none."""
    return csv_text(content, _FORM)


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
