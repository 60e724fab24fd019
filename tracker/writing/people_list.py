"""Writing of a list of people as CSV, so that no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable

from tracker.domain.people_list import COLUMNS, PersonRow
from tracker.writing.formulas import harmless


def people_list_csv(people: Iterable[PersonRow]) -> str:
    """Return the list with its header; a cell that would be a formula begins with an apostrophe.

    It begins with a byte order mark, without which spreadsheets do not take it for UTF-8.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(getattr(row, name)) for name in COLUMNS] for row in people)
    return f"\ufeff{written.getvalue()}"
