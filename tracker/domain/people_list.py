"""A list of people as a spreadsheet holds it: its columns, and one row as it was written."""

from dataclasses import dataclass

COLUMNS = ("name", "email", "role", "unit", "language", "time_zone")
REQUIRED = ("name", "email", "role")
ROW_LIMIT = 500  # at a time: more cannot be looked through before they are taken
SIZE_LIMIT = 256 * 1024  # bytes, far above what so many rows need


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row, as written; ``line`` counts from 1 with the header. What is not said is empty.

    ``role`` may hold several, separated by semicolons.
    """

    line: int
    name: str
    email: str
    role: str
    unit: str = ""
    language: str = ""
    time_zone: str = ""
