"""Reading of the programme budget's deliverables table out of a CSV file."""

from tracker.domain.deliverables import COLUMNS, FIGURES, ROW_LIMIT, SIZE_LIMIT, DeliverableRow
from tracker.reading.csv_table import TableForm, csv_text, read_table

_FORM = TableForm(COLUMNS, COLUMNS, ROW_LIMIT, SIZE_LIMIT, further=FIGURES)


def deliverables_text(content: bytes) -> str:
    """Return the text of a CSV file; raise Invalid when it is none."""
    return csv_text(content, _FORM)


def read_deliverables(text: str) -> list[DeliverableRow]:
    """Return the rows of a table with a header, in order; raise Invalid as ``read_table`` does."""
    return [
        DeliverableRow(
            line,
            cells.get("subprogramme", ""),
            cells.get("category", ""),
            cells.get("item", ""),
            figures={name: cell for name, cell in cells.items() if name not in COLUMNS},
        )
        for line, cells in read_table(text, _FORM)
    ]
