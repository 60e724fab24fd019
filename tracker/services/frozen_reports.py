"""The cleared reports of a period, frozen by its final edition and thawed when it opens again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.permissions import Action, Actor
from tracker.domain.workflow import Move, Review, next_stage
from tracker.models.progress import ProgressReport
from tracker.services.report_rows import record_step


def freeze_reports(session: Session, *, period_id: int, actor: Actor, at: datetime) -> int:
    """Freeze the cleared reports of a period, since a final edition stands on them; count them."""
    permissions.require(actor, Action.GENERATE_REPORT)
    reports = _reports_in(session, period_id, Review.CLEARED)
    for report in reports:
        before = {"review": report.review}
        report.review = next_stage(report.stage, Move.FREEZE).review
        record_step(session, report, "freeze_report", before, None, actor=actor, at=at)
    return len(reports)


def thaw_reports(session: Session, *, period_id: int, actor: Actor, at: datetime) -> int:
    """Make the frozen reports of a period cleared ones again, so that they can be returned.

    No step on a single report leads here: it is part of opening the period again.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    reports = _reports_in(session, period_id, Review.FROZEN)
    for report in reports:
        before = {"review": report.review}
        report.review = Review.CLEARED
        record_step(session, report, "thaw_report", before, None, actor=actor, at=at)
    return len(reports)


def _reports_in(session: Session, period_id: int, review: Review) -> Sequence[ProgressReport]:
    return session.scalars(
        select(ProgressReport)
        .where(ProgressReport.period_id == period_id, ProgressReport.review == review)
        .order_by(ProgressReport.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
