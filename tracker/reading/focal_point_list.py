"""Reading of a list of national focal points out of a CSV file."""

from tracker.domain.national_focal_points import (
    COLUMNS,
    REQUIRED,
    ROW_LIMIT,
    SIZE_LIMIT,
    FocalPointRow,
)
from tracker.reading.csv_table import TableForm, csv_text, read_table

_FORM = TableForm(COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT)


def focal_point_list_text(content: bytes) -> str:
    """Return the text of a CSV file; raise Invalid when it is none."""
    return csv_text(content, _FORM)


def read_focal_point_list(text: str) -> list[FocalPointRow]:
    """Return the rows of a list with a header, in order; raise Invalid as ``read_table`` does."""
    return [FocalPointRow(line=line, **cells) for line, cells in read_table(text, _FORM)]
