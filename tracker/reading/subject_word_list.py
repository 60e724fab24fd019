"""Reading of a list of subject words out of a CSV file."""

from tracker.domain.subject_words import COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT, WordRow
from tracker.reading.csv_table import TableForm, csv_text, read_table

_FORM = TableForm(COLUMNS, REQUIRED, ROW_LIMIT, SIZE_LIMIT)
_OWN = ("number", "body", "broader")


def subject_word_list_text(content: bytes) -> str:
    """Return the text of a CSV file; raise Invalid when it is none."""
    return csv_text(content, _FORM)


def read_subject_word_list(text: str) -> list[WordRow]:
    """Return the rows of a list with a header, in order; raise Invalid as ``read_table`` does."""
    return [
        WordRow(
            line,
            **{name: cells.get(name, "") for name in _OWN},
            cells={name: cell for name, cell in cells.items() if name not in _OWN},
        )
        for line, cells in read_table(text, _FORM)
    ]
