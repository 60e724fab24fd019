"""Decisions: a title and what the body decided at a meeting, without opener and preamble."""

import re
from collections.abc import Sequence

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import BlockKind, ReadResolution
from tracker.reading.citations import find_citations
from tracker.reading.clauses import read_blocks
from tracker.reading.footnotes import without_footnotes
from tracker.reading.frontmatter import date_in, read_front
from tracker.reading.lines import Line, Vocabulary
from tracker.reading.pages import without_furniture
from tracker.reading.paragraphs import without_verb_doubts
from tracker.reading.tables import with_rows

_NAMED = re.compile(r"^(?:Decision|Decisión|Décision|Decisão)\s+(?=\d)", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:the|la|el|le)\s+((?:[A-Z][\w’'-]*(?:\s(?:of|for|and|the|on|de|la|et|des))*\s?){1,9})"
    r"(?:\s?:|decided|took|approved|elected|agreed|adopted|noted|requested)"
)


def read_decision(
    lines: Sequence[Line], cover: Sequence[str], before: Sequence[ReadResolution]
) -> ReadResolution:
    """Return a decision; its body is that of the instruments ``before`` it in the report.

    ``cover`` holds the front matter of the report, which running heads repeat.
    """
    titled = [lines[0]._replace(text=_NAMED.sub("", lines[0].text)), *lines[1:]]
    begins = _text_begins(lines)
    front = read_front(titled[:begins])
    tidy = without_furniture(titled, begins, [*cover, *(line.text for line in titled[:begins])])
    tidy, notes = without_footnotes(tidy, begins)
    numbers = frozenset(note.number for note in notes if note.number)
    read = read_blocks(with_rows(tidy[begins:]), Vocabulary(tidy), numbers, is_decision=True)
    blocks = with_distinct_paths([*front.blocks, *without_verb_doubts(read), *notes])
    clauses = [block.text for block in blocks if block.kind is BlockKind.OPERATIVE]
    return ReadResolution(
        number=f"decision {front.number}" if front.number else None,
        symbol=front.symbol,
        title=front.title,
        body=before[-1].body if before else _body_named(clauses),
        language=before[-1].language if before else "en",
        session=front.session,
        adopted_on=front.adopted_on or next(filter(None, map(date_in, clauses)), None),
        blocks=blocks,
        citations=find_citations(blocks),
    )


def _text_begins(lines: Sequence[Line]) -> int:
    """Return the index of the first line behind the title."""
    for index, line in enumerate(lines[1:], start=1):
        if line.blank_before or line.is_paragraph or line.text.startswith(("At its", "At the")):
            return index
    return len(lines)


def _body_named(clauses: Sequence[str]) -> str | None:
    found = _BODY.search(clauses[0]) if clauses else None
    return found[1].strip() if found else None
