"""The parts that a long text is shown in, so that no page of a resolution is heavy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.queries.resolution_pages import ClauseRow
from tracker.web.addresses import whole_number

BLOCK_BYTES = 1000  # of HTML around and beside the words of one block
MOST_BYTES = 70_000  # of one part: with the rest of the page it stays below 100 kB
FULL_BYTES = 62_000  # of a part that ends before the next numbered paragraph
FEW_LINKS = 200  # to paragraphs of other parts: the rest of the page has room for these
LINK_BYTES = 80  # of one link more
LEAST_BYTES = 20_000  # of a part, however many links there are


@dataclass(frozen=True, slots=True)
class TextPart:
    """Some blocks of a resolution that follow one another; ``number`` counts from 1."""

    number: int
    clauses: tuple[ClauseRow, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of its paragraphs in the order of the text."""
        return tuple(clause.path for clause in self.clauses if clause.path is not None)

    @property
    def unconfirmed_count(self) -> int:
        """Return how many of its mandates nobody has confirmed yet."""
        return sum(
            clause.mandate is not None and clause.mandate.requires_action is None
            for clause in self.clauses
        )

    @property
    def proposed_count(self) -> int:
        """Return how many of these are proposed as requiring our action."""
        return sum(
            clause.mandate is not None
            and clause.mandate.requires_action is None
            and clause.mandate.is_proposed_for_action
            for clause in self.clauses
        )


def parts_of(clauses: Sequence[ClauseRow]) -> tuple[TextPart, ...]:
    """Return the parts of a text, one where it is short or empty."""
    if sum(map(_bytes_of, clauses)) <= MOST_BYTES:
        return (TextPart(1, tuple(clauses)),)
    return tuple(TextPart(number, part) for number, part in enumerate(_divided(clauses), start=1))


def asked_part(parts: Sequence[TextPart], sent: Mapping[str, str]) -> TextPart:
    """Return the part that an address asks for by ``part`` or ``paragraph``; else the first."""
    number, path = whole_number(sent.get("part", "")), sent.get("paragraph")
    asked = (part for part in parts if part.number == number or path in part.paths)
    return next(asked, parts[0])


def _divided(clauses: Sequence[ClauseRow]) -> Iterator[tuple[ClauseRow, ...]]:
    part: list[ClauseRow] = []
    size = 0
    count = sum(clause.path is not None for clause in clauses)
    taken = max(0, min((count - FEW_LINKS) * LINK_BYTES, FULL_BYTES - LEAST_BYTES))
    for clause in clauses:
        more = _bytes_of(clause)
        # Sub-clauses stay with their paragraph, unless one paragraph fills a part.
        most = MOST_BYTES if clause.path is not None and "." in clause.path else FULL_BYTES
        if part and size + more > most - taken:
            yield tuple(part)
            part, size = [], 0
        part.append(clause)
        size += more
    yield tuple(part)


def _bytes_of(clause: ClauseRow) -> int:
    return BLOCK_BYTES + len(clause.text.encode())
