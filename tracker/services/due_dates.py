"""Due dates of progress reports, each change a further row with its reason, and waivers."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.deadlines import check_extension, overdue_from
from tracker.domain.errors import WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.progress import check_reason
from tracker.domain.workflow import ANSWERED
from tracker.models.progress import DueDate, ProgressReport, Waiver
from tracker.services import audit
from tracker.services.report_rows import check_takes_answers, take_report


def append_due_date(
    session: Session,
    report: ProgressReport,
    *,
    due_on: date,
    time_zone: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Append the date to the report's history; ``time_zone`` is that of its lead unit.

    The caller sets the two fields of the report that hold the newest row for lists.
    """
    session.add(
        DueDate(
            report_id=report.id,
            due_on=due_on,
            overdue_at=overdue_from(due_on, time_zone),
            reason=reason,
            set_at=at,
            set_by_id=actor.person_id,
        )
    )


def extend_due_date(
    session: Session, *, report_id: int, due_on: date, reason: str, actor: Actor, at: datetime
) -> ProgressReport:
    """Give more time for a report that is not answered yet; being overdue follows the new date.

    The version of the report stays: more time makes nobody's unfinished form stale.
    """
    report = take_report(session, report_id)
    permissions.require(actor, Action.EXTEND_DUE_DATE, unit_id=report.unit_id)
    check_takes_answers(report)
    if report.review in ANSWERED:
        raise WrongState("This report is answered already, so it needs no more time.")
    check_extension(due_on, current=report.due_on)
    check_reason(reason)
    before = {"due_on": report.due_on, "overdue_at": report.overdue_at}
    after = {"due_on": due_on, "overdue_at": overdue_from(due_on, report.unit.time_zone)}
    append_due_date(
        session,
        report,
        due_on=due_on,
        time_zone=report.unit.time_zone,
        reason=reason.strip(),
        actor=actor,
        at=at,
    )
    session.execute(update(ProgressReport).where(ProgressReport.id == report.id).values(after))
    audit.record(
        session,
        actor=actor,
        at=at,
        action="extend_due_date",
        subject=report,
        before=before,
        after={**after, "reason": reason.strip()},
    )
    return report


def waive_report(
    session: Session, *, report_id: int, version: int, reason: str, actor: Actor, at: datetime
) -> ProgressReport:
    """Ask for no report on the mandate in this period, for a reason that stays in the history."""
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.OPEN_PERIOD, unit_id=report.unit_id)
    check_takes_answers(report)
    if report.review in ANSWERED:
        raise WrongState("This report is answered already, so it cannot be waived.")
    check_reason(reason)
    report.is_waived = True
    session.add(
        Waiver(
            report_id=report.id,
            reason=reason.strip(),
            waived_at=at,
            waived_by_id=actor.person_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="waive_report",
        subject=report,
        before={"is_waived": False},
        after={"is_waived": True, "reason": reason.strip()},
    )
    return report
