"""Paragraphs gathered from lines, and the blocks they become."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.domain.clauses import Block, BlockKind, Doubt, DoubtReason
from tracker.reading.clause_numbers import Place
from tracker.reading.footnotes import without_marks
from tracker.reading.lines import Line, is_finished, join_lines
from tracker.reading.verbs import verb_phrase

_INTRODUCES = re.compile(r"(?::|(?:inter alia|following),?)(?:[\s¹²³⁰⁴-⁹]*|\s?\d{1,2}/?)$")
_COMMA = re.compile(r",[\s¹²³⁰⁴-⁹]*$")
_ENDS_RESOLUTION = re.compile(r"(?:\.|seized|\d{4}\W?)[\s¹²³⁰⁴-⁹\"”’]*$")
_LAST_WORDS = 5


@dataclass(slots=True)
class Paragraph:
    """A paragraph being gathered; ``indent`` and ``end`` are columns of its last line.

    ``is_finished`` tells whether it could end with what it has.
    """

    kind: BlockKind
    texts: list[str]
    place: Place | None = None
    number: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
    indent: int = 0
    has_rows: bool = False
    end: int = 0
    is_finished: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look at the line that the paragraph begins with."""
        self.is_finished = is_finished(self.texts[-1])

    @property
    def introduces_list(self) -> bool:
        """Tell whether a list should follow."""
        tail = self.texts[-1][-24:]
        may = ":" in tail or "following" in tail or "inter alia" in tail
        return may and _INTRODUCES.search(tail) is not None

    @property
    def ends_with_comma(self) -> bool:
        """Tell whether the last line ends with a comma."""
        return _COMMA.search(self.texts[-1]) is not None

    @property
    def ends_resolution(self) -> bool:
        """Tell whether the text ends as the last clause of a resolution does."""
        return _ENDS_RESOLUTION.search(self.texts[-1]) is not None

    @property
    def is_supplied(self) -> bool:
        """Tell whether the number is ours, since the text prints none."""
        return self.place is not None and self.place.is_supplied

    @property
    def is_bullet(self) -> bool:
        """Tell whether this is a sub-clause with a bullet for a number."""
        return self.place is not None and self.is_supplied and self.place.level > 1

    def add(self, line: Line, *, doubtful: bool = False, torn: bool = False) -> None:
        """Take one more line; across a page break it is a doubt unless the text had to go on.

        ``torn`` says that a page must have ended before the line although nothing shows it.
        """
        if torn or (line.page_break and (doubtful or self.is_finished)):
            self.doubts.append(Doubt(DoubtReason.JOINED_ACROSS_PAGE, line.text[:60]))
        self.go_on(line.text)

    def add_row(self, line: Line) -> None:
        """Take a row of a table; rows are parted by semicolons."""
        if self.has_rows:
            self.texts[-1] = f"{self.texts[-1].rstrip(';')};"
        self.has_rows = True
        self.go_on(line.text)
        self.is_finished = True

    def go_on(self, text: str) -> None:
        """Take the words of one more line."""
        self.texts.append(text)
        self.is_finished = is_finished(text)


def block_of(paragraph: Paragraph, vocabulary: Container[str], notes: frozenset[str]) -> Block:
    """Return the block of a paragraph, its lines joined and footnote marks taken out."""
    text = without_marks(join_lines(paragraph.texts, vocabulary), notes)
    place = paragraph.place
    verb = None
    if place or paragraph.kind is BlockKind.PREAMBULAR:
        verb = verb_phrase(text, is_preamble=place is None)
    doubts = [*(place.doubts if place else ()), *paragraph.doubts]
    if place and place.level == 1 and verb is None:
        doubts.append(Doubt(DoubtReason.UNKNOWN_VERB, text[:40]))
    return Block(
        paragraph.kind,
        text,
        number=place.label if place and not place.is_supplied else paragraph.number,
        path=place.path if place else None,
        level=place.level if place else None,
        verb=verb,
        doubts=tuple(doubts),
    )


def without_verb_doubts(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks of a text whose paragraphs need not open with a verb in the third person."""
    return [
        replace(
            block,
            doubts=tuple(x for x in block.doubts if x.reason is not DoubtReason.UNKNOWN_VERB),
        )
        for block in blocks
    ]


def with_ending_doubts(blocks: list[Block]) -> list[Block]:
    """Mark the clauses that end in mid-sentence, or with a colon though no sub-clause follows."""
    return [
        _doubted(block) if _lacks_end(block) or _lacks_list(block, following) else block
        for block, following in zip_longest(blocks, blocks[1:])
    ]


def _lacks_end(block: Block) -> bool:
    ends_with_row = " | " in block.text
    return block.path is not None and not (ends_with_row or is_finished(block.text))


def _lacks_list(block: Block, following: Block | None) -> bool:
    if following is not None and following.kind is BlockKind.ANNEX:  # the text it adopts
        return False
    is_leaf = following is None or (following.level or 0) <= (block.level or 0)
    return block.path is not None and is_leaf and block.text.endswith(":")


def _doubted(block: Block) -> Block:
    words = " ".join(block.text.split()[-_LAST_WORDS:])
    return replace(block, doubts=(*block.doubts, Doubt(DoubtReason.ENDING_UNUSUAL, words)))
