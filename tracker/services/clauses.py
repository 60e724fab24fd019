"""Clauses of an instrument, made from the blocks of its reading, and moved to other numbers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.database import insert_new
from tracker.domain.clauses import Block, BlockKind, ReadResolution, parent_path
from tracker.models.instruments import Clause, ClauseText, FormerPath, Instrument
from tracker.models.mandates import Mandate
from tracker.reading.verbs import verb_phrase

LONGEST_VERB = 120  # characters
_LONGEST_NUMBER = 40  # characters


def add_clauses(session: Session, instrument: Instrument, reading: ReadResolution) -> list[Clause]:
    """Make a clause of every block, in the order of the text; a chapeau stands above its parts."""
    clauses = [
        new_clause(instrument, block, position=position, language=reading.language)
        for position, block in enumerate(reading.blocks, start=1)
    ]
    set_parents(clauses)
    session.add_all(clauses)
    session.flush()
    return clauses


def new_clause(instrument: Instrument, block: Block, *, position: int, language: str) -> Clause:
    """Return a clause as it was read, without what stands above it."""
    return Clause(
        instrument_id=instrument.id,
        position=position,
        kind=block.kind,
        number=number_of(block),
        path=block.path,
        level=block.level,
        texts=[
            ClauseText(
                language=language, verb=(block.verb or "")[:LONGEST_VERB] or None, text=block.text
            )
        ],
    )


def set_parents(clauses: list[Clause]) -> None:
    """Let each clause of a whole text know the clause above it."""
    by_path: dict[str, Clause] = {}
    for clause in clauses:
        above = parent_path(clause.path) if clause.path else None
        clause.parent = by_path.get(above) if above else None
        if clause.path:
            by_path[clause.path] = clause


def number_of(block: Block) -> str | None:
    """Return the number of a block as the database holds it."""
    return (block.number or "")[:_LONGEST_NUMBER] or None


def verb_of(kind: BlockKind, words: str) -> str | None:
    """Return the verb that a paragraph of this kind opens with, None for one that has none."""
    if kind not in {BlockKind.OPERATIVE, BlockKind.PREAMBULAR}:
        return None
    verb = verb_phrase(words, is_preamble=kind is BlockKind.PREAMBULAR)
    return verb[:LONGEST_VERB] if verb else None


def give_up_path(session: Session, clause: Clause, *, at: datetime) -> None:
    """Let the address under the path that a clause has now lead to it for ever."""
    insert_new(
        session,
        FormerPath,
        [
            {
                "instrument_id": clause.instrument_id,
                "path": clause.path,
                "clause_id": clause.id,
                "given_up_at": at,
            }
        ],
    )


def touch_mandate(session: Session, clause: Clause) -> None:
    """Let the mandate of a clause be written anew, since search names it by its number."""
    mandate = session.scalar(select(Mandate).where(Mandate.clause_id == clause.id))
    if mandate is not None:
        flag_modified(mandate, "nature")
