"""Links of evidence: which are due to be looked at, and what was found, kept for the manager."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.links import LinkProblem, is_dead, next_check_at
from tracker.domain.workflow import Review
from tracker.models.evidence import Evidence, LinkCheck
from tracker.models.progress import ProgressReport


def links_to_check(session: Session, *, at: datetime, most: int) -> list[tuple[int, str]]:
    """Return id and address of the links that are due, those never looked at first.

    Links of frozen reports are left alone: nobody can change them any more.
    """
    return [
        (row.id, row.address)
        for row in session.execute(
            select(Evidence.id, Evidence.address)
            .join(ProgressReport, ProgressReport.id == Evidence.report_id)
            .outerjoin(LinkCheck, LinkCheck.evidence_id == Evidence.id)
            .where(
                Evidence.address != "",
                Evidence.removed_at.is_(None),
                ProgressReport.review != Review.FROZEN,
                or_(LinkCheck.next_check_at.is_(None), LinkCheck.next_check_at <= at),
            )
            .order_by(LinkCheck.checked_at.is_not(None), LinkCheck.checked_at, Evidence.id)
            .limit(most)
        )
    ]


def record_check(
    session: Session, *, evidence_id: int, problem: LinkProblem | None, at: datetime
) -> bool:
    """Keep what was found of a link; tell whether it counts as dead now."""
    check = session.scalar(
        select(LinkCheck).where(LinkCheck.evidence_id == evidence_id).with_for_update()
    )
    if check is None:
        check = LinkCheck(evidence_id=evidence_id, failure_count=0)
        session.add(check)
    check.checked_at, check.problem = at, problem
    check.next_check_at = next_check_at(at, problem)
    check.failure_count = 0 if problem is None else check.failure_count + 1
    if not is_dead(problem, check.failure_count):
        check.dead_since = None
    elif check.dead_since is None:
        check.dead_since = at
    return check.dead_since is not None
