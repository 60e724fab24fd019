"""Kept counts of reports: the rows that changes have left are added up to few."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, delete, exists, func, insert, select, true, update
from sqlalchemy.orm import Session

from tracker.domain.compliance import Compliance
from tracker.domain.periods import PeriodState
from tracker.models.kept_counts import KeptCount
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressEntry, ProgressReport, ReportingPeriod

MANY_CHANGES = 500  # of a period; to read fewer takes hardly longer than none
_COLUMNS = (
    KeptCount.period_id,
    KeptCount.instrument_id,
    KeptCount.unit_id,
    KeptCount.first_text_on,
    KeptCount.counted_as,
    KeptCount.waiting_unit_id,
    KeptCount.overdue_at,
    KeptCount.has_answer,
)
_NAMES = tuple(column.key for column in _COLUMNS)
AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
Named = tuple[object, ...]  # the values of a row but for its count, in the order of the columns


def periods_to_add_up(session: Session, *, least: int = MANY_CHANGES) -> Sequence[int]:
    """Return the periods, by id, whose counts at least so many changes were left to."""
    return session.scalars(
        select(KeptCount.period_id)
        .where(KeptCount.unit_id.is_not(None), KeptCount.instrument_id.is_not(None))
        .group_by(KeptCount.period_id)
        .having(func.count() >= least)
        .order_by(KeptCount.period_id)
    ).all()


def add_up_counts(session: Session, period_id: int) -> int:
    """Add up the counts of a period, and return how many changes there were.

    Only rows that are there are taken away, so that what others write meanwhile stays; rows that
    somebody else adds up at the same moment are left to them.
    """
    taken = (
        select(KeptCount.id)
        .where(KeptCount.period_id == period_id)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(
        delete(KeptCount)
        .where(KeptCount.id.in_(taken))
        .returning(*_COLUMNS, KeptCount.count.label("more"))
        .execution_options(synchronize_session=False)
    ).all()
    sums: Counter[Named] = Counter()
    changes = 0
    for row in rows:
        changes += row.unit_id is not None and row.instrument_id is not None
        for named in _each_named(row):
            sums[named] += row.more
    kept = [
        {**dict(zip(_NAMES, named, strict=True)), "count": count}
        for named, count in sums.items()
        if count
    ]
    if kept:
        session.execute(insert(KeptCount), kept)
    return changes


def _each_named(row: AnyRow) -> Iterator[Named]:
    """Yield a row for each thing that a row counts for."""
    if row.instrument_id is not None:
        yield _named(row, "instrument_id", "counted_as")
    if row.unit_id is not None:
        yield _named(row, "unit_id", "counted_as")
    if row.first_text_on is not None and row.counted_as != Compliance.WAIVED.value:
        yield _named(row, "first_text_on")
    if row.waiting_unit_id is not None:
        yield _named(row, "waiting_unit_id", "overdue_at", "has_answer")


def _named(row: AnyRow, *names: str) -> Named:
    return tuple(
        getattr(row, name) if name == "period_id" or name in names else None for name in _NAMES
    )


def reports_with_missed_notes(session: Session) -> Sequence[int]:
    """Return the open reports, by id, that do not know of a note their period gathers.

    Where a report and a note on its mandate were written at the same time, neither saw the other.
    """
    is_noted = exists().where(
        ProgressEntry.mandate_id == ProgressReport.mandate_id,
        ProgressEntry.noted_on.between(ReportingPeriod.starts_on, ReportingPeriod.ends_on),
    )
    return session.scalars(
        select(ProgressReport.id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            # So that SQLite goes along the index of these reports, unit by unit.
            ProgressReport.unit_id.in_(select(OrganizationalUnit.id)),
            ProgressReport.is_open == true(),
            ~ProgressReport.has_note,
            is_noted,
        )
    ).all()


def tell_of_notes(session: Session, report_ids: Collection[int]) -> None:
    """Let reports know that their period gathers a note on their mandate.

    As triggers do it: it is no act of anybody, so the audit trail has nothing of it.
    """
    session.connection().execute(
        update(ProgressReport).where(ProgressReport.id.in_(report_ids)).values(has_note=True)
    )
