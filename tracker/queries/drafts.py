"""Drafts of resolutions under negotiation: the list, and one clause by clause."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, Entity, Proposal, ReadResolution, Relation, ancestors_of
from tracker.domain.drafts import Gap, gaps_of, purged_on
from tracker.domain.errors import NotFound, UnknownSymbol
from tracker.domain.mandates import Lifecycle
from tracker.domain.occasions import ScheduledSession, when_it_falls
from tracker.domain.symbols import parse_symbol
from tracker.models.drafts import DraftCheck
from tracker.models.instruments import Body, BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.queries.lined_clauses import LinedInstrument, lined_instruments
from tracker.queries.mandate_owners import OwnedMandate, mandate_owners
from tracker.queries.renewals import RENEWING
from tracker.queries.understanding import as_one_sentence
from tracker.reading.mandates import propose
from tracker.reading.occasions import asks_for_report
from tracker.reading.stored import from_stored

# From this likeness on a clause is said to take the place of one of a resolution that it renews.
REPLACES_FROM = 60
_REPLACING = RENEWING | {Relation.AMENDS}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list, with the day on which it is purged."""

    id: int
    title: str
    language: str
    received_at: datetime
    received_by_id: int
    received_by: str
    session_name: str | None
    purged_on: date


@dataclass(frozen=True, slots=True)
class AlikeMandate:
    """A mandate that a clause is like; ``is_replaced`` where the draft takes its place."""

    mandate: OwnedMandate
    score: int
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A clause of a draft: what it asks, what it leaves open, and which mandates it is like.

    ``due_on`` is when the first report on it falls due; None where nothing tells that yet.
    """

    path: str
    number: str | None
    text: str
    proposal: Proposal
    gaps: tuple[Gap, ...]
    alike: tuple[AlikeMandate, ...]
    due_on: date | None

    @property
    def asks_us(self) -> bool:
        """Tell whether it is proposed as requiring our action."""
        return self.proposal.requires_action


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft with its clauses; ``replaced`` are the resolutions whose place it takes."""

    line: DraftLine
    clauses: tuple[DraftClause, ...]
    replaced: tuple[LinedInstrument, ...]
    standing_count: int

    def count(self, gap: Gap) -> int:
        """Return how many clauses leave something open."""
        return sum(gap in clause.gaps for clause in self.clauses)

    @property
    def asking_count(self) -> int:
        """Return how many clauses are proposed as requiring our action."""
        return sum(clause.asks_us for clause in self.clauses)

    @property
    def undated_count(self) -> int:
        """Return how many of these no period is known to ask about."""
        return sum(clause.asks_us and clause.due_on is None for clause in self.clauses)


def draft_lines(session: Session) -> tuple[DraftLine, ...]:
    """Return the drafts that are here, the newest first; one statement."""
    rows = session.execute(_lines().order_by(DraftCheck.id.desc()))
    return tuple(_line(*row) for row in rows)


def draft_sessions(session: Session, *, today: date) -> list[tuple[int, str, str]]:
    """Return id, name and body of the sessions that may still consider a draft, the next first."""
    rows = session.execute(
        select(BodySession, Body.name)
        .join(Body, Body.id == BodySession.body_id)
        .order_by(BodySession.opens_on.is_(None), BodySession.opens_on, BodySession.number.desc())
    )
    return [
        (held.id, held.name, body)
        for held, body in rows
        if (held.closes_on or held.opens_on or today) >= today
    ]


def checked_draft(session: Session, draft_id: int, *, entity: Entity) -> CheckedDraft:
    """Return a draft clause by clause, with owners and status as they are now; nine statements.

    Raises NotFound when it is not here, or no longer.
    """
    row = session.execute(_lines().where(DraftCheck.id == draft_id)).first()
    if row is None:
        raise NotFound("This draft is no longer here: drafts are purged after the session.")
    draft, held = row[0], row[2]
    reading = from_stored(draft.reading)
    replaced = _replaced(session, reading)
    work = _Work(session, reading, held, {each.id for each in replaced})
    mandates = _mandates(session, draft)
    return CheckedDraft(
        line=_line(*row),
        clauses=tuple(
            work.clause(block, draft.alike.get(block.path or "", ()), mandates, entity)
            for block in reading.leaf_clauses
        ),
        replaced=replaced,
        standing_count=_standing_count(session, [each.id for each in replaced]),
    )


def _lines() -> Select[DraftCheck, str, BodySession]:
    return (
        select(DraftCheck, Person.name, BodySession)
        .join(Person, Person.id == DraftCheck.received_by_id)
        .outerjoin(BodySession, BodySession.id == DraftCheck.session_id)
    )


def _line(draft: DraftCheck, person: str, held: BodySession | None) -> DraftLine:
    ends_on = (held.closes_on or held.opens_on) if held else None
    return DraftLine(
        id=draft.id,
        title=draft.title,
        language=draft.language,
        received_at=draft.received_at,
        received_by_id=draft.received_by_id,
        received_by=person,
        session_name=held.name if held else None,
        purged_on=purged_on(draft.received_at.date(), ends_on),
    )


class _Work:
    """What the clauses of a draft are held against."""

    def __init__(
        self,
        session: Session,
        reading: ReadResolution,
        held: BodySession | None,
        replaced: Collection[int],
    ) -> None:
        self.reading, self.held, self.replaced = reading, held, replaced
        self.calendar = _calendar(session, held)
        self.period_due_on = _first_period(session, held)

    def clause(
        self,
        block: Block,
        alike: Sequence[Sequence[int]],
        mandates: Mapping[int, OwnedMandate],
        entity: Entity,
    ) -> DraftClause:
        """Return a clause with everything that is told of it."""
        path = block.path or ""
        above = ancestors_of(self.reading.blocks, path)
        sentence = as_one_sentence([*above, block])
        proposal = propose(block, above, entity, self.reading.body)
        return DraftClause(
            path=path,
            number=block.number,
            text=block.text,
            proposal=proposal,
            gaps=gaps_of(proposal, sentence),
            alike=tuple(
                AlikeMandate(mandates[key], score, self._replaces(mandates[key], score))
                for key, score in alike
                if key in mandates
            ),
            due_on=self._due_on(proposal, sentence) if proposal.requires_action else None,
        )

    def _replaces(self, mandate: OwnedMandate, score: int) -> bool:
        is_active = mandate.lifecycle is Lifecycle.ACTIVE
        return is_active and score >= REPLACES_FROM and mandate.instrument_id in self.replaced

    def _due_on(self, proposal: Proposal, sentence: str) -> date | None:
        falling = when_it_falls(
            proposal.occasion or "",
            adopted_at=self.held.number if self.held else None,
            calendar=self.calendar,
            wants_report=asks_for_report(sentence),
        )
        return (falling.due_on if falling else None) or self.period_due_on


def _calendar(session: Session, held: BodySession | None) -> Sequence[ScheduledSession]:
    if held is None:
        return ()
    rows = session.execute(
        select(BodySession.number, BodySession.name, BodySession.opens_on)
        .where(BodySession.body_id == held.body_id)
        .order_by(BodySession.number)
    )
    return [ScheduledSession(number, name, opens_on) for number, name, opens_on in rows]


def _first_period(session: Session, held: BodySession | None) -> date | None:
    """Return when the first period that ends after the session asks for reports, if one does."""
    after = (held.closes_on or held.opens_on) if held else None
    if after is None:
        return None
    return session.scalar(
        select(ReportingPeriod.due_on)
        .where(ReportingPeriod.ends_on >= after, ReportingPeriod.due_on >= after)
        .order_by(ReportingPeriod.due_on)
        .limit(1)
    )


def _replaced(session: Session, reading: ReadResolution) -> tuple[LinedInstrument, ...]:
    slugs = set()
    for citation in reading.citations:
        if citation.relation in _REPLACING:
            try:
                slugs.add(parse_symbol(citation.symbol).slug)
            except UnknownSymbol:
                continue
    ids = session.scalars(select(Instrument.id).where(Instrument.slug.in_(slugs))).all()
    found = lined_instruments(session, ids) if ids else {}
    return tuple(sorted(found.values(), key=lambda each: each.symbol))


def _mandates(session: Session, draft: DraftCheck) -> Mapping[int, OwnedMandate]:
    ids = {key for pairs in draft.alike.values() for key, _score in pairs}
    clause_ids = session.scalars(select(Mandate.clause_id).where(Mandate.id.in_(ids))).all()
    owners = mandate_owners(session, clause_ids) if clause_ids else {}
    return {each.mandate_id: each for each in owners.values()}


def _standing_count(session: Session, instrument_ids: Collection[int]) -> int:
    if not instrument_ids:
        return 0
    return (
        session.scalar(
            select(func.count(Mandate.id)).where(
                Mandate.instrument_id.in_(instrument_ids), Mandate.lifecycle == Lifecycle.ACTIVE
            )
        )
        or 0
    )
