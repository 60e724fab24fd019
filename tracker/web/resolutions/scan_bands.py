"""Pictures of scanned pages in a review: cut into bands where the parts of the source begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.domain.page_places import Box, LinePlace, PagePlaces, box_around

_MARGIN = 0.012  # of the page's width, around what is shown


@dataclass(frozen=True, slots=True)
class Band:
    """A strip of a page's picture, as wide as all the page's words, in the pixels of the page.

    ``unsure`` are the places of words that were hard to recognise, ``begins_page`` tells that no
    strip of the page stands before it.
    """

    page: int
    size: tuple[int, int]
    box: Box
    unsure: tuple[Box, ...]
    begins_page: bool


def bands_of(
    places: PagePlaces, parts: Sequence[tuple[int, int]]
) -> list[tuple[tuple[Band, ...], tuple[int, ...]]]:
    """Return for each part of the source (first line, end) its bands and the lines without any."""
    widths = _widths(places)
    shown: set[int] = set()
    made = []
    for first, end in parts:
        lines = places.lines[first:end]
        bands: list[Band] = []
        for page, group in groupby((line for line in lines if line), key=lambda line: line.page):
            for run in _columns(list(group)):
                bands.append(_band(places, page, run, widths[page], begins_page=page not in shown))
                shown.add(page)
        bare = tuple(index for index in range(first, end) if not _at(places, index))
        made.append((tuple(bands), bare))
    return made


def _at(places: PagePlaces, index: int) -> LinePlace | None:
    return places.lines[index] if index < len(places.lines) else None


def _widths(places: PagePlaces) -> dict[int, Box]:
    """Return the box around all words of each page: bands are so wide that letters are alike."""
    pages: dict[int, list[Box]] = {}
    for line in places.lines:
        if line is not None:
            pages.setdefault(line.page, []).append(line.box)
    return {page: box_around(boxes) for page, boxes in pages.items()}


def _columns(lines: list[LinePlace]) -> list[list[LinePlace]]:
    """Return runs of lines of a page that go down: a line far above begins another column."""
    runs: list[list[LinePlace]] = []
    for line in lines:
        if not runs or line.box.bottom < runs[-1][-1].box.top:
            runs.append([])
        runs[-1].append(line)
    return runs


def _band(
    places: PagePlaces, page: int, lines: Sequence[LinePlace], around: Box, *, begins_page: bool
) -> Band:
    width, height = places.sizes[page]
    margin = round(width * _MARGIN)
    box = box_around(line.box for line in lines)
    left, right = max(0, around.left - margin), min(width, around.right + margin)
    top, bottom = max(0, box.top - margin), min(height, box.bottom + margin)
    unsure = tuple(word for line in lines for _, word in line.unsure)
    return Band(page, (width, height), Box(left, top, right, bottom), unsure, begins_page)
