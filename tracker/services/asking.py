"""Asking for progress reports: all of a new period, or those on a mandate that was assigned."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker.domain.asking import Askable, is_asked, report_due_on
from tracker.domain.deadlines import overdue_from
from tracker.domain.errors import N_
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Actor
from tracker.domain.workflow import ANSWERABLE, Review
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import Contribution, DueDate, ProgressReport, ReportingPeriod
from tracker.queries.asked_mandates import asked_mandates, is_cleared_as_completed
from tracker.queries.assignments import contributing_units
from tracker.services import audit
from tracker.services.due_dates import append_due_date

ASSIGNED_DATE = N_("The mandate was given another due date.")
ASSIGNED_UNIT = N_("The mandate was given to a unit in another time zone.")
# A report that is cleared is a unit's word and stays with that unit; the others move along.
_MOVES_WITH_MANDATE = ANSWERABLE | {Review.SUBMITTED}


def ask_all(session: Session, period: ReportingPeriod, *, actor: Actor, at: datetime) -> int:
    """Make the reports of a new period and return how many; the caller records the act."""
    # By bulk insertion: there can be many thousands.
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
            ProgressReport.id,
            ProgressReport.due_on,
            ProgressReport.overdue_at,
            ProgressReport.mandate_id,
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
            for report_id, due_on, overdue_at, _ in made
        ],
    )
    contributing = contributing_units(session)
    parts = [
        {"report_id": row.id, "unit_id": unit_id, "text": "", "language": actor.language}
        | {"version": 1}
        for row in made
        for unit_id in contributing.get(row.mandate_id, ())
    ]
    if parts:
        session.execute(insert(Contribution), parts)
    return len(made)


def ask_in_open_periods(
    session: Session, *, mandate: Mandate, actor: Actor, at: datetime
) -> list[ProgressReport]:
    """Make or re-point the report on ``mandate`` in each open period; return those reports.

    Called by whoever confirmed or assigned the mandate (and checked that they may), after the new
    row of ``assignments`` is added: only a due date that this assignment changed moves the
    report's, so that an extension outlives a change of focal point.
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
    if report.unit_id != unit.id:
        # What one unit's manager has cleared, another's has not.
        report.second_unit_id = None
    report.unit_id = unit.id
    report.focal_point_id = mandate.focal_point_id
    if report.review in ANSWERABLE:
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
    if _has_new_date(session, mandate, at):
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


def _has_new_date(session: Session, mandate: Mandate, at: datetime) -> bool:
    """Tell whether the mandate is being assigned now, with another date than before."""
    newest = session.execute(
        select(Assignment.due_on, Assignment.assigned_at)
        .where(Assignment.mandate_id == mandate.id)
        .order_by(Assignment.id.desc())
        .limit(2)
    ).all()
    if not newest or newest[0].assigned_at != at:
        return False
    previous = newest[1].due_on if len(newest) > 1 else None
    return bool(newest[0].due_on != previous)
