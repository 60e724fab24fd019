"""What a person was given and has not answered, and what they look after as somebody's deputy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.assignments import Acceptance
from tracker.domain.mandates import Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, Role, is_allowed
from tracker.domain.workflow import ANSWERABLE
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.assignments import is_declined
from tracker.queries.planned_once import NOTHING, planned_once
from tracker.queries.references import Reference
from tracker.queries.report_lines import ReportLine, report_lines

MOST_LISTED = 50
_Later = aliased(Assignment)
_Giver = aliased(Person)


@dataclass(frozen=True, slots=True)
class GivenMandate:
    """A mandate that waits for its acceptance: by whom it was given, and to whom."""

    mandate_id: int
    version: int
    reference: Reference
    text: str
    language: str
    unit: str
    focal_point: str | None
    due_on: date | None
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class GivenMandates:
    """What waits for a person's acceptance, the newest first; ``total`` counts all of it."""

    mandates: tuple[GivenMandate, ...]
    total: int


def given_mandates(session: Session, actor: Actor) -> GivenMandates:
    """Return what ``actor`` is asked to accept or decline; two statements at most."""
    if not actor.units_acting_as(Role.FOCAL_POINT) | actor.units_as(Role.MANAGER):
        return GivenMandates((), 0)
    newest = (
        select(func.max(_Later.id))
        .where(_Later.mandate_id == Mandate.id)
        .correlate(Mandate)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.version,
            Mandate.due_on,
            Instrument.symbol,
            Instrument.slug,
            Body.key,
            Clause.path,
            ClauseText.text,
            ClauseText.language,
            OrganizationalUnit.name.label("unit"),
            Person.name.label("focal_point"),
            _Giver.name.label("given_by"),
            Assignment.assigned_at,
        )
        .select_from(Mandate)
        .join(Assignment, Assignment.id == newest)
        .join(_Giver, _Giver.id == Assignment.assigned_by_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(*_waits_for(actor))
        .order_by(Assignment.assigned_at.desc(), Instrument.sort_key, Clause.position)
        .limit(MOST_LISTED)
    )
    found = tuple(
        GivenMandate(
            mandate_id=row.id,
            version=row.version,
            reference=Reference(row.symbol, row.key, row.slug, row.path or ""),
            text=row.text,
            language=row.language,
            unit=row.unit,
            focal_point=row.focal_point,
            due_on=row.due_on,
            given_by=row.given_by,
            given_at=row.assigned_at,
        )
        for row in rows
    )
    if len(found) < MOST_LISTED:
        return GivenMandates(found, len(found))
    total = session.scalar(select(func.count(Mandate.id)).where(*_waits_for(actor)))
    return GivenMandates(found, total or 0)


def reports_as_deputy(session: Session, actor: Actor, *, at: datetime) -> tuple[ReportLine, ...]:
    """Return what is to be written by those for whom ``actor`` stands in, the most urgent first."""
    return report_lines(
        session,
        Mandate.deputy_id == actor.person_id,
        or_(
            ProgressReport.focal_point_id.is_(None),
            ProgressReport.focal_point_id.not_in(actor.answers_for),
        ),
        ~is_declined(),
        ProgressReport.review.in_(ANSWERABLE),
        ~ProgressReport.is_waived,
        Mandate.requires_action.is_(True),
        Mandate.lifecycle == Lifecycle.ACTIVE,
        ReportingPeriod.state == PeriodState.OPEN,
        at=at,
        by=(ProgressReport.overdue_at, ProgressReport.id),
        limit=MOST_LISTED,
    )


def _waits_for(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Say, of a mandate, that ``actor`` is to accept it (domain.assignments.may_answer).

    A manager can answer for those of the unit who are named; they are asked themselves first.
    """
    units = _own_units(actor)
    is_named = or_(
        Mandate.focal_point_id.in_(actor.answers_for), Mandate.deputy_id.in_(actor.answers_for)
    )
    is_free = and_((Mandate.focal_point_id + NOTHING).is_(None), Mandate.deputy_id.is_(None))
    # As a sum, lest SQLite goes through all of a unit, or all that nobody is named for: few wait.
    is_of_units = (Mandate.lead_unit_id + NOTHING).in_(units)
    return (
        planned_once(Mandate.acceptance == Acceptance.WAITING),
        Mandate.requires_action.is_(True),
        planned_once(Mandate.lifecycle == Lifecycle.ACTIVE),
        planned_once(or_(is_named, and_(is_free, is_of_units))),
    )


def _own_units(actor: Actor) -> Collection[int]:
    held = actor.units_acting_as(Role.FOCAL_POINT) | actor.units_as(Role.MANAGER)
    return [
        unit_id
        for unit_id in held
        if unit_id is not None and is_allowed(actor, Action.ANSWER_ASSIGNMENT, unit_id=unit_id)
    ]
