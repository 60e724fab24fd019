"""A list of activities as a spreadsheet holds it: its columns, one row, and what its cells say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tracker.domain.errors import Invalid

COLUMNS = (
    "number",
    "title",
    "deliverable",
    "unit",
    "subprogramme",
    "starts_on",
    "ends_on",
    "description",
    "language",
    "countries",
    "partners",
    "donors",
    "sector",
)
REQUIRED = ("title", "deliverable", "unit", "starts_on")
QUANTITIES = re.compile(r"(planned|actual)_((?:19|20|21)\d\d)")
ROW_LIMIT = 1000
SIZE_LIMIT = 400 * 1024  # bytes; it travels through a form between rehearsal and taking

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row, as written; ``line`` counts from 1 with the header, ``cells`` are by column."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, "" where there is no such one."""
        return self.cells.get(column, "").strip()


def day_of_cell(words: str, column: str) -> date:
    """Return the day that a cell names; Invalid where it is none, or could be two.

    "5/6/2026" is the fifth of June in most places and the sixth of May in others.
    """
    iso, day_first = _ISO.fullmatch(words), _DAY_FIRST.fullmatch(words)
    try:
        if iso:
            return date(*map(int, iso.groups()))
        if day_first:
            day, month, year = map(int, day_first.groups())
            if day <= 12 and month <= 12 and day != month:
                as_typed = date(year, month, day).isoformat()
                raise Invalid(
                    "“%(words)s” can be read as two days. Write year, month and day: %(example)s.",
                    field=column,
                    words=words,
                    example=as_typed,
                )
            return date(year, month, day) if month <= 12 else date(year, day, month)
    except ValueError:
        pass
    raise Invalid(
        "“%(words)s” is not a date. Write year, month and day, as in 2026-06-30.",
        field=column,
        words=words[:40],
    )


def amount_of_cell(words: str, column: str) -> Decimal:
    """Return the quantity that a cell names; an en dash is none. Invalid where it is no number."""
    if words in {"–", "-", "—"}:
        return Decimal()
    try:
        amount = Decimal("".join(words.split()).replace(",", "."))
    except InvalidOperation as error:
        raise _no_number(words, column) from error
    if not amount.is_finite():
        raise _no_number(words, column)
    return amount


def _no_number(words: str, column: str) -> Invalid:
    return Invalid(
        "“%(words)s” is not a number. Enter digits, as in 12.", field=column, words=words[:40]
    )


def listed_in_cell(words: str) -> list[str]:
    """Return what stands in a cell parted by semicolons."""
    return [part.strip() for part in words.split(";") if part.strip()]


def named_with_kind(words: str) -> tuple[str, str]:
    """Return name and kind out of "University of the Sea (Academic institution)"."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", words)
    return (found[1], found[2]) if found else (words, "")
