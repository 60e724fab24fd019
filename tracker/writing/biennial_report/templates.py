"""Where the templates of the report lie, and the environment that fills those of web and Word."""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.domain.biennial_report.blocks import Block, Column, Link, Table
from tracker.domain.biennial_report.editing import mark_of_passage

_ROOT = Path(__file__).resolve().parents[3]
TEMPLATES: Final = _ROOT / "templates" / "biennial_report"
# The style sheet lies where the site serves it from: a page of the site that shows the report
# and the report's own web page look alike.
STYLES: Final = _ROOT / "tracker" / "static"


@cache
def environment() -> Environment:
    """Return the environment of the report's own templates, which escapes every value."""
    made = Environment(
        loader=FileSystemLoader([TEMPLATES, STYLES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["bookmark"] = _bookmark
    made.filters["passage_mark"] = mark_of_passage
    made.filters["widths"] = widths
    made.filters["link_targets"] = _link_targets
    return made


def _bookmark(anchor: str) -> str:
    """Return the name under which Word's contents field, or a cell of an annex, knows a place."""
    kind, _, number = anchor.rpartition("-")
    return f"{'_Toc' if kind == 'section' else '_Ref'}{number:0>6}"


def _link_targets(blocks: tuple[Block, ...]) -> set[str]:
    """Return the anchors that cells of tables lead to."""
    tables = (block for block in blocks if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row)
    return {cell.anchor for cell in cells if isinstance(cell, Link)}


def widths(columns: tuple[Column, ...], text_width: int) -> list[int]:
    """Return the widths of a table's columns on lines of that width, in Word's unit."""
    whole = sum(column.share for column in columns)
    return [text_width * column.share // whole for column in columns]
