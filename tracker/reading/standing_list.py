"""Reading of the standing list of mandates out of a CSV file."""

from tracker.domain.standing_list import COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT, StandingRow
from tracker.reading.csv_table import TableForm, csv_text, read_table

_FORM = TableForm(COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT)


def standing_list_text(content: bytes) -> str:
    """Return the text of a CSV file; raise Invalid when it is none."""
    return csv_text(content, _FORM)


def read_standing_list(text: str) -> list[StandingRow]:
    """Return the rows of a list with a header, in order; raise Invalid as ``read_table`` does."""
    return [StandingRow(line=line, **cells) for line, cells in read_table(text, _FORM)]
