"""Kept counts of reports: the rows that changes have left are added up to few."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import Compliance
from tracker.models.kept_counts import KeptCount

MANY_CHANGES = 500  # of a period; to read fewer takes hardly longer than none
_COLUMNS = (
    KeptCount.period_id,
    KeptCount.instrument_id,
    KeptCount.unit_id,
    KeptCount.first_text_on,
    KeptCount.counted_as,
)
Named = tuple[int, int | None, int | None, date | None, str | None]


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
        .returning(*_COLUMNS, KeptCount.count)
        .execution_options(synchronize_session=False)
    ).all()
    sums: Counter[Named] = Counter()
    changes = 0
    for of_period, instrument_id, unit_id, day, counted_as, count in rows:
        changes += unit_id is not None and instrument_id is not None
        for each in _each_named(of_period, instrument_id, unit_id, day, counted_as):
            sums[each] += count
    names = [column.key for column in _COLUMNS]
    kept = [
        {**dict(zip(names, named, strict=True)), "count": count}
        for named, count in sums.items()
        if count
    ]
    if kept:
        session.execute(insert(KeptCount), kept)
    return changes


def _each_named(
    period_id: int,
    instrument_id: int | None,
    unit_id: int | None,
    day: date | None,
    counted_as: str | None,
) -> Iterator[Named]:
    """Yield a row for each thing that a row counts for."""
    if instrument_id is not None:
        yield (period_id, instrument_id, None, None, counted_as)
    if unit_id is not None:
        yield (period_id, None, unit_id, None, counted_as)
    if day is not None and counted_as != Compliance.WAIVED.value:
        yield (period_id, None, None, day, None)
