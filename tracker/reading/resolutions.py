"""Whole resolutions: from the lines of a document to the resolutions it holds."""

from collections.abc import Sequence

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, ReadResolution
from tracker.domain.errors import UnreadableDocument
from tracker.reading.annexes import with_annexes
from tracker.reading.citations import find_citations
from tracker.reading.clauses import read_blocks
from tracker.reading.footnotes import without_footnotes
from tracker.reading.frontmatter import read_front
from tracker.reading.lines import Line, Vocabulary
from tracker.reading.openers import Opener, find_openers, language_of, resolution_bounds
from tracker.reading.pages import without_furniture


def read_resolutions(
    lines: Sequence[Line], footnotes: Sequence[Block] = ()
) -> list[ReadResolution]:
    """Return the resolutions in these lines; ``footnotes`` are those the format kept apart.

    Raises UnreadableDocument where there is no opener or no operative clause.
    """
    openers = find_openers(lines)
    if not openers:
        raise UnreadableDocument(
            "No resolution was found: no line opens one, such as “The Economic Commission for "
            "Latin America and the Caribbean,”. Check that the file holds the adopted text."
        )
    found = [
        _read_one(lines[first:last], _moved(opener, -first), footnotes)
        for opener, (first, last) in zip(openers, resolution_bounds(lines, openers), strict=True)
    ]
    with_clauses = [resolution for resolution in found if resolution.operative_clauses]
    if not with_clauses:
        raise UnreadableDocument(
            "No operative clause was found: nothing opens with a verb such as “Requests” after "
            "the preamble. Check that the file holds the whole resolution."
        )
    return with_clauses


def _read_one(lines: Sequence[Line], opener: Opener, footnotes: Sequence[Block]) -> ReadResolution:
    front = read_front(lines[: opener.first])
    running = [line.text for line in lines[: opener.first]]
    tidy = without_furniture(lines, opener.last, running)
    tidy, notes = without_footnotes(tidy, opener.last)
    notes = [*footnotes, *notes]
    numbers = frozenset(note.number for note in notes if note.number)
    read = [
        *front.blocks,
        Block(BlockKind.OPENER, opener.text),
        *read_blocks(tidy[opener.last :], Vocabulary(tidy), numbers),
        *notes,
    ]
    blocks = with_distinct_paths(read)
    resolution = ReadResolution(
        number=front.number,
        symbol=front.symbol,
        title=front.title,
        body=opener.body,
        language=language_of(opener.text),
        session=front.session,
        adopted_on=front.adopted_on,
        blocks=blocks,
        citations=find_citations(blocks),
    )
    return with_annexes(resolution)


def _moved(opener: Opener, by: int) -> Opener:
    return Opener(opener.first + by, opener.last + by, opener.text)
