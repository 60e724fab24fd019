"""On which days the reports of a period got their first text, and those of the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.compliance import Compliance
from tracker.domain.periods import PeriodKind
from tracker.models.kept_counts import KeptCount
from tracker.models.progress import ProgressReport, ReportingPeriod


@dataclass(frozen=True, slots=True)
class AnswerDays:
    """A period's due day, how many reports it asks for, and how many got a first text on a day."""

    name: str
    due_on: date
    asked: int
    first_texts: Mapping[date, int]


def find_answer_days(
    session: Session, period_id: int, *narrowed: ColumnElement[bool]
) -> AnswerDays | None:
    """Return the days (in UTC) of a period's first texts in two statements; None: no such one.

    Only reports that fulfil the conditions are counted.
    """
    period = session.execute(
        select(ReportingPeriod.name, ReportingPeriod.due_on).where(ReportingPeriod.id == period_id)
    ).one_or_none()
    if period is None:
        return None
    query = _days_of(narrowed) if narrowed else _DAYS
    rows = session.execute(query, {"period_id": period_id}).all()
    counts: dict[date | None, int] = {day: count for day, count in rows if count}
    return AnswerDays(
        period.name,
        period.due_on,
        asked=counts.pop(None, 0),
        first_texts={day: count for day, count in counts.items() if day is not None},
    )


def _kept(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    kind = KeptCount.counted_as
    return select(*columns, func.sum(KeptCount.count)).where(
        KeptCount.period_id == bindparam("period_id"),
        or_(kind.is_(None), kind != Compliance.WAIVED.value),
    )


# How many texts came on each day; without a day, how many are asked for, as the units have them.
_DAYS = union_all(
    _kept(KeptCount.first_text_on)
    .where(KeptCount.first_text_on.is_not(None))
    .group_by(KeptCount.first_text_on),
    _kept(null()).where(KeptCount.unit_id.is_not(None)),
)


def _days_of(narrowed: Sequence[ColumnElement[bool]]) -> CompoundSelect[Any]:
    """Return the statement that counts what ``_DAYS`` has of reports that fulfil conditions."""
    kind, day = ProgressReport.counted_as, ProgressReport.first_text_on
    asked = (
        ProgressReport.period_id == bindparam("period_id"),
        kind.is_not(None),
        kind != Compliance.WAIVED.value,
        *narrowed,
    )
    return union_all(
        select(day, func.count()).where(*asked, day.is_not(None)).group_by(day),
        select(null(), func.count()).select_from(ProgressReport).where(*asked),
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
