"""Due dates of progress reports: never overwritten, each change a further row with its reason."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.deadlines import overdue_from
from tracker.domain.permissions import Actor
from tracker.models.progress import DueDate, ProgressReport


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
