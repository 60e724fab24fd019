"""What became of the reports of a period since a moment: counted, and as a condition of lists."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import Change
from tracker.domain.visits import Visit
from tracker.domain.workflow import ANSWERABLE, ANSWERED, Review
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.progress import ProgressReport
from tracker.models.visits import ComplianceVisit
from tracker.queries.assignments import is_declined
from tracker.queries.report_lines import COUNTS


def find_visit(session: Session, person_id: int) -> Visit | None:
    """Return when a person looked at compliance last; None where they never did."""
    row = session.execute(
        select(ComplianceVisit.visited_at, ComplianceVisit.visited_before).where(
            ComplianceVisit.person_id == person_id
        )
    ).one_or_none()
    return None if row is None else Visit(*row)


def changes_since(
    session: Session, period_id: int, since: datetime, *, at: datetime, unit_id: int | None = None
) -> Mapping[Change, int]:
    """Return how many reports of a period were changed how since a moment. One statement."""
    conditions = [ProgressReport.period_id == period_id, COUNTS]
    if unit_id is not None:
        conditions.append(ProgressReport.unit_id == unit_id)
    counts = (
        select(func.count(ProgressReport.id))
        .where(*conditions, has_changed(change, since, at))
        .scalar_subquery()
        for change in Change
    )
    return dict(zip(Change, session.execute(select(*counts)).one(), strict=True))


def has_changed(change: Change, since: datetime, at: datetime) -> ColumnElement[bool]:
    """Say, of a report, that this became of it after a moment, and still holds at another."""
    if change is Change.SUBMITTED:
        return ProgressReport.submitted_at > since
    if change is Change.CLEARED:
        return (ProgressReport.cleared_at > since) & ProgressReport.review.in_(
            ANSWERED - {Review.SUBMITTED}
        )
    if change is Change.OVERDUE:
        return (
            ProgressReport.review.in_(ANSWERABLE)
            & ~ProgressReport.is_waived
            & (ProgressReport.overdue_at > since)
            & (ProgressReport.overdue_at <= at)
        )
    declined = (
        select(Mandate.id)
        .join(Assignment, Assignment.mandate_id == Mandate.id)
        .join(AssignmentAnswer, AssignmentAnswer.assignment_id == Assignment.id)
        .where(is_declined(), ~AssignmentAnswer.is_accepted, AssignmentAnswer.answered_at > since)
    )
    return ProgressReport.mandate_id.in_(declined.correlate(None))
