"""How many reports of a period stand how: by unit, by resolution, or by both.

As what a report counts is held with it, so that an index has the counts; the moment decides only
about those open reports that are late or due soon, and another index has these.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, func, null, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.domain.compliance import DUE_SOON_DAYS, Compliance
from tracker.models.base import UtcDateTime
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.report_lines import HAS_ANSWER, IS_OPEN

ByStanding = dict[Compliance, int]
Told = dict[str, int]  # by the words of the database
# What reports are counted by; None leaves its place empty, so that statements can be joined.
Group = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | None
AnySelect = Select[*tuple[Any, ...]]

_PERIOD = bindparam("counted_period", type_=Integer)
_AT = bindparam("counted_at", type_=UtcDateTime)
_SOON = bindparam("counted_soon", type_=UtcDateTime)
_OPEN = "open"
_STANDINGS = {standing.value: standing for standing in Compliance}
_NEARING = (Compliance.DUE_SOON.value, Compliance.OVERDUE.value, Compliance.UNANSWERED.value)


def counted(*by: Group) -> AnySelect:
    """Return the statement that counts the reports of a period by ``by`` and as what each counts.

    Its rows, like those of ``nearing``, end with a word that ``standings_of`` takes and a count.
    ``values_for`` has what both are asked with, so that they need to be made but once.
    """
    kind = ProgressReport.counted_as
    return (
        select(*_columns(by), kind.label("stands"), func.count().label("count"))
        .where(ProgressReport.period_id == _PERIOD, kind.is_not(None))
        .group_by(*(column for column in by if column is not None), kind)
    )


def nearing(*by: Group) -> AnySelect:
    """Return the statement that counts by ``by`` what is open and late, or due soon."""
    standing: ColumnElement[str] = case(
        (ProgressReport.overdue_at > _AT, Compliance.DUE_SOON.value),
        (HAS_ANSWER, Compliance.OVERDUE.value),
        else_=Compliance.UNANSWERED.value,
    )
    return (
        select(*_columns(by), standing.label("stands"), func.count().label("count"))
        .select_from(ProgressReport)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ProgressReport.period_id == _PERIOD,
            IS_OPEN,
            ProgressReport.overdue_at <= _SOON,
        )
        .group_by(*(column for column in by if column is not None), "stands")
    )


def values_for(period_id: int, at: datetime) -> dict[str, object]:
    """Return what the statements are asked with: a period, and how it stands at a moment."""
    soon = at + timedelta(days=DUE_SOON_DAYS)
    return {_PERIOD.key: period_id, _AT.key: at, _SOON.key: soon}


def standings_of(told: Told) -> ByStanding:
    """Return counts by standing: what is late or due soon was counted as open, too."""
    counts = {_STANDINGS[word]: count for word, count in told.items() if word != _OPEN}
    on_track = told.get(_OPEN, 0) - sum(told.get(word, 0) for word in _NEARING)
    if on_track:
        counts[Compliance.ON_TRACK] = on_track
    return counts


def added(each: Iterable[Mapping[Compliance, int]]) -> ByStanding:
    """Return the sum of counts."""
    total: ByStanding = {}
    for counts in each:
        for standing, count in counts.items():
            total[standing] = total.get(standing, 0) + count
    return total


def _columns(by: Iterable[Group]) -> Iterable[Any]:
    return [null() if column is None else column for column in by]
