"""On which days the reports of a period got their first text, and those of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from tracker.domain.deadlines import begins_at
from tracker.domain.periods import PeriodKind
from tracker.domain.workflow import Move
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.report_lines import COUNTS


@dataclass(frozen=True, slots=True)
class AnswerDays:
    """A period's due day, how many reports it asks for, and how many got a first text on a day."""

    name: str
    due_on: date
    asked: int
    first_texts: Mapping[date, int]


def find_answer_days(session: Session, period_id: int) -> AnswerDays | None:
    """Return the days (in UTC) of a period's first texts in two statements; None: no such one."""
    period = session.execute(
        select(
            ReportingPeriod.name,
            ReportingPeriod.due_on,
            select(func.count())
            .select_from(ProgressReport)
            .where(ProgressReport.period_id == period_id, ~ProgressReport.is_waived, COUNTS)
            .scalar_subquery(),
        ).where(ReportingPeriod.id == period_id)
    ).one_or_none()
    if period is None:
        return None
    firsts = (
        select(func.min(ProgressRevision.written_at).label("at"))
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .where(
            ProgressReport.period_id == period_id,
            ProgressReport.is_waived.is_(False),
            ProgressRevision.move == Move.SUBMIT,
            COUNTS,
        )
        .group_by(ProgressRevision.report_id)
        .subquery()
    )
    day = func.date(firsts.c.at)
    rows = session.execute(select(day, func.count()).group_by(day))
    name, due_on, asked = period
    return AnswerDays(name, due_on, asked, {_day(told): count for told, count in rows})


def has_first_text_by(day: date) -> ColumnElement[bool]:
    """Say, of a report, that a text of it was submitted by the end of a day (UTC)."""
    return (
        exists()
        .where(
            ProgressRevision.report_id == ProgressReport.id,
            ProgressRevision.move == Move.SUBMIT,
            ProgressRevision.written_at < begins_at(day + timedelta(days=1), "UTC"),
        )
        .correlate(ProgressReport)
    )


def find_period_before(session: Session, *, kind: PeriodKind, starts_on: date) -> int | None:
    """Return the last period that ended before this one began; of the same kind where there is."""
    return session.scalar(
        select(ReportingPeriod.id)
        .where(ReportingPeriod.ends_on < starts_on)
        .order_by(
            (ReportingPeriod.kind == kind).desc(),
            ReportingPeriod.ends_on.desc(),
            ReportingPeriod.id.desc(),
        )
        .limit(1)
    )


def _day(told: date | str) -> date:
    return date.fromisoformat(told) if isinstance(told, str) else told
