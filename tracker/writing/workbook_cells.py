"""Cells of workbooks that hold what people wrote: always text, never a formula."""

import re

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill

from tracker.writing.formulas import FORMULA

LONGEST_CELL = 32_767  # characters that Excel keeps in a cell
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
HEAD_BLUE = "00567D"  # of the house
_BEHIND_HEADS = PatternFill("solid", fgColor=f"FF{HEAD_BLUE}")


def put_text(cell: Cell | MergedCell, words: str) -> None:
    """Put words into a cell as they are; empty words leave it empty.

    A text that begins like a formula stays one when somebody edits the cell.
    """
    if not words:
        return
    if isinstance(cell, MergedCell):
        raise TypeError("Only the first cell of merged ones holds words.")
    cell.value = plain_text(words)
    cell.data_type = "s"  # openpyxl takes "=1+1" for a formula
    if words.startswith(FORMULA):
        cell.quotePrefix = True


def plain_text(words: str) -> str:
    """Return words as a cell can hold them: without what no XML holds, and no longer."""
    return _NOT_IN_XML.sub("", words)[:LONGEST_CELL]


def put_heading(cell: Cell, words: str) -> None:
    """Put the heading of a column into a cell: white on the blue of the house."""
    put_text(cell, words)
    cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")
    cell.fill = _BEHIND_HEADS
    cell.alignment = Alignment(wrap_text=True, vertical="center")
