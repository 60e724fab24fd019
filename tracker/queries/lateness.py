"""For how long reports of a period are overdue: how many of each unit, and which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import LATE_DAYS, Lateness
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.report_lines import IS_OPEN


@dataclass(frozen=True, slots=True)
class LateCounts:
    """How many reports of a unit are overdue for how long; ``unit_id`` None for all units."""

    unit_id: int | None
    unit: str
    by_lateness: Mapping[Lateness, int]

    @property
    def total(self) -> int:
        """Return how many are overdue at all."""
        return sum(self.by_lateness.values())


def is_late_for(lateness: Lateness, at: datetime) -> ColumnElement[bool]:
    """Say, of a report, that it has been overdue for so long at the moment ``at``."""
    after, until = LATE_DAYS[lateness]
    begun = ProgressReport.overdue_at <= at - timedelta(days=after)
    if until is None:
        return and_(IS_OPEN, begun)
    return and_(IS_OPEN, begun, ProgressReport.overdue_at > at - timedelta(days=until))


def late_counts(
    session: Session, *conditions: ColumnElement[bool], at: datetime
) -> Sequence[LateCounts]:
    """Return the counts of overdue reports that fulfil conditions, by unit in the house's order.

    Units of which nothing is overdue are left out. One statement.
    """
    unit = OrganizationalUnit
    lateness = case(
        *((ProgressReport.overdue_at > at - timedelta(days=until), each.value)
          for each, (_after, until) in LATE_DAYS.items() if until is not None),
        else_=Lateness.LONGER.value,
    )  # fmt: skip
    rows = session.execute(
        select(unit.id, unit.name, lateness.label("lateness"), func.count())
        .join(ProgressReport, ProgressReport.unit_id == unit.id)
        .where(IS_OPEN, ProgressReport.overdue_at <= at, *conditions)
        .group_by(unit.id, unit.name, unit.position, "lateness")
        .order_by(unit.position, unit.name, unit.id)
    )
    told: dict[tuple[int, str], dict[Lateness, int]] = {}
    for unit_id, name, word, count in rows:
        told.setdefault((unit_id, name), {})[Lateness(word)] = count
    return [LateCounts(unit_id, name, counts) for (unit_id, name), counts in told.items()]


def of_all_units(counts: Sequence[LateCounts]) -> LateCounts:
    """Return the sum of the counts of units."""
    return LateCounts(
        None, "", {each: sum(row.by_lateness.get(each, 0) for row in counts) for each in Lateness}
    )
