"""Reporting periods: the list, one of them, and which is the current one."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.compliance import Compliance
from tracker.domain.period_plan import PeriodPlan, PlanStep, slot_before
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Body, BodySession
from tracker.models.kept_counts import KeptCount
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.standing_counts import KINDS

_ANSWERED = (Compliance.CLEARED.value, Compliance.SUBMITTED.value)
_ASKED = tuple(kind for kind in KINDS if kind != Compliance.WAIVED.value)
_Opener = aliased(Person)
_ALL = KeptStatement(
    select(
        ReportingPeriod.id,
        ReportingPeriod.name,
        ReportingPeriod.kind,
        ReportingPeriod.state,
        ReportingPeriod.starts_on,
    ).order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
)
_NAMES = KeptStatement(
    select(ReportingPeriod.id, ReportingPeriod.name).order_by(
        ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc()
    )
)
_CURRENT = (
    select(ReportingPeriod.id)
    .order_by(
        case((ReportingPeriod.state == PeriodState.OPEN, 0), else_=1),
        ReportingPeriod.starts_on.desc(),
        ReportingPeriod.id.desc(),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period as it is chosen among the others."""

    id: int
    name: str
    kind: PeriodKind
    state: PeriodState
    starts_on: date


@dataclass(frozen=True, slots=True)
class ListedPeriod:
    """A period with how many mandates it asks about and how many of them are answered."""

    id: int
    version: int
    name: str
    kind: PeriodKind
    state: PeriodState
    starts_on: date
    ends_on: date
    plan: PeriodPlan
    session_name: str | None
    session_opens_on: date | None
    session_slot_on: date | None
    opened_at: datetime
    opened_by: str
    asked_count: int
    answered_count: int

    @property
    def due_on(self) -> date:
        """Return the day on which reports are due."""
        return self.plan.due_on

    @property
    def slot_on(self) -> date | None:
        """Return the day by which the document must reach the conference service."""
        return self.plan.slot_on


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Who opened a closed period again or moved its days, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """A session of a body to which a period can report."""

    id: int
    name: str
    body: str
    opens_on: date | None
    slot_on: date | None

    def planned_slot_on(self, holidays: Container[date] = ()) -> date | None:
        """Return its slot, else the day that is usual before its first; None without any date."""
        return self.slot_on or (slot_before(self.opens_on, holidays) if self.opens_on else None)


def listed_periods(session: Session) -> Sequence[ListedPeriod]:
    """Return all periods with their counts, latest first, in one statement."""
    query = _query().order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
    return [_listed(row) for row in session.execute(query)]


def find_listed_period(session: Session, period_id: int) -> ListedPeriod | None:
    """Return one period with its counts, or None when there is no such one."""
    row = session.execute(
        # Said twice: the counts of all other periods are not to be made first.
        _query(KeptCount.period_id == period_id).where(ReportingPeriod.id == period_id)
    ).one_or_none()
    return None if row is None else _listed(row)


def find_reopening(session: Session, period_id: int) -> Reasoned | None:
    """Return who opened the period again last, and why; None when nobody did."""
    return _find_reasoned(session, period_id, "reopen_period")


def find_last_move(session: Session, period_id: int) -> Reasoned | None:
    """Return who moved the days of the period last, and why; None when nobody did."""
    return _find_reasoned(session, period_id, "move_period")


def _find_reasoned(session: Session, period_id: int, action: str) -> Reasoned | None:
    row = session.execute(
        select(Person.name, AuditEntry.happened_at, AuditEntry.after)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == ReportingPeriod.__tablename__,
            AuditEntry.subject_id == period_id,
            AuditEntry.action == action,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).first()
    if row is None or not (row.after or {}).get("reason"):
        return None
    return Reasoned(by=row.name or "", at=row.happened_at, reason=str(row.after["reason"]))


def all_periods(session: Session) -> Sequence[NamedPeriod]:
    """Return all periods without counts, latest first, in one statement."""
    return [NamedPeriod(*row) for row in _ALL.rows(session)]


def current_period(periods: Sequence[NamedPeriod]) -> NamedPeriod | None:
    """Return the open one that began last of ``all_periods``, else the latest, None without any."""
    is_open = (period for period in periods if period.state is PeriodState.OPEN)
    return next(is_open, periods[0] if periods else None)


def period_names(session: Session) -> Mapping[int, str]:
    """Return the names of all periods by id, latest first."""
    return dict(_NAMES.rows(session))


def find_current_period_id(session: Session) -> int | None:
    """Return the open period that began last, else the latest of all, None when there is none."""
    return session.scalar(_CURRENT)


def session_choices(session: Session) -> Sequence[SessionChoice]:
    """Return the sessions of all bodies, by body and latest first."""
    rows = session.execute(
        select(
            BodySession.id,
            BodySession.name,
            Body.name,
            BodySession.opens_on,
            BodySession.slot_on,
        )
        .join(Body, Body.id == BodySession.body_id)
        .order_by(Body.name, BodySession.number.desc())
    )
    return [SessionChoice(*row) for row in rows]


def find_next_session(session: Session, *, after: date) -> SessionChoice | None:
    """Return the session that opens next after a day, None where none is known."""
    upcoming = [
        choice for choice in session_choices(session) if choice.opens_on and choice.opens_on > after
    ]
    return min(upcoming, key=lambda choice: choice.opens_on or after, default=None)


def plan_of(period: ReportingPeriod) -> PeriodPlan:
    """Return the days of a period."""
    return PeriodPlan(**{step.value: getattr(period, step.value) for step in PlanStep})


def _query(*counting: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    is_asked = case((KeptCount.counted_as.in_(_ASKED), KeptCount.count), else_=0)
    is_answered = case((KeptCount.counted_as.in_(_ANSWERED), KeptCount.count), else_=0)
    counted = (
        select(
            KeptCount.period_id,
            func.sum(is_asked).label("asked"),
            func.sum(is_answered).label("answered"),
        )
        .where(KeptCount.unit_id.is_not(None), *counting)
        .group_by(KeptCount.period_id)
        .subquery()
    )
    return (
        select(
            ReportingPeriod,
            BodySession.name.label("session_name"),
            BodySession.opens_on.label("session_opens_on"),
            BodySession.slot_on.label("session_slot_on"),
            _Opener.name.label("opened_by"),
            func.coalesce(counted.c.asked, 0).label("asked"),
            func.coalesce(counted.c.answered, 0).label("answered"),
        )
        .join(_Opener, _Opener.id == ReportingPeriod.opened_by_id)
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .outerjoin(counted, counted.c.period_id == ReportingPeriod.id)
    )


def _listed(row: Row[*tuple[Any, ...]]) -> ListedPeriod:
    period: ReportingPeriod = row.ReportingPeriod
    return ListedPeriod(
        id=period.id,
        version=period.version,
        name=period.name,
        kind=period.kind,
        state=period.state,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        plan=plan_of(period),
        session_name=row.session_name,
        session_opens_on=row.session_opens_on,
        session_slot_on=row.session_slot_on,
        opened_at=period.opened_at,
        opened_by=row.opened_by,
        asked_count=int(row.asked),
        answered_count=int(row.answered),
    )
