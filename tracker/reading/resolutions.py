"""Whole resolutions: from the lines of a document to the resolutions it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, ReadResolution
from tracker.domain.errors import UnreadableDocument
from tracker.reading.annexes import with_annexes
from tracker.reading.citations import find_citations
from tracker.reading.clauses import read_blocks
from tracker.reading.decisions import read_decision
from tracker.reading.footnotes import without_footnotes
from tracker.reading.frontmatter import date_in, read_front
from tracker.reading.lines import Line, Vocabulary
from tracker.reading.openers import Opener, language_of
from tracker.reading.pages import without_furniture
from tracker.reading.reports import Part, parts_of, session_named
from tracker.reading.tables import with_rows


def read_resolutions(
    lines: Sequence[Line], footnotes: Sequence[Block] = ()
) -> list[ReadResolution]:
    """Return the resolutions in these lines; ``footnotes`` are those the format kept apart.

    Raises UnreadableDocument where there is no opener or no operative clause.
    """
    parts = parts_of(lines)
    if not parts:
        raise UnreadableDocument(
            "No resolution was found: no line opens one, such as “The Economic Commission for "
            "Latin America and the Caribbean,”. Check that the file holds the adopted text."
        )
    front = lines[: parts[0].first]
    found: list[ReadResolution] = []
    for part in parts:
        own = lines[part.first : part.last]
        cited = _footnotes_of(own, footnotes) if len(parts) > 1 else footnotes
        found.append(_read_part(own, part, front, cited, found))
    with_clauses = [resolution for resolution in found if resolution.operative_clauses]
    if not with_clauses:
        raise UnreadableDocument(
            "No operative clause was found: nothing opens with a verb such as “Requests” after "
            "the preamble. Check that the file holds the whole resolution."
        )
    return with_clauses


def _read_part(
    lines: Sequence[Line],
    part: Part,
    front: Sequence[Line],
    footnotes: Sequence[Block],
    before: Sequence[ReadResolution],
) -> ReadResolution:
    """Read an instrument; what a report says once, on its cover, holds for each of them."""
    if part.opener is None:
        read = read_decision(lines, [line.text for line in front], before)
    else:
        read = _read_one(lines, _moved(part.opener, -part.first), front, footnotes)
    session = read.session or session_named(front)
    adopted_on = read.adopted_on or _adopted_in_closing(read.blocks)
    return with_annexes(replace(read, session=session, adopted_on=adopted_on))


def _read_one(
    lines: Sequence[Line], opener: Opener, cover: Sequence[Line], footnotes: Sequence[Block]
) -> ReadResolution:
    front = read_front(lines[: opener.first])
    running = [line.text for line in (*cover, *lines[: opener.first])]
    tidy = without_furniture(lines, opener.last, running)
    tidy, notes = without_footnotes(tidy, opener.last)
    notes = [*footnotes, *notes]
    numbers = frozenset(note.number for note in notes if note.number)
    read = [
        *front.blocks,
        Block(BlockKind.OPENER, opener.text),
        *read_blocks(with_rows(tidy[opener.last :]), Vocabulary(tidy), numbers),
        *notes,
    ]
    blocks = with_distinct_paths(read)
    return ReadResolution(
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


def _footnotes_of(lines: Iterable[Line], footnotes: Sequence[Block]) -> list[Block]:
    """Return the footnotes to which these lines refer."""
    referred = {number for line in lines for number in line.notes}
    return [note for note in footnotes if note.number in referred]


def _adopted_in_closing(blocks: Iterable[Block]) -> date | None:
    """Return the date that stands below a resolution with the meeting at which it was adopted."""
    dates = (date_in(block.text) for block in blocks if block.kind is BlockKind.CLOSING)
    return next((found for found in dates if found), None)


def _moved(opener: Opener, by: int) -> Opener:
    return Opener(opener.first + by, opener.last + by, opener.text)
