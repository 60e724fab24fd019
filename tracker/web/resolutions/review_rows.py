"""What the page of a review shows: each paragraph with its doubts, and the source in its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.clauses import Block, Proposal
from tracker.domain.differences import Part, word_difference
from tracker.domain.reviewed_text import ReviewedBlock
from tracker.domain.source_places import SourceFinder, places_of
from tracker.queries.import_reviews import ReviewUnderWay, Source
from tracker.services.resolutions import Preview
from tracker.web.resolutions.scan_bands import Band, bands_of


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One paragraph of the reading on the page.

    ``doubt`` counts the places that are still doubtful, from 1; ``place`` names the part of the
    source where the paragraph stands, None where it was not found.
    """

    key: str
    block: Block
    doubt: int | None
    is_left_out: bool
    is_changed: bool
    place: str | None
    proposal: Proposal | None
    machine: tuple[Part, ...]  # what the machine read, marked where it was changed


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Some lines of the source; ``rows`` are the paragraphs that were read from them.

    ``bands`` show the lines of scanned pages as pictures, in place of their words.
    """

    place: str
    line_number: int  # in the file, from 1
    lines: tuple[str, ...]
    rows: tuple[ReviewRow, ...]
    bands: tuple[Band, ...] = ()


def review_rows(
    review: ReviewUnderWay, source: Source, preview: Preview
) -> tuple[list[ReviewRow], list[SourcePart]]:
    """Return the paragraphs in their order, and the source cut where they begin."""
    begins = _begins(review, source.lines)
    numbers = {each.key: number for number, each in enumerate(review.doubtful, start=1)}
    rows = [_row(review, each, numbers, begins, preview) for each in review.text]
    return rows, _parts(review.lines[0], source, rows)


def _begins(review: ReviewUnderWay, lines: Sequence[str]) -> Mapping[str, int]:
    """Return the index of the line on which each paragraph begins, by key."""
    machine = places_of(lines, [block.text for block in review.machine.blocks])
    found: dict[str, int] = {}
    for each in review.text:
        place = machine[each.origin[0]]
        if place is None:
            continue
        if "-" in each.key:  # a part of a paragraph that was split
            inside = SourceFinder(lines[place:]).find(each.block.text)
            place += inside or 0
        found[each.key] = place
    return found


def _row(
    review: ReviewUnderWay,
    each: ReviewedBlock,
    numbers: Mapping[str, int],
    begins: Mapping[str, int],
    preview: Preview,
) -> ReviewRow:
    machine = "\n".join(review.machine.blocks[place].text for place in each.origin)
    first = review.machine.blocks[each.origin[0]]
    is_changed = (machine, first.kind, first.path) != (
        each.block.text,
        each.block.kind,
        each.block.path,
    )
    path = each.block.path
    return ReviewRow(
        key=each.key,
        block=each.block,
        doubt=numbers.get(each.key),
        is_left_out=each.is_left_out,
        is_changed=is_changed,
        place=f"line-{begins[each.key] + 1}" if each.key in begins else None,
        proposal=None if each.is_left_out or path is None else preview.proposals.get(path),
        machine=tuple(word_difference(machine, each.block.text)) if is_changed else (),
    )


def _parts(before: int, source: Source, rows: Sequence[ReviewRow]) -> list[SourcePart]:
    by_place: dict[int, list[ReviewRow]] = {}
    for row in rows:
        if row.place is not None:
            by_place.setdefault(int(row.place.removeprefix("line-")) - 1, []).append(row)
    bounds = sorted({0, *by_place})
    spans = list(zip(bounds, [*bounds[1:], len(source.lines)], strict=True))
    return [
        SourcePart(
            place=f"line-{first + 1}",
            line_number=before + first + 1,
            lines=tuple(source.lines[index] for index in bare),
            rows=tuple(by_place.get(first, ())),
            bands=bands,
        )
        for (first, _), (bands, bare) in zip(spans, bands_of(source.places, spans), strict=True)
    ]
