"""Due dates that the words of clauses propose, held against the sessions' calendar."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, BlockKind, ancestors_of
from tracker.domain.occasions import Falling, ScheduledSession, when_it_falls
from tracker.models.instruments import BodySession, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.queries.understanding import as_one_sentence
from tracker.reading.occasions import asks_for_report


@dataclass(frozen=True, slots=True)
class ProposedDueDate:
    """When a clause falls due as its own words say: the ``occasion``, and when that is.

    ``due_on`` is None where the words name a session without a day yet, or a day that is over.
    """

    occasion: str
    falling: Falling
    due_on: date | None


def proposed_due_dates(
    session: Session, mandate_ids: Collection[int], *, today: date
) -> Mapping[int, ProposedDueDate]:
    """Return what the words of these mandates propose, by their ids; three statements."""
    rows = session.execute(
        select(Mandate.id, Mandate.clause_id, Mandate.occasion, Instrument, BodySession.number)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(Mandate.id.in_(mandate_ids), Mandate.occasion.is_not(None), Mandate.occasion != "")
    ).all()
    clauses = _clauses(session, {instrument.id for _, _, _, instrument, _ in rows})
    calendars = _calendars(session, {instrument.body_id for _, _, _, instrument, _ in rows})
    found = {}
    for mandate_id, clause_id, said, instrument, adopted_at in rows:
        occasion = said or ""
        falling = when_it_falls(
            occasion,
            adopted_at=adopted_at,
            calendar=calendars[instrument.body_id],
            wants_report=asks_for_report(_sentence(clauses[instrument.id], clause_id)),
        )
        if falling is not None:
            is_to_come = falling.due_on is not None and falling.due_on > today
            due_on = falling.due_on if is_to_come else None
            found[mandate_id] = ProposedDueDate(occasion, falling, due_on)
    return found


def _clauses(
    session: Session, instrument_ids: Collection[int]
) -> Mapping[int, Mapping[int, Block]]:
    """Return the operative clauses of each instrument in their order, by their ids."""
    held: defaultdict[int, dict[int, Block]] = defaultdict(dict)
    rows = session.execute(
        select(Clause, ClauseText.text)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .where(Clause.instrument_id.in_(instrument_ids), Clause.kind == BlockKind.OPERATIVE)
        .order_by(Clause.position)
    )
    for clause, text in rows:
        block = Block(clause.kind, text, clause.number, clause.path, clause.level)
        held[clause.instrument_id][clause.id] = block
    return held


def _sentence(clauses: Mapping[int, Block], clause_id: int) -> str:
    block = clauses[clause_id]
    above = ancestors_of(tuple(clauses.values()), block.path or "")
    return as_one_sentence([*above, block])


def _calendars(
    session: Session, body_ids: Collection[int]
) -> Mapping[int, Sequence[ScheduledSession]]:
    held: defaultdict[int, list[ScheduledSession]] = defaultdict(list)
    rows = session.execute(
        select(BodySession.body_id, BodySession.number, BodySession.name, BodySession.opens_on)
        .where(BodySession.body_id.in_(body_ids))
        .order_by(BodySession.number)
    )
    for body_id, number, name, opens_on in rows:
        held[body_id].append(ScheduledSession(number, name, opens_on))
    return held
