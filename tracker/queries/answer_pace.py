"""On which days the reports of a period got their first text, and those of the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    literal_column,
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
from tracker.queries.plain_rows import KeptStatement, plain_rows

AnySelect = Select[*tuple[Any, ...]]


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
    asked = {"period_id": period_id}
    period = _PERIOD.rows(session, asked)
    if not period:
        return None
    [(name, due_on)] = period
    days = (
        plain_rows(session, _days_of(narrowed), asked) if narrowed else _DAYS.rows(session, asked)
    )
    counts: dict[date | None, int] = {day: count for day, count in days if count}
    return AnswerDays(
        name,
        due_on,
        asked=counts.pop(None, 0),
        first_texts={day: count for day, count in counts.items() if day is not None},
    )


def _kept(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> AnySelect:
    kind = KeptCount.counted_as
    return select(*columns, func.sum(KeptCount.count)).where(
        KeptCount.period_id == bindparam("period_id"),
        or_(kind.is_(None), kind != Compliance.WAIVED.value),
    )


def _both(*counts: AnySelect) -> AnySelect:
    rows = union_all(*counts).subquery()
    return select(*rows.c)


# How many texts came on each day; without a day, how many are asked for, as the units have them.
_DAYS = KeptStatement(
    _both(
        _kept(KeptCount.first_text_on)
        .where(KeptCount.first_text_on.is_not(None))
        .group_by(KeptCount.first_text_on),
        _kept(null()).where(KeptCount.unit_id.is_not(None)),
    )
)
_PERIOD = KeptStatement(
    select(ReportingPeriod.name, ReportingPeriod.due_on).where(
        ReportingPeriod.id == bindparam("period_id")
    )
)
_PERIOD_BEFORE = KeptStatement(
    select(ReportingPeriod.id)
    .where(ReportingPeriod.ends_on < bindparam("starts_on"))
    .order_by(
        (ReportingPeriod.kind == bindparam("kind")).desc(),
        ReportingPeriod.ends_on.desc(),
        ReportingPeriod.id.desc(),
    )
    .limit(literal_column("1"))
)


def _days_of(narrowed: Sequence[ColumnElement[bool]]) -> AnySelect:
    """Return the statement that counts what ``_DAYS`` has of reports that fulfil conditions."""
    kind, day = ProgressReport.counted_as, ProgressReport.first_text_on
    asked = (
        ProgressReport.period_id == bindparam("period_id"),
        kind.is_not(None),
        kind != Compliance.WAIVED.value,
        *narrowed,
    )
    return _both(
        select(day, func.count()).where(*asked, day.is_not(None)).group_by(day),
        select(null(), func.count()).select_from(ProgressReport).where(*asked),
    )


def has_first_text_by(day: date) -> ColumnElement[bool]:
    """Say, of a report, that a text of it was submitted by the end of a day (UTC)."""
    return ProgressReport.first_text_on <= day


def find_period_before(session: Session, *, kind: PeriodKind, starts_on: date) -> int | None:
    """Return the last period that ended before this one began; of the same kind where there is."""
    found = _PERIOD_BEFORE.rows(session, {"starts_on": starts_on, "kind": kind})
    return found[0][0] if found else None
