"""Which reports follow a period to another due date, and which keep a date of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.workflow import ANSWERED
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ReportingPeriod


@dataclass(frozen=True, slots=True)
class UnitMoves:
    """How many reports of a unit follow the period's due date, and how many do not.

    ``own_date_count`` have another date: the mandate's own, or an extension. Those answered or
    waived are due no more.
    """

    unit: str
    follow_count: int
    own_date_count: int
    settled_count: int


def moves_by_unit(session: Session, period_id: int) -> Sequence[UnitMoves]:
    """Return the counts by unit, in the order of the house, in one statement."""
    rows = session.execute(
        select(
            OrganizationalUnit.name,
            func.sum(case((follows_period(), 1), else_=0)),
            func.sum(case((and_(_is_due(), ~follows_period()), 1), else_=0)),
            func.sum(case((_is_due(), 0), else_=1)),
        )
        .select_from(ProgressReport)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .where(ProgressReport.period_id == period_id)
        .group_by(OrganizationalUnit.id, OrganizationalUnit.name, OrganizationalUnit.position)
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    )
    return [UnitMoves(name, int(follow), int(own), int(done)) for name, follow, own, done in rows]


def follows_period() -> ColumnElement[bool]:
    """Say, of a report joined with its period, that it is unanswered and due when the period is."""
    return and_(_is_due(), ProgressReport.due_on == ReportingPeriod.due_on)


def _is_due() -> ColumnElement[bool]:
    return and_(ProgressReport.review.not_in(ANSWERED), ~ProgressReport.is_waived)
