"""Text set in two columns side by side: unfolded, the left column before the right one."""

import re
from collections import Counter
from collections.abc import Sequence

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_FEWEST_LINES = 6  # lines of a document with text on both sides
_FEWEST_ON_PAGE = 2
_NARROWEST = 18  # characters that a column's lines have on average


def unfolded(text: str) -> str:
    """Return a text with the columns of its pages one below the other.

    Tables have columns, too: theirs are narrow, or their gaps do not stand below each other.
    """
    if "    " not in text:
        return text
    lines = text.expandtabs(4).split("\n")
    gutter = _gutter(lines)
    return text if gutter is None else _unfolded_at(lines, gutter)


def _unfolded_at(lines: Sequence[str], gutter: int) -> str:
    runs: list[str] = []
    index = 0
    while index < len(lines):
        last = _end_of_run(lines, index, gutter)
        run = lines[index:last]
        if _are_columns(run, gutter):
            left = [line[:gutter].rstrip() for line in run]
            right = [line[gutter:].strip() for line in run]
            runs += [*_trimmed(left), *_trimmed(right)]
        else:
            runs += run or [lines[index]]
        index = max(last, index + 1)
    return "\n".join(runs)


def _gutter(lines: Sequence[str]) -> int | None:
    """Return where the right column begins on most lines, None where nothing shows one."""
    begins = Counter(
        found.end()
        for line in lines
        if "  " in line.strip()
        for found in _GAP.finditer(line)
        if found.end() > _NARROWEST
    )
    likely = begins.most_common(1)
    return likely[0][0] if likely and likely[0][1] >= _FEWEST_LINES else None


def _end_of_run(lines: Sequence[str], first: int, gutter: int) -> int:
    """Return the index behind the last line from here on that the gutter parts."""
    last = first
    while last < len(lines) and _is_parted(lines[last], gutter):
        last += 1
    return last


def _is_parted(line: str, gutter: int) -> bool:
    if "\f" in line:
        return False
    around = line[gutter - 2 : gutter]
    begins_right = not line[:gutter].strip() and line[gutter : gutter + 1] == " "
    return not around.strip() and not begins_right


def _are_columns(run: Sequence[str], gutter: int) -> bool:
    """Tell whether a run of parted lines is two columns of prose."""
    both = [
        (line[:gutter].strip(), line[gutter:].strip())
        for line in run
        if line[:gutter].strip() and line[gutter:].strip()
    ]
    if len(both) < _FEWEST_ON_PAGE:
        return False
    widths = [sum(len(side) for side in sides) / len(both) for sides in zip(*both, strict=True)]
    return min(widths) >= _NARROWEST


def _trimmed(column: Sequence[str]) -> list[str]:
    """Return the lines of a column without the empty ones at its ends."""
    first = next((index for index, line in enumerate(column) if line), 0)
    last = len(column) - next((index for index, line in enumerate(column[::-1]) if line), 0)
    return list(column[first:last])
