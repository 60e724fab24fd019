"""Lines as they are printed on pages, and the lines that the grammar reads, made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tracker.domain.page_places import LinePlace
from tracker.reading.lines import Line, clean_text

_POINTS_A_COLUMN = 5.0
_BROKEN_WORD = "\ufffe"  # PDFium's sign for a word broken at a line's end


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as printed: left edge, top from the page's foot, height of its letters in points.

    ``place`` is where it stands on the picture of a scanned page; ``begins_column`` tells that it
    is the first of a further column of its page.
    """

    text: str
    left: float
    top: float
    size: float
    place: LinePlace | None = None
    begins_column: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """The lines of a document, and for each its place on the picture of a scanned page, if any."""

    lines: list[Line]
    places: list[LinePlace | None]


def compose(pages: Sequence[Sequence[Printed]]) -> Composed:
    """Return the lines of these pages with what their places say of margins and paragraphs."""
    rows = [_rows(page) for page in pages]
    printed = [line for page in rows for line in page]
    margin = min(line.left for line in printed)
    body_size = median(line.size for line in printed)
    gaps = [before.top - after.top for page in rows for before, after in pairwise(page)]
    pitch = median([gap for gap in gaps if gap > 0] or [body_size])
    composed = Composed([], [])
    for page in rows:
        above: Printed | None = None
        for line in page:
            if line.begins_column:
                above = None
            # lines of a title are as far apart as its letters are large
            large = min(line.size, above.size) / body_size if above else 1.0
            blank = above is None or above.top - line.top > pitch * max(1.0, large) * 1.25
            made = _split_broken(
                Line(
                    clean_text(line.text),
                    round((line.left - margin) / _POINTS_A_COLUMN),
                    blank_before=blank,
                    page_break=above is None and bool(composed.lines),
                    is_small=line.size < body_size * 0.93,
                )
            )
            for each in made:
                composed.lines.append(each)
                composed.places.append(line.place)
            above = line
    return composed


def _rows(pieces: Sequence[Printed]) -> list[Printed]:
    """Put together what was parted though it stands in one row, as after a raised mark."""
    rows: list[Printed] = []
    for piece in pieces:
        above = rows[-1] if rows else None
        if above and abs(above.top - piece.top) < above.size * 0.6 and piece.left > above.left:
            rows[-1] = replace(
                above, text=f"{above.text} {piece.text}", place=_joined(above.place, piece.place)
            )
        else:
            rows.append(piece)
    return rows


def _joined(first: LinePlace | None, second: LinePlace | None) -> LinePlace | None:
    if first is None or second is None:
        return first or second
    return LinePlace(first.page, first.box.joined(second.box), first.unsure + second.unsure)


def _split_broken(line: Line) -> Iterator[Line]:
    """Return a line that PDFium joined at a hyphen as the two lines that were printed."""
    first, *others = line.text.split(_BROKEN_WORD)
    yield Line(
        first + ("-" if others else ""),
        line.indent,
        blank_before=line.blank_before,
        page_break=line.page_break,
        is_small=line.is_small,
    )
    for position, text in enumerate(others, start=1):
        yield Line(text + ("-" if position < len(others) else ""), is_small=line.is_small)
