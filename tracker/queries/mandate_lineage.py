"""The clauses that one clause was before and became since: as confirmed, and as proposed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor
from tracker.models.instruments import Body, BodySession, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate, MandateRenewal
from tracker.queries.mandate_owners import OwnedMandate, mandate_owners
from tracker.queries.references import Reference
from tracker.queries.similar_mandates import similar_mandates

# From this likeness on a clause of a related resolution is shown as what this one may have been.
PROPOSED_FROM = 60
_MOST_PROPOSED = 8
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a mandate was confirmed to be before (``is_earlier``), or since, and what it became.

    ``reference`` names the resolution alone, without a path, where the clause was dropped.
    """

    reference: Reference
    is_earlier: bool
    lifecycle: Lifecycle
    mandate_id: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A clause as one session worded it; ``score`` (0 to 100) is of a proposal nobody confirmed."""

    mandate: OwnedMandate
    session_name: str | None
    text: str
    language: str
    score: int | None


def neighbours_of(session: Session, mandate_id: int) -> tuple[Neighbour, ...]:
    """Return what a mandate was before and what it became, as people confirmed; one statement."""
    other_id = case(
        (MandateRenewal.later_mandate_id == mandate_id, MandateRenewal.earlier_mandate_id),
        else_=MandateRenewal.later_mandate_id,
    )
    instrument_id = func.coalesce(Mandate.instrument_id, MandateRenewal.later_instrument_id)
    rows = session.execute(
        select(
            MandateRenewal, Instrument.symbol, Instrument.slug, Body.key, Clause.path, Mandate.id
        )
        .outerjoin(Mandate, Mandate.id == other_id)
        .outerjoin(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(
            or_(
                MandateRenewal.later_mandate_id == mandate_id,
                MandateRenewal.earlier_mandate_id == mandate_id,
            )
        )
        .order_by(MandateRenewal.id)
    )
    return tuple(
        Neighbour(
            Reference(symbol, body_key, slug, path or ""),
            row.later_mandate_id == mandate_id,
            row.lifecycle,
            other_mandate_id,
        )
        for row, symbol, slug, body_key, path, other_mandate_id in rows
    )


def steps_of(session: Session, mandate: OwnedMandate, *, actor: Actor) -> tuple[Step, ...]:
    """Return the clause over the sessions, the oldest first; about twenty statements at most.

    Confirmed steps, then the likest clause of each related resolution that is not among them. A
    text is in the language of ``mandate`` where there is one.
    """
    confirmed = _confirmed(session, mandate.mandate_id)
    clause_ids = list(session.scalars(select(Mandate.clause_id).where(Mandate.id.in_(confirmed))))
    chain = [(each, None) for each in mandate_owners(session, clause_ids).values()]
    held = {each.instrument_id for each, _ in chain}
    proposed: dict[int, tuple[OwnedMandate, int | None]] = {}
    alike = similar_mandates(session, [mandate.mandate_id], actor=actor, most=40)
    for each in alike.get(mandate.mandate_id, ()):
        is_related = each.relation is not None and each.score >= PROPOSED_FROM
        if is_related and each.mandate.instrument_id not in held:
            proposed.setdefault(each.mandate.instrument_id, (each.mandate, each.score))
    found = [*chain, *list(proposed.values())[:_MOST_PROPOSED]]
    texts = _texts(session, [each.clause_id for each, _ in found], mandate.language)
    names = _session_names(session, {each.instrument_id for each, _ in found})
    steps = [
        Step(each, names.get(each.instrument_id), *texts[each.clause_id], score)
        for each, score in found
    ]
    return tuple(sorted(steps, key=_age))


def _age(step: Step) -> tuple[int, str]:
    day = step.mandate.adopted_on
    return (day.toordinal() if day else 0, step.mandate.sort_key)


def _confirmed(session: Session, mandate_id: int) -> set[int]:
    """Return the mandates that one was and became, itself among them."""
    known, frontier = {mandate_id}, {mandate_id}
    for _ in range(_MOST_STEPS):
        rows = session.execute(
            select(MandateRenewal.earlier_mandate_id, MandateRenewal.later_mandate_id).where(
                MandateRenewal.later_mandate_id.is_not(None),
                or_(
                    MandateRenewal.earlier_mandate_id.in_(frontier),
                    MandateRenewal.later_mandate_id.in_(frontier),
                ),
            )
        )
        frontier = {key for row in rows for key in row} - known
        if not frontier:
            break
        known |= frontier
    return known


def _texts(
    session: Session, clause_ids: Collection[int], language: str
) -> Mapping[int, tuple[str, str]]:
    """Return text and language of each clause: in ``language`` where there is one."""
    rows = session.scalars(
        select(ClauseText)
        .where(ClauseText.clause_id.in_(clause_ids))
        .order_by(ClauseText.language == language, ClauseText.is_original)
    )
    found = {}
    for text in rows:
        if text.is_original or text.language == language:
            found[text.clause_id] = (text.text, text.language)
    return found


def _session_names(session: Session, instrument_ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(Instrument.id, BodySession.name)
        .join(BodySession, BodySession.id == Instrument.session_id)
        .where(Instrument.id.in_(instrument_ids))
    )
    return dict(rows.all())
