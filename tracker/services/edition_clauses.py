"""Clauses under a corrected edition: moved, reworded, added, or taken out of the text."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, CitedParagraph
from tracker.domain.corrected_editions import Aligned, Fate, former_path, taken_over_by
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor
from tracker.models.instruments import Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.text_editions import TextEdition
from tracker.services import audit
from tracker.services.changed_words import follow_words
from tracker.services.clauses import (
    LONGEST_VERB,
    give_up_path,
    new_clause,
    number_of,
    set_parents,
    touch_mandate,
)


def drop_clauses(
    session: Session,
    instrument: Instrument,
    held: Mapping[int, Clause],
    rows: Sequence[Aligned],
    edition: TextEdition,
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    """Take the clauses that an edition does not have out of the text, and end their mandates."""
    for row in rows:
        if row.held is None or row.fate is not Fate.DROPPED:
            continue
        clause = held[row.held.clause_id]
        clause.is_dropped = True
        if clause.path is None:
            continue
        over = taken_over_by(row.held, rows)
        mandate = session.scalar(select(Mandate).where(Mandate.clause_id == clause.id))
        if mandate is not None:
            _end(session, mandate, _source(instrument, edition, over), over, actor=actor, at=at)
        give_up_path(session, clause, at=at)
        taken = [each.path for each in held.values() if each.path]
        clause.path = former_path(clause.path, taken)


def move_clauses(
    session: Session,
    instrument: Instrument,
    held: Mapping[int, Clause],
    rows: Sequence[Aligned],
    language: str,
    *,
    at: datetime,
) -> list[Clause]:
    """Give each paragraph of the edition its clause, in order, and return these clauses.

    What stays gets its new words, number and place; what is new becomes a clause. Clauses that
    were taken out stand behind all of them.
    """
    moved = [row for row in rows if row.held is not None and row.is_renumbered]
    for row in moved:
        give_up_path(session, _held(held, row), at=at)
    # First out of the way of one another: places and paths are unique at every moment.
    for clause in held.values():
        clause.position = -clause.id
    for row in moved:
        _held(held, row).path = None
    session.flush()
    clauses: list[Clause] = []
    for row in rows:
        if row.block is None:
            continue
        clause = _placed(instrument, held, row, row.block, len(clauses) + 1, language)
        clauses.append(clause)
    for place, clause in enumerate((c for c in held.values() if c.is_dropped), start=1):
        clause.position = len(clauses) + place
    set_parents(clauses)
    session.add_all(clauses)
    session.flush()
    _follow_words(session, held, rows)
    for row in moved:
        touch_mandate(session, _held(held, row))
    return clauses


def _held(held: Mapping[int, Clause], row: Aligned) -> Clause:
    return held[row.held.clause_id if row.held else 0]


def _placed(
    instrument: Instrument,
    held: Mapping[int, Clause],
    row: Aligned,
    block: Block,
    position: int,
    language: str,
) -> Clause:
    if row.held is None:
        return new_clause(instrument, block, position=position, language=language)
    clause = held[row.held.clause_id]
    clause.position, clause.kind = position, block.kind
    clause.number, clause.path, clause.level = number_of(block), block.path, block.level
    return clause


def _follow_words(session: Session, held: Mapping[int, Clause], rows: Sequence[Aligned]) -> None:
    for row in rows:
        if row.held is None or row.block is None or row.fate is not Fate.CHANGED:
            continue
        clause = held[row.held.clause_id]
        original: ClauseText = next(text for text in clause.texts if text.is_original)
        original.text = row.block.text
        original.verb = (row.block.verb or "")[:LONGEST_VERB] or None
        follow_words(session, clause, before=row.held.text, after=row.block.text)


def _source(instrument: Instrument, edition: TextEdition, over: Block | None) -> str:
    """Return what says that a mandate ended: the edition, or the clause that took it over."""
    if over is None or over.path is None:
        return edition.label
    return f"{CitedParagraph(instrument.symbol, over.path)} ({edition.label})"


def _end(
    session: Session,
    mandate: Mandate,
    source: str,
    over: Block | None,
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    """End the mandate of a clause that left the text; what nobody confirmed asks nothing."""
    before = {"lifecycle": mandate.lifecycle, "requires_action": mandate.requires_action}
    if mandate.lifecycle is Lifecycle.ACTIVE:
        mandate.lifecycle = Lifecycle.TERMINATED if over is None else Lifecycle.SUPERSEDED
        mandate.lifecycle_source = source[:400]
    if mandate.requires_action is None:
        mandate.requires_action, mandate.confirmed_at = False, at
        mandate.confirmed_by_id = actor.person_id if actor else None
    mandate.needs_look = False
    audit.record(
        session,
        actor=actor,
        at=at,
        action="end_mandate",
        subject=mandate,
        before=before,
        after={
            "lifecycle": mandate.lifecycle,
            "requires_action": mandate.requires_action,
            "source": mandate.lifecycle_source,
        },
    )
