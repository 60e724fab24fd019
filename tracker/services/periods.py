"""Reporting periods: opened, which asks for the reports, locked, and opened again."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain import periods as period_rules
from tracker.domain import permissions
from tracker.domain.asking import Askable, is_asked, report_due_on
from tracker.domain.deadlines import overdue_from
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale, WrongState
from tracker.domain.periods import PeriodState, Span
from tracker.domain.permissions import Action, Actor
from tracker.domain.workflow import Review
from tracker.i18n import N_
from tracker.models.instruments import BodySession
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import DueDate, ProgressReport, ReportingPeriod
from tracker.queries.asked_mandates import asked_mandates, is_cleared_as_completed
from tracker.services import audit
from tracker.services.due_dates import append_due_date

logger = logging.getLogger(__name__)

NAME_LENGTH = 60
ASSIGNED_DATE = N_("The mandate was given another due date.")
ASSIGNED_UNIT = N_("The mandate was given to a unit in another time zone.")
# A report that is cleared is a unit's word and stays with that unit; the others move along.
_MOVES_WITH_MANDATE = frozenset({Review.OPEN, Review.DRAFT, Review.RETURNED, Review.SUBMITTED})
_UNANSWERED = frozenset({Review.OPEN, Review.DRAFT, Review.RETURNED})


def open_period(
    session: Session,
    *,
    starts_on: date,
    ends_on: date,
    due_on: date,
    slot_on: date | None = None,
    body_session_id: int | None = None,
    name: str | None = None,
    actor: Actor,
    at: datetime,
) -> ReportingPeriod:
    """Open a period and ask for a report on each mandate that is to be reported on.

    Without a name the period goes by its years ("2024-2025"). Raises Duplicate when the name is
    taken and Invalid when the dates contradict each other.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    span = Span(starts_on, ends_on)
    _check_dates(span, due_on=due_on, slot_on=slot_on)
    period = ReportingPeriod(
        name=_name(name, span),
        kind=period_rules.kind_of(span),
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=due_on,
        slot_on=slot_on,
        session_id=_body_session(session, body_session_id),
        opened_at=at,
        opened_by_id=actor.person_id,
        state=PeriodState.OPEN,
    )
    _add_unless_taken(session, period)
    count = _ask_all(session, period, actor=actor, at=at)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="open_period",
        subject=period,
        after={
            "name": period.name,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "due_on": due_on,
            "slot_on": slot_on,
            "report_count": count,
        },
    )
    logger.info("period %s opened by person %s, %s reports", period.id, actor.person_id, count)
    return period


def ask_in_open_periods(
    session: Session, *, mandate: Mandate, actor: Actor, at: datetime
) -> list[ProgressReport]:
    """Make or re-point the report on ``mandate`` in each open period; return those reports.

    Called by whoever assigned the mandate (and checked that they may), after the new row of
    ``assignments`` is added: only a due date that this assignment changed moves the report's, so
    that an extension outlives a change of focal point.
    """
    session.flush()
    facts = Askable(
        lifecycle=mandate.lifecycle,
        requires_action=mandate.requires_action,
        has_lead_unit=mandate.lead_unit_id is not None,
        is_cleared_as_completed=is_cleared_as_completed(session, mandate.id),
    )
    if not is_asked(facts):
        return []
    unit = session.get_one(OrganizationalUnit, mandate.lead_unit_id)
    existing = {
        report.period_id: report
        for report in session.scalars(
            select(ProgressReport).where(ProgressReport.mandate_id == mandate.id)
        )
    }
    reports = []
    for period in _open_periods(session):
        report = existing.get(period.id)
        if report is None:
            report = _ask_one(session, mandate, period, unit, actor=actor, at=at)
        else:
            _point(session, report, mandate, period, unit, actor=actor, at=at)
        reports.append(report)
    return reports


def lock_period(
    session: Session, *, period_id: int, version: int, actor: Actor, at: datetime
) -> ReportingPeriod:
    """Take no more answers for the period; what is submitted can still be cleared."""
    return _set_state(
        session, period_id, version, PeriodState.LOCKED, "lock_period", actor=actor, at=at
    )


def reopen_period(
    session: Session, *, period_id: int, version: int, actor: Actor, at: datetime
) -> ReportingPeriod:
    """Take answers for a locked period again."""
    return _set_state(
        session, period_id, version, PeriodState.OPEN, "reopen_period", actor=actor, at=at
    )


def _set_state(
    session: Session,
    period_id: int,
    version: int,
    state: PeriodState,
    action: str,
    *,
    actor: Actor,
    at: datetime,
) -> ReportingPeriod:
    permissions.require(actor, Action.OPEN_PERIOD)
    period = session.get(ReportingPeriod, period_id, with_for_update=True)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one from the list of periods.")
    if period.version != version:
        raise Stale(
            "Somebody else changed this period since you opened the page. Nothing was overwritten: "
            "look at it again and repeat your change."
        )
    if period.state is state:
        raise WrongState("The period %(name)s is %(state)s already.", name=period.name, state=state)
    before = period.state
    period.state = state
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=period,
        before={"state": before},
        after={"state": state},
    )
    return period


def _check_dates(span: Span, *, due_on: date, slot_on: date | None) -> None:
    if due_on < span.starts_on:
        raise Invalid(
            "The reports would be due on %(due_on)s, before the period begins. "
            "Enter a date on or after %(starts_on)s.",
            field="due_on",
            due_on=due_on.isoformat(),
            starts_on=span.starts_on.isoformat(),
        )
    if slot_on is not None and slot_on < due_on:
        raise Invalid(
            "The slot on %(slot_on)s lies before the reports are due on %(due_on)s. Enter a later "
            "slot or an earlier due date.",
            field="slot_on",
            slot_on=slot_on.isoformat(),
            due_on=due_on.isoformat(),
        )


def _name(name: str | None, span: Span) -> str:
    given = (name or "").strip() or period_rules.name_of(span)
    if len(given) > NAME_LENGTH:
        raise Invalid(
            "The name has more than %(length)s characters. Enter a shorter one.",
            field="name",
            length=NAME_LENGTH,
        )
    return given


def _body_session(session: Session, body_session_id: int | None) -> int | None:
    if body_session_id is not None and session.get(BodySession, body_session_id) is None:
        raise Invalid(
            "There is no such session of a body. Choose one from the list.",
            field="body_session_id",
        )
    return body_session_id


def _add_unless_taken(session: Session, period: ReportingPeriod) -> None:
    taken = Duplicate(
        "There is already a reporting period named %(name)s. Open that one, or enter another name.",
        name=period.name,
    )
    if session.scalar(select(ReportingPeriod.id).where(ReportingPeriod.name == period.name)):
        raise taken
    session.add(period)
    try:
        session.flush()
    except IntegrityError as error:  # another session took the name since we looked
        raise taken from error


def _ask_all(session: Session, period: ReportingPeriod, *, actor: Actor, at: datetime) -> int:
    """Make the reports of a new period by bulk insertion: there can be many thousands."""
    rows = []
    for mandate in asked_mandates(session):
        due_on = report_due_on(
            mandate.due_on, starts_on=period.starts_on, period_due_on=period.due_on
        )
        rows.append(
            {
                "mandate_id": mandate.mandate_id,
                "period_id": period.id,
                "unit_id": mandate.unit_id,
                "focal_point_id": mandate.focal_point_id,
                "review": Review.OPEN,
                "due_on": due_on,
                "overdue_at": overdue_from(due_on, mandate.time_zone),
                "is_waived": False,
                "opened_at": at,
                "version": 1,
            }
        )
    if not rows:
        return 0
    made = session.execute(
        insert(ProgressReport).returning(
            ProgressReport.id, ProgressReport.due_on, ProgressReport.overdue_at
        ),
        rows,
    ).all()
    session.execute(
        insert(DueDate),
        [
            {
                "report_id": report_id,
                "due_on": due_on,
                "overdue_at": overdue_at,
                "reason": "",
                "set_at": at,
                "set_by_id": actor.person_id,
            }
            for report_id, due_on, overdue_at in made
        ],
    )
    return len(made)


def _open_periods(session: Session) -> Sequence[ReportingPeriod]:
    return session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.state == PeriodState.OPEN)
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    ).all()


def _ask_one(
    session: Session,
    mandate: Mandate,
    period: ReportingPeriod,
    unit: OrganizationalUnit,
    *,
    actor: Actor,
    at: datetime,
) -> ProgressReport:
    due_on = report_due_on(mandate.due_on, starts_on=period.starts_on, period_due_on=period.due_on)
    report = ProgressReport(
        mandate_id=mandate.id,
        period_id=period.id,
        unit_id=unit.id,
        focal_point_id=mandate.focal_point_id,
        review=Review.OPEN,
        due_on=due_on,
        overdue_at=overdue_from(due_on, unit.time_zone),
        is_waived=False,
        opened_at=at,
    )
    session.add(report)
    session.flush()
    append_due_date(
        session,
        report,
        due_on=due_on,
        time_zone=unit.time_zone,
        reason="",
        actor=actor,
        at=at,
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="ask_for_report",
        subject=report,
        after={"unit_id": unit.id, "focal_point_id": mandate.focal_point_id, "due_on": due_on},
    )
    return report


def _point(
    session: Session,
    report: ProgressReport,
    mandate: Mandate,
    period: ReportingPeriod,
    unit: OrganizationalUnit,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Let an existing report follow its mandate to a unit, a focal point and a due date."""
    if report.review not in _MOVES_WITH_MANDATE:
        return
    before = _pointers(report)
    report.unit_id = unit.id
    report.focal_point_id = mandate.focal_point_id
    if report.review in _UNANSWERED:
        _move_due_date(session, report, mandate, period, unit, actor=actor, at=at)
    after = _pointers(report)
    if before != after:
        audit.record(
            session,
            actor=actor,
            at=at,
            action="reassign_report",
            subject=report,
            before=before,
            after=after,
        )


def _pointers(report: ProgressReport) -> dict[str, object]:
    return {
        "unit_id": report.unit_id,
        "focal_point_id": report.focal_point_id,
        "due_on": report.due_on,
        "overdue_at": report.overdue_at,
    }


def _move_due_date(
    session: Session,
    report: ProgressReport,
    mandate: Mandate,
    period: ReportingPeriod,
    unit: OrganizationalUnit,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    due_on = report.due_on
    if _has_new_date(session, mandate):
        due_on = report_due_on(
            mandate.due_on, starts_on=period.starts_on, period_due_on=period.due_on
        )
    overdue_at = overdue_from(due_on, unit.time_zone)
    if (due_on, overdue_at) == (report.due_on, report.overdue_at):
        return
    reason = ASSIGNED_DATE if due_on != report.due_on else ASSIGNED_UNIT
    report.due_on = due_on
    report.overdue_at = overdue_at
    append_due_date(
        session,
        report,
        due_on=due_on,
        time_zone=unit.time_zone,
        reason=reason,
        actor=actor,
        at=at,
    )


def _has_new_date(session: Session, mandate: Mandate) -> bool:
    """Tell whether the newest assignment gave another date than the one before it."""
    dates = session.scalars(
        select(Assignment.due_on)
        .where(Assignment.mandate_id == mandate.id)
        .order_by(Assignment.id.desc())
        .limit(2)
    ).all()
    return len(dates) < 2 or dates[0] != dates[1]
