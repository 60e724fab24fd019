"""Tables within a text: each row one line, its cells parted by " | "."""

import re
from collections.abc import Iterable, Iterator, Sequence

from tracker.reading.layout import marker_of
from tracker.reading.lines import Line

_GAP = re.compile(r"\||\t| {3}")
_RULED = re.compile(r"^[\s|+:=_–—-]+$")
_ALONE = re.compile(r"^(?:\d{1,3}\.|\([a-z]{1,4}\))$")
_WIDEST_CELL = 80  # characters
_MOST_CELLS = 12


def row_of(cells: Sequence[str]) -> str:
    """Return the cells of a row as one text."""
    return " | ".join(" ".join(cell.split()) for cell in cells)


def are_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows of cells are a table of data, rather than text set in a grid.

    Pages and documents set numbers beside their paragraphs in tables, too: those are no data.
    """
    if len(rows) < 2 or any(len(row) < 2 for row in rows):
        return False
    return not any(len(cell) > _WIDEST_CELL for row in rows for cell in row) and not any(
        _is_number(row[0]) for row in rows
    )


def with_numbers_joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Return lines with numbers that stand alone, as in the first cell of a grid, before theirs."""
    alone: Line | None = None
    for line in lines:
        if alone is not None and marker_of(line) is None:
            yield line._replace(number=alone.text)
            alone = None
            continue
        if alone is not None:
            yield alone
        alone = line if line.number is None and _ALONE.match(line.text) else None
        if alone is None:
            yield line
    if alone is not None:
        yield alone


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the tables among them marked: gaps or strokes part their cells."""
    if not any(_may_hold_cells(line.text) for line in lines):
        return list(lines)
    marked: list[Line] = []
    index = 0
    while index < len(lines):
        rows = list(_rows_from(lines, index))
        if are_rows([cells for _, cells in rows if cells]):
            marked += [
                line._replace(text=row_of(cells), is_row=True) for line, cells in rows if cells
            ]
            index += len(rows)
        else:
            marked.append(lines[index])
            index += 1
    return marked


def _rows_from(lines: Sequence[Line], first: int) -> Iterator[tuple[Line, list[str]]]:
    """Return the lines from here on that have cells, ruled lines among them without any."""
    for index in range(first, len(lines)):
        line = lines[index]
        cells = _cells(line)
        is_ruled = line.is_row or (_RULED.match(line.text) and "|" in line.text)
        if not cells and not is_ruled:
            return
        yield line, cells


def _cells(line: Line) -> list[str]:
    if line.is_row or not _may_hold_cells(line.text) or _RULED.match(line.text):
        return []
    text = line.text.strip("| \t")
    gap = _GAP.search(text)
    if gap is None or _is_number(text[: gap.start()].strip()):
        return []
    cells = [cell for part in _GAP.split(text) if (cell := part.strip())]
    return cells if len(cells) <= _MOST_CELLS else []


def _may_hold_cells(text: str) -> bool:
    return "   " in text or "\t" in text or "|" in text


def _is_number(cell: str) -> bool:
    """Tell whether a cell holds nothing but the number of a paragraph or a bullet."""
    return len(cell) < 8 and (marker_of(Line(f"{cell} Text")) is not None or cell in "•-–—")
