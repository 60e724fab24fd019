"""Cells of workbooks that hold what people wrote: always text, never a formula."""

import re

from openpyxl.cell import Cell, MergedCell

LONGEST_CELL = 32_767  # characters that Excel keeps in a cell
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def put_text(cell: Cell | MergedCell, words: str) -> None:
    """Put words into a cell as they are; empty words leave it empty.

    A text that begins like a formula stays one when somebody edits the cell.
    """
    if not words:
        return
    if isinstance(cell, MergedCell):
        raise TypeError("Only the first cell of merged ones holds words.")
    cell.value = _NOT_IN_XML.sub("", words)[:LONGEST_CELL]
    cell.data_type = "s"  # openpyxl takes "=1+1" for a formula
    if words.startswith(_FORMULA):
        cell.quotePrefix = True
