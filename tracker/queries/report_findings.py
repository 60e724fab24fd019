"""Reports that do not fit: moved by nobody for too long, at odds with the clause, dead evidence."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.mandates import Implementation, Lifecycle, Periodicity
from tracker.domain.periods import PeriodState
from tracker.domain.radar import RadarKind
from tracker.domain.reminder_limits import Limit, Limits
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.activities import Activity, ActivityLink
from tracker.models.evidence import Evidence, LinkCheck
from tracker.models.mandates import Mandate
from tracker.models.progress import (
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.queries.reminder_limits import limits_in_force

_GOES_ON = (Periodicity.RECURRING, Periodicity.CONTINUING)
_Later = aliased(ProgressReport)


def is_found(session: Session, kind: RadarKind, at: datetime) -> ColumnElement[bool]:
    """Say, of a report, that the radar finds it; one statement for what lies too long.

    ``kind`` is one of those that are about reports.
    """
    if kind is RadarKind.LYING:
        condition = _lies(limits_in_force(session), at)
    elif kind is RadarKind.CONTRADICTION:
        condition = _contradicts()
    else:
        condition = _has_dead_link()
    found = (
        select(ProgressReport.id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(condition)
    )
    return ProgressReport.id.in_(found.correlate(None))


def _lies(limits: Limits, at: datetime) -> ColumnElement[bool]:
    """Say, of a report of an open period, that nobody has moved it for too long."""
    moved = (
        select(func.max(ProgressRevision.written_at))
        .where(ProgressRevision.report_id == ProgressReport.id)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    saved = (
        select(func.max(ProgressDraft.saved_at))
        .where(ProgressDraft.report_id == ProgressReport.id)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    waits = (
        (Review.DRAFT, saved, limits[Limit.DRAFT]),
        (Review.RETURNED, moved, limits[Limit.RETURNED]),
        (Review.SUBMITTED, moved, limits[Limit.SUBMITTED]),
    )
    return and_(
        ReportingPeriod.state == PeriodState.OPEN,
        ProgressReport.is_waived.is_(False),
        or_(
            *(
                and_(ProgressReport.review == review, moment <= at - timedelta(days=days))
                for review, moment, days in waits
            )
        ),
    )


def _contradicts() -> ColumnElement[bool]:
    """Say, of the newest answer on an active mandate, that it says completed of what goes on.

    Either the clause asks for something again and again, or an activity for it ends later.
    """
    is_newest = ~exists().where(
        _Later.mandate_id == ProgressReport.mandate_id,
        _Later.id > ProgressReport.id,
        _Later.review.in_(ANSWERED),
    )
    goes_on = (
        exists()
        .where(
            ActivityLink.mandate_id == ProgressReport.mandate_id,
            Activity.id == ActivityLink.activity_id,
            Activity.ends_on > func.date(ProgressReport.submitted_at),
        )
        .correlate(ProgressReport)
    )
    return and_(
        ProgressReport.status == Implementation.COMPLETED,
        ProgressReport.review.in_(ANSWERED),
        Mandate.lifecycle == Lifecycle.ACTIVE,
        Mandate.requires_action.is_(True),
        is_newest,
        or_(Mandate.periodicity.in_(_GOES_ON), goes_on),
    )


def _has_dead_link() -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Evidence.report_id == ProgressReport.id,
            Evidence.removed_at.is_(None),
            LinkCheck.evidence_id == Evidence.id,
            LinkCheck.dead_since.is_not(None),
        )
        .correlate(ProgressReport)
    )
