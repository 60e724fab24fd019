"""A reading under review: its paragraphs, what became of each, and what a person corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.domain.clauses import Block, BlockKind, ReadResolution
from tracker.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class ReviewedBlock:
    """One paragraph under review.

    ``key`` names it as long as the review lasts; ``origin`` holds the places (from 0) of the
    machine's paragraphs that its words come from; ``edit`` is the number of the last change of it.
    """

    key: str
    block: Block
    origin: tuple[int, ...]
    edit: int | None = None
    is_settled: bool = False
    is_left_out: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Tell whether somebody should still look at it."""
        return bool(self.block.doubts) and not (self.is_settled or self.is_left_out)

    @property
    def is_clause(self) -> bool:
        """Tell whether it is an operative clause that will be imported."""
        return self.block.kind is BlockKind.OPERATIVE and not self.is_left_out


Reviewed = tuple[ReviewedBlock, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the machine read, and what a person made of it; ``edit`` is the last change.

    ``before`` joins several paragraphs by a line break; the places are paths, None where the
    paragraph is no operative clause.
    """

    index: int  # among the paragraphs that are imported, from 0
    before: str
    after: str
    before_path: str | None
    after_path: str | None
    before_kind: BlockKind
    after_kind: BlockKind
    edit: int


def reviewed(reading: ReadResolution) -> Reviewed:
    """Return a reading as nobody has changed it yet."""
    return tuple(
        ReviewedBlock(f"p{index}", block, (index,)) for index, block in enumerate(reading.blocks)
    )


def index_of(text: Reviewed, key: str) -> int:
    """Return where the paragraph with this key stands; raise Invalid when it is gone."""
    for index, each in enumerate(text):
        if each.key == key:
            return index
    raise Invalid(
        "This paragraph is no longer in the text, since it was joined with another. "
        "Choose one of those on the page."
    )


def kept_blocks(text: Iterable[ReviewedBlock]) -> tuple[Block, ...]:
    """Return the paragraphs that will be imported, in their order."""
    return tuple(each.block for each in text if not each.is_left_out)


def doubtful(text: Iterable[ReviewedBlock]) -> tuple[ReviewedBlock, ...]:
    """Return the places that nobody has looked at yet, in their order."""
    return tuple(each for each in text if each.is_doubtful)


def corrections(reading: ReadResolution, text: Reviewed) -> tuple[Correction, ...]:
    """Return what people made of the machine's reading, one for each paragraph they changed."""
    kept = [each for each in text if not each.is_left_out]
    return tuple(
        _correction(reading.blocks, index, each, each.edit)
        for index, each in enumerate(kept)
        if each.edit is not None and _is_changed(reading.blocks, each)
    )


def left_out(reading: ReadResolution, text: Reviewed) -> tuple[str, ...]:
    """Return the texts that the machine read and a person left out, in their order."""
    return tuple(_machine_text(reading.blocks, each) for each in text if each.is_left_out)


def _is_changed(machine: Sequence[Block], each: ReviewedBlock) -> bool:
    if len(each.origin) != 1:
        return True
    before, after = machine[each.origin[0]], each.block
    return (before.kind, before.path, before.number, before.text) != (
        after.kind,
        after.path,
        after.number,
        after.text,
    )


def _correction(machine: Sequence[Block], index: int, each: ReviewedBlock, edit: int) -> Correction:
    first = machine[each.origin[0]]
    return Correction(
        index=index,
        before=_machine_text(machine, each),
        after=each.block.text,
        before_path=first.path,
        after_path=each.block.path,
        before_kind=first.kind,
        after_kind=each.block.kind,
        edit=edit,
    )


def _machine_text(machine: Sequence[Block], each: ReviewedBlock) -> str:
    return "\n".join(machine[place].text for place in each.origin)
