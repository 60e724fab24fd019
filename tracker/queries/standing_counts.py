"""How many reports of a period stand how: by unit, by resolution, or by both.

As what reports count by unit and by resolution is kept (``KeptCount``), and of those that wait for
an answer until when, by unit; by both unit and resolution an index has it, since it is held with
each report. The moment decides only about those open reports that are late or due soon, and
another index has these.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.compliance import DUE_SOON_DAYS, Compliance
from tracker.models.base import UtcDateTime
from tracker.models.kept_counts import KeptCount
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.report_lines import HAS_ANSWER, IS_OPEN

ByStanding = dict[Compliance, int]
Told = dict[str, int]  # by the words of the database
Group = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]  # what to count by
AnySelect = Select[*tuple[Any, ...]]

_UNIT = bindparam("counted_unit", type_=Integer)
_PERIOD = bindparam("counted_period", type_=Integer)
_AT = bindparam("counted_at", type_=UtcDateTime)
_SOON = bindparam("counted_soon", type_=UtcDateTime)
OPEN = "open"
# As what reports count whatever the moment; those that wait for an answer come first.
KINDS = (
    OPEN,
    Compliance.WAIVED.value,
    Compliance.CLEARED.value,
    Compliance.SUBMITTED.value,
)
_STANDINGS = {standing.value: standing for standing in Compliance}
NEARING = (Compliance.DUE_SOON.value, Compliance.OVERDUE.value, Compliance.UNANSWERED.value)


def counted(*by: Group) -> AnySelect:
    """Return the statement that counts the reports of a period by ``by`` and as what each counts.

    Its rows, like those of ``nearing``, end with a word that ``standings_of`` takes and a count.
    ``values_for`` has what both are asked with, so that they need to be made but once.
    """
    kind = ProgressReport.counted_as
    return (
        select(*by, kind.label("stands"), func.count().label("count"))
        .where(ProgressReport.period_id == _PERIOD, kind.is_not(None))
        .group_by(*by, kind)
    )


def kept_by_unit() -> AnySelect:
    """Return the statement that adds up the kept counts of a period by unit and kind.

    Its rows are those of ``counted``.
    """
    count = func.sum(KeptCount.count)
    return (
        select(KeptCount.unit_id, KeptCount.counted_as.label("stands"), count.label("count"))
        .where(KeptCount.period_id == _PERIOD, KeptCount.unit_id.is_not(None))
        .group_by(KeptCount.unit_id, KeptCount.counted_as)
        .having(count != 0)
    )


def kept_unit_counts(session: Session, period_id: int) -> Sequence[tuple[int, str, int]]:
    """Return how many reports of a period count as what, by unit: unit, kind and count."""
    rows = _KEPT_BY_UNIT.rows(session, {_PERIOD.key: period_id})
    return [(unit_id, kind, int(count)) for unit_id, kind, count in rows]


_KEPT_BY_UNIT = KeptStatement(kept_by_unit())


def kept_by_resolution() -> AnySelect:
    """Return the statement with a row for each resolution of a period: how many of each kind.

    The kinds are those of ``KINDS``, in their order.
    """
    kinds = [
        func.sum(case((KeptCount.counted_as == kind, KeptCount.count), else_=0)).label(kind)
        for kind in KINDS
    ]
    return (
        select(KeptCount.instrument_id, *kinds)
        .where(KeptCount.period_id == _PERIOD, KeptCount.instrument_id.is_not(None))
        .group_by(KeptCount.instrument_id)
        .having(func.sum(KeptCount.count) != 0)
    )


def counted_by_resolution() -> AnySelect:
    """Return the statement that counts reports as ``kept_by_resolution`` adds them up."""
    kind = ProgressReport.counted_as
    kinds = [func.sum(case((kind == each, 1), else_=0)).label(each) for each in KINDS]
    return (
        select(ProgressReport.instrument_id, *kinds)
        .where(ProgressReport.period_id == _PERIOD, kind.is_not(None))
        .group_by(ProgressReport.instrument_id)
    )


def kept_total(
    session: Session, period_id: int, *, unit_id: int | None, is_open: bool, is_asked: bool
) -> int:
    """Return how many reports of a period count, or of a unit of it; those open or asked about."""
    asked = {_PERIOD.key: period_id}
    if unit_id is not None:
        asked[_UNIT.key] = unit_id
    total_of = _total(is_of_unit=unit_id is not None, is_open=is_open, is_asked=is_asked)
    [(total,)] = total_of.rows(session, asked)
    return total or 0


@cache
def _total(*, is_of_unit: bool, is_open: bool, is_asked: bool) -> KeptStatement[int]:
    kind = KeptCount.counted_as
    query = select(func.sum(KeptCount.count)).where(
        KeptCount.period_id == _PERIOD,
        KeptCount.unit_id == _UNIT if is_of_unit else KeptCount.unit_id.is_not(None),
    )
    if is_asked:
        query = query.where(kind != Compliance.WAIVED.value)
    return KeptStatement(query.where(kind == OPEN) if is_open else query)


def nearing(*by: Group) -> AnySelect:
    """Return the statement that counts by ``by`` what is open and late, or due soon.

    By sums, lest SQLite goes through all reports of the period in the order of an index of theirs.
    """
    groups = [(one + 0).label(one.key) for one in by]
    standing: ColumnElement[str] = case(
        (ProgressReport.overdue_at > _AT, Compliance.DUE_SOON.value),
        (HAS_ANSWER, Compliance.OVERDUE.value),
        else_=Compliance.UNANSWERED.value,
    )
    return _near(*groups, standing.label("stands"), func.count().label("count")).group_by(
        *groups, "stands"
    )


def kept_nearing_by_unit() -> AnySelect:
    """Return the statement that adds up the kept counts of what is due soon or late, by unit.

    Its rows are those of ``nearing_by_unit``; as many are read as there are due days in the units.
    """
    is_late, has_answer = KeptCount.overdue_at <= _AT, KeptCount.has_answer.is_(True)
    parts = (~is_late, and_(is_late, has_answer), and_(is_late, ~has_answer))
    unit_id = KeptCount.waiting_unit_id
    sums = (
        func.sum(case((is_part, KeptCount.count), else_=0)).label(word)
        for word, is_part in zip(NEARING, parts, strict=True)
    )
    return (
        select(unit_id.label("unit_id"), *sums)
        .where(KeptCount.period_id == _PERIOD, unit_id.is_not(None), KeptCount.overdue_at <= _SOON)
        .group_by(unit_id)
    )


def nearing_by_unit(*narrowed: ColumnElement[bool]) -> AnySelect:
    """Return the statement with a row for each unit: how many are due soon or late.

    The standings are those of ``NEARING``, in their order. An index has the reports unit by unit,
    so that they are added up as they are read: to group them by their standing, SQLite sorts them.
    """
    is_late = ProgressReport.overdue_at <= _AT
    parts = {"due_soon": ~is_late, "late": is_late, "overdue": and_(is_late, HAS_ANSWER)}
    sums = _near(
        ProgressReport.unit_id,
        *(func.sum(case((is_part, 1), else_=0)).label(name) for name, is_part in parts.items()),
    )
    near = sums.where(*narrowed).group_by(ProgressReport.unit_id).subquery()
    # By subtraction, since each sum takes a look at every row.
    counts = near.c.due_soon, near.c.overdue, near.c.late - near.c.overdue
    return select(
        near.c.unit_id, *(count.label(word) for word, count in zip(NEARING, counts, strict=True))
    )


def _near(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> AnySelect:
    return (
        select(*columns)
        .select_from(ProgressReport)
        .where(
            ProgressReport.period_id == _PERIOD,
            IS_OPEN,
            ProgressReport.overdue_at <= _SOON,
            # So that the index is entered for each unit, and left where nothing is due soon.
            ProgressReport.unit_id.in_(select(OrganizationalUnit.id)),
        )
    )


def values_for(period_id: int, at: datetime) -> dict[str, object]:
    """Return what the statements are asked with: a period, and how it stands at a moment."""
    soon = at + timedelta(days=DUE_SOON_DAYS)
    return {_PERIOD.key: period_id, _AT.key: at, _SOON.key: soon}


def standings_of(told: Told) -> ByStanding:
    """Return counts by standing: what is late or due soon was counted as open, too."""
    counts = {_STANDINGS[word]: count for word, count in told.items() if count and word != OPEN}
    on_track = told.get(OPEN, 0) - sum(told.get(word, 0) for word in NEARING)
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
