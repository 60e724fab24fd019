"""The parts that a long review is shown in: paragraphs with what stands in the source for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.web.addresses import whole_number
from tracker.web.resolutions.review_rows import ReviewRow, SourcePart

ROW_BYTES = 1900  # of HTML around the words of a paragraph and beside them, in French
SOURCE_BYTES = 250  # around the lines of a source part
DOUBT_BYTES = 700  # of what a paragraph says about its doubts, and of the button
LISTED_BYTES = 330  # of one doubtful place in the list of them
BAND_BYTES = 500  # of one strip of a scanned page
UNSURE_BYTES = 130  # of one word marked on it
MOST_BYTES = 80_000  # of one part: with the rest of the page it stays below 100 kB
FULL_BYTES = 74_000  # of a part that ends before the next numbered paragraph
LINK_BYTES = 170  # of the link to a part
MOST_LISTED_BYTES = 20_000  # of all doubtful places together; more are listed part by part


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """Some paragraphs that follow one another; ``number`` counts from 1."""

    number: int
    rows: tuple[ReviewRow, ...]
    source: tuple[SourcePart, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of its clauses in the order of the text."""
        return tuple(row.block.path for row in self.rows if row.block.path is not None)

    @property
    def doubts(self) -> tuple[ReviewRow, ...]:
        """Return its places that nobody has looked at yet."""
        return tuple(row for row in self.rows if row.doubt)

    def holds(self, key: str) -> bool:
        """Tell whether a paragraph stands in it."""
        return any(row.key == key for row in self.rows)


def review_parts(rows: Sequence[ReviewRow], source: Sequence[SourcePart]) -> tuple[ReviewPart, ...]:
    """Return the parts of a review, one where it is short or empty."""
    sizes = _sizes(rows, source)
    listed = sum(_listed_bytes(row) for row in rows if row.doubt)
    if listed > MOST_LISTED_BYTES:  # each part lists its own
        listed = 0
        sizes = [
            size + (_listed_bytes(row) if row.doubt else 0)
            for row, size in zip(rows, sizes, strict=True)
        ]
    if sum(sizes) + listed <= MOST_BYTES:
        return (ReviewPart(1, tuple(rows), tuple(source)),)
    links = LINK_BYTES * (sum(sizes) // FULL_BYTES)
    groups = _divided(rows, sizes, min(listed + links, FULL_BYTES // 2))
    return tuple(
        ReviewPart(number, group, tuple(_source_of(group, source, is_first=number == 1)))
        for number, group in enumerate(groups, start=1)
    )


def asked_review_part(
    parts: Sequence[ReviewPart], sent: Mapping[str, str], *, key: str | None = None
) -> ReviewPart:
    """Return the part with the paragraph ``key``; else the one that an address asks for.

    It asks by ``at``, the key of a paragraph, or by ``part``; asked for none, it is the first.
    """
    for wanted in (key, sent.get("at")):
        for part in parts:
            if wanted is not None and part.holds(wanted):
                return part
    number = whole_number(sent.get("part", ""))
    return next((part for part in parts if part.number == number), parts[0])


def listed_doubts(parts: Sequence[ReviewPart], shown: ReviewPart) -> tuple[ReviewRow, ...]:
    """Return the doubtful places that a part lists: of the whole text, of itself where too many."""
    every = tuple(row for part in parts for row in part.doubts)
    if len(parts) > 1 and sum(map(_listed_bytes, every)) > MOST_LISTED_BYTES:
        return shown.doubts
    return every


def doubt_beyond(parts: Sequence[ReviewPart], shown: ReviewPart) -> ReviewRow | None:
    """Return the doubtful place that comes after those of a part, from the beginning again."""
    others = (*parts[shown.number :], *parts[: shown.number - 1])
    return next((row for part in others for row in part.doubts), None)


def _divided(
    rows: Sequence[ReviewRow], sizes: Sequence[int], reserved: int
) -> Iterator[tuple[ReviewRow, ...]]:
    part: list[ReviewRow] = []
    taken = 0
    for row, size in zip(rows, sizes, strict=True):
        # Sub-clauses stay with their paragraph, unless one paragraph fills a part.
        most = MOST_BYTES if row.block.path is not None and "." in row.block.path else FULL_BYTES
        if part and taken + size > most - reserved:
            yield tuple(part)
            part, taken = [], 0
        part.append(row)
        taken += size
    yield tuple(part)


def _source_of(
    rows: Sequence[ReviewRow], source: Sequence[SourcePart], *, is_first: bool
) -> Iterator[SourcePart]:
    keys = {row.key for row in rows}
    for each in source:
        here = tuple(row for row in each.rows if row.key in keys)
        if here or (is_first and not each.rows):
            yield replace(each, rows=here)


def _sizes(rows: Sequence[ReviewRow], source: Sequence[SourcePart]) -> list[int]:
    beside = {row.key: _source_bytes(each) for each in source for row in each.rows[:1]}
    unread = sum(_source_bytes(each) for each in source if not each.rows)
    sizes = [_row_bytes(row) + beside.get(row.key, 0) for row in rows]
    return [sizes[0] + unread, *sizes[1:]] if sizes else []


def _row_bytes(row: ReviewRow) -> int:
    size = ROW_BYTES + len(row.block.text.encode())
    if row.doubt:
        size += DOUBT_BYTES + _words_of_doubts(row)
    if row.proposal is not None:
        size += sum(len(addressee.encode()) for addressee in row.proposal.addressees)
    return size + sum(len(part.words.encode()) + 50 for part in row.machine)


def _listed_bytes(row: ReviewRow) -> int:
    return LISTED_BYTES + _words_of_doubts(row)


def _words_of_doubts(row: ReviewRow) -> int:
    return sum(60 + len((doubt.words or "").encode()) for doubt in row.block.doubts)


def _source_bytes(part: SourcePart) -> int:
    lines = sum(len(line.encode()) + 20 for line in part.lines)
    bands = sum(BAND_BYTES + UNSURE_BYTES * len(band.unsure) for band in part.bands)
    return SOURCE_BYTES + lines + bands
