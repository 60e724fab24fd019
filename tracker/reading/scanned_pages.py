"""Recognised pages as printed lines: their columns one below the other, their sizes evened out."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from tracker.domain.page_places import Box, LinePlace
from tracker.reading.printed_pages import Printed
from tracker.reading.recognised import RecognisedLine, RecognisedPage
from tracker.reading.unsure_words import is_unsure

_POINTS_A_DOT = 72 / 300
_SAME_SIZE = 0.12  # of the usual size by which recognition measures letters wrongly
_FEWEST_LINES = 6  # on each side of a gutter
_LEAST_BESIDE = 0.5  # of the lines of a page with two columns that stand on either side
_NARROWEST = 0.2  # of the page's width that a column's lines have on average


def scanned_lines(
    page: RecognisedPage, number: int, sure: Container[str] = frozenset()
) -> list[Printed]:
    """Return the lines of a recognised page; ``number`` is that of the page, from 1.

    ``sure`` are the words of the document that were recognised with certainty.
    """
    gutter = _gutter(page)
    usual = page.line_size
    printed: list[Printed] = []
    was_right = False
    for line in page.lines:
        is_right = gutter is not None and line.box.left >= gutter.right - usual
        moved = gutter.shift if gutter is not None and is_right else 0
        printed.append(
            Printed(
                line.text,
                (line.box.left - moved) * _POINTS_A_DOT,
                (page.height - line.baseline) * _POINTS_A_DOT,
                _evened(line.size, usual) * _POINTS_A_DOT,
                place=LinePlace(number, line.box, _unsure(line, sure)),
                begins_column=is_right and not was_right,
            )
        )
        was_right = is_right
    return printed


def _unsure(line: RecognisedLine, sure: Container[str]) -> tuple[tuple[str, Box], ...]:
    return tuple((word.text, word.box) for word in line.words if is_unsure(word, sure))


def _evened(size: float, usual: float) -> float:
    return usual if abs(size - usual) <= usual * _SAME_SIZE else size


@dataclass(frozen=True, slots=True)
class _Gutter:
    """The empty space between two columns: where the right one begins, and how far it is moved."""

    right: int
    shift: int


def _gutter(page: RecognisedPage) -> _Gutter | None:
    """Return the gutter of a page that is set in two columns, None for any other."""
    if not page.lines:
        return None
    middle = (min(x.box.left for x in page.lines) + max(x.box.right for x in page.lines)) // 2
    left = [line for line in page.lines if line.box.right <= middle + page.line_size]
    right = [line for line in page.lines if line.box.left >= middle - page.line_size]
    if min(len(left), len(right)) < _FEWEST_LINES:
        return None
    if len(left) + len(right) < len(page.lines) * _LEAST_BESIDE:
        return None
    if min(_width(left), _width(right)) < page.width * _NARROWEST:
        return None
    begins = min(line.box.left for line in right)
    return _Gutter(begins, begins - min(line.box.left for line in left))


def _width(lines: Sequence[RecognisedLine]) -> float:
    return sum(line.box.width for line in lines) / len(lines)
