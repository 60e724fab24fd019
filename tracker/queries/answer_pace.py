"""On which days the reports of a period got their first text, and those of the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import Compliance
from tracker.domain.periods import PeriodKind
from tracker.models.progress import ProgressReport, ReportingPeriod


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
        select(ReportingPeriod.name, ReportingPeriod.due_on).where(ReportingPeriod.id == period_id)
    ).one_or_none()
    if period is None:
        return None
    rows = session.execute(
        select(ProgressReport.first_text_on, func.count())
        .where(
            ProgressReport.period_id == period_id,
            ProgressReport.counted_as.is_not(None),
            ProgressReport.counted_as != Compliance.WAIVED.value,
        )
        .group_by(ProgressReport.first_text_on)
    )
    counts = {day: count for day, count in rows}  # noqa: C416 - rows are no pairs to a type checker
    return AnswerDays(
        period.name,
        period.due_on,
        asked=sum(counts.values()),
        first_texts={day: count for day, count in counts.items() if day is not None},
    )


def has_first_text_by(day: date) -> ColumnElement[bool]:
    """Say, of a report, that a text of it was submitted by the end of a day (UTC)."""
    return ProgressReport.first_text_on <= day


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
