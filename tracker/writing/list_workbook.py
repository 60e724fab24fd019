"""A list as a workbook: a head that stays in view, and cells that hold text."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tracker.writing.workbook_cells import put_heading, put_text

_WIDTH = 24  # characters
_EMPTY_ROWS = 200  # that are made ready to be written in
_CHOICES = "choices"  # the hidden sheet that the lists of choices come from


def write_list_template(
    title: str, headings: Sequence[str], choices: Mapping[int, Sequence[str]]
) -> bytes:
    """Return an empty list as XLSX; ``choices`` by the place of a column, from 0, are offered.

    What is typed into it stays text, so that no spreadsheet turns a date or number round.
    """
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)  # noqa: S101 - a new workbook has one
    page.title = title[:31]
    for column, heading in enumerate(headings, start=1):
        cell = page.cell(1, column)
        assert isinstance(cell, Cell)  # noqa: S101 - none is merged here
        put_heading(cell, heading)
        page.column_dimensions[get_column_letter(column)].width = _WIDTH
        for row in range(2, _EMPTY_ROWS + 2):
            page.cell(row, column).number_format = "@"
    page.row_dimensions[1].height = 32
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    _offer(workbook, page, choices)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def _offer(workbook: Workbook, page: Worksheet, choices: Mapping[int, Sequence[str]]) -> None:
    listed = workbook.create_sheet(_CHOICES)
    listed.sheet_state = "hidden"
    for place, (column, words) in enumerate(choices.items(), start=1):
        for row, word in enumerate(words, start=1):
            put_text(listed.cell(row, place), word)
        source = get_column_letter(place)
        offered = DataValidation(
            type="list",
            formula1=f"{_CHOICES}!${source}$1:${source}${len(words)}",
            allow_blank=True,
        )
        page.add_data_validation(offered)
        letter = get_column_letter(column + 1)
        offered.add(f"{letter}2:{letter}{_EMPTY_ROWS + 1}")
