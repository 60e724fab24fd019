"""Rehearsal of a language version: how its clauses line up with the original's, before any row."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, ReadResolution, paragraph_label
from tracker.domain.errors import Invalid, Refused
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import Clause
from tracker.reading.readers import Reading, read_here
from tracker.services.concordance import (
    check_symbol,
    clauses_of,
    find_instrument,
    line_up,
    only_reading,
)


class Difference(StrEnum):
    """How a clause of a language version differs in its place from the original's."""

    MISSING = "missing"
    FURTHER = "further"
    OTHER_PLACE = "other_place"


@dataclass(frozen=True, slots=True)
class LinedUp:
    """One block of the original beside the same of the version; one side may be empty."""

    kind: BlockKind
    paragraph: str | None
    original: str | None
    version: str | None
    difference: Difference | None = None
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class VersionRehearsal:
    """What adding a language version would do; ``problem`` is what it would be refused for."""

    symbol: str
    original_language: str
    language: str | None
    title: str | None
    rows: tuple[LinedUp, ...]
    problem: Refused | None

    @property
    def clause_count(self) -> int:
        """Return how many clauses stand side by side."""
        return sum(row.paragraph is not None and row.difference is None for row in self.rows)

    @property
    def difference_count(self) -> int:
        """Return how many paragraphs have no counterpart in their place."""
        return sum(row.difference is not None for row in self.rows)


def rehearse_language_version(
    session: Session,
    *,
    instrument_id: int,
    content: bytes,
    file_name: str,
    actor: Actor,
    reading: Reading | None = None,
) -> VersionRehearsal:
    """Read a file, unless it was read already, and line it up with the original; write nothing.

    Raises NotFound, UnreadableDocument, or Invalid where the file holds several resolutions.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    found = only_reading((reading or read_here(content, file_name)).resolutions)
    return rehearse_reading(session, instrument_id=instrument_id, found=found)


def rehearse_reading(
    session: Session, *, instrument_id: int, found: ReadResolution
) -> VersionRehearsal:
    """Return a reading lined up with the original, and what it would be refused for."""
    instrument = find_instrument(session, instrument_id)
    clauses, blocks = clauses_of(instrument), with_distinct_paths(found.blocks)
    problem: Refused | None = None
    try:
        check_symbol(found, instrument)
        line_up(clauses, blocks)
    except Invalid as refusal:
        problem = refusal
    return VersionRehearsal(
        symbol=instrument.symbol,
        original_language=next(text.language for text in instrument.texts if text.is_original),
        language=found.language,
        title=found.title,
        rows=(*_clauses(clauses, blocks), *_others(clauses, blocks)),
        problem=problem,
    )


def _clauses(clauses: Sequence[Clause], blocks: Sequence[Block]) -> list[LinedUp]:
    """Return the clauses in the order of the original, what only the version has last."""
    read = {block.path: block for block in blocks if block.path is not None}
    held = [clause for clause in clauses if clause.path is not None]
    further = [path for path in read if path not in {clause.path for clause in held}]
    rows = []
    for clause in held:
        path = clause.path or ""
        moved = None if path in read else _moved(path, further)
        if moved is not None:
            further.remove(moved)
        rows.append(_row(clause, read.get(moved or path), moved))
    rows += [
        LinedUp(
            BlockKind.OPERATIVE, paragraph_label(path), None, read[path].text, Difference.FURTHER
        )
        for path in further
    ]
    return rows


def _row(clause: Clause, block: Block | None, moved: str | None) -> LinedUp:
    difference = Difference.MISSING if block is None else None
    return LinedUp(
        clause.kind,
        paragraph_label(clause.path or ""),
        _original(clause),
        block.text if block else None,
        Difference.OTHER_PLACE if moved else difference,
        paragraph_label(moved) if moved else None,
    )


def _moved(path: str, further: Sequence[str]) -> str | None:
    """Return the path that ends with the same number at another depth or below another clause."""
    number = path.rpartition(".")[2]
    return next((other for other in further if other.rpartition(".")[2] == number), None)


def _others(clauses: Sequence[Clause], blocks: Sequence[Block]) -> list[LinedUp]:
    """Return the preambular paragraphs side by side in their order, then what one has more."""
    kind = BlockKind.PREAMBULAR
    held = [_original(clause) for clause in clauses if clause.kind is kind]
    read = [block.text for block in blocks if block.kind is kind]
    rows = [LinedUp(kind, None, *pair) for pair in zip(held, read, strict=False)]
    rows += [LinedUp(kind, None, text, None, Difference.MISSING) for text in held[len(read) :]]
    rows += [LinedUp(kind, None, None, text, Difference.FURTHER) for text in read[len(held) :]]
    return rows


def _original(clause: Clause) -> str | None:
    return next((text.text for text in clause.texts if text.is_original), None)
