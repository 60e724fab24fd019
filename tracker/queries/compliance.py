"""Compliance in a reporting period: counts by unit and the reports behind each count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import ANSWERED, LATE, Compliance
from tracker.domain.mandates import Implementation
from tracker.domain.workflow import Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.paging import Column, Page, Place, all_rows, rows_of_page
from tracker.queries.report_lines import (
    COUNTS,
    ReportLine,
    compliance_at,
    count_of,
    line_of,
    lines_query,
)
from tracker.queries.sorting import in_order_of, missing_last

_PLACE: tuple[Column, ...] = (Instrument.sort_key, Clause.position)
# What needs somebody first.
_BY_URGENCY = (
    Compliance.UNANSWERED,
    Compliance.OVERDUE,
    Compliance.DUE_SOON,
    Compliance.ON_TRACK,
    Compliance.SUBMITTED,
    Compliance.CLEARED,
    Compliance.WAIVED,
)


class ReportOrder(StrEnum):
    """By what the reports of a period are sorted; equal rows follow symbol and paragraph."""

    MANDATE = "mandate"
    UNIT = "unit"
    STANDING = "standing"
    REVIEW = "review"
    STATUS = "status"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports stand how; those waived are asked of nobody."""

    by_standing: Mapping[Compliance, int]

    @property
    def asked(self) -> int:
        """Return how many mandates are asked about."""
        return sum(self.by_standing.values()) - self.by_standing.get(Compliance.WAIVED, 0)

    @property
    def answered(self) -> int:
        """Return how many are submitted or cleared."""
        return sum(self.by_standing.get(standing, 0) for standing in ANSWERED)

    @property
    def late(self) -> int:
        """Return how many are past their due date without a submitted text."""
        return sum(self.by_standing.get(standing, 0) for standing in LATE)

    def of(self, standing: Compliance) -> int:
        """Return how many stand so."""
        return self.by_standing.get(standing, 0)


@dataclass(frozen=True, slots=True)
class UnitCounts(Counts):
    """The counts of one lead unit."""

    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class ComplianceOverview(Counts):
    """The counts of a period, as a whole and by unit in the order of the house."""

    units: tuple[UnitCounts, ...]

    @property
    def late_unit_count(self) -> int:
        """Return in how many units something is late."""
        return sum(1 for unit in self.units if unit.late)


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports of a period are asked for; ``is_late`` joins overdue and unanswered ones."""

    period_id: int
    unit_id: int | None = None
    standing: Compliance | None = None
    is_late: bool = False
    is_answered: bool = False


def compliance_overview(session: Session, period_id: int, *, at: datetime) -> ComplianceOverview:
    """Return the counts of the period at the moment ``at``, in one statement."""
    standing = compliance_at(at).label("standing")
    rows = session.execute(
        select(
            OrganizationalUnit.id,
            OrganizationalUnit.name,
            standing,
            func.count(ProgressReport.id),
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .where(ProgressReport.period_id == period_id, COUNTS)
        .group_by(
            OrganizationalUnit.position, OrganizationalUnit.name, OrganizationalUnit.id, "standing"
        )
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name, OrganizationalUnit.id)
    )
    total: dict[Compliance, int] = {}
    units: dict[tuple[int, str], dict[Compliance, int]] = {}
    for unit_id, name, value, count in rows:
        told = Compliance(value)
        total[told] = total.get(told, 0) + count
        units.setdefault((unit_id, name), {})[told] = count
    return ComplianceOverview(
        by_standing=total,
        units=tuple(
            UnitCounts(by_standing=counts, unit_id=unit_id, unit=name)
            for (unit_id, name), counts in units.items()
        ),
    )


def reports_page(
    session: Session,
    wanted: ReportFilter,
    *,
    order: ReportOrder = ReportOrder.MANDATE,
    is_descending: bool = False,
    at: datetime,
    place: Place,
) -> Page[ReportLine]:
    """Return one page of the reports asked for, in two statements."""
    conditions = _conditions(wanted, at)
    rows, previous_key, next_key = rows_of_page(
        session,
        lines_query().where(*conditions),
        sort=(*_sort(order, at, is_descending=is_descending), *_PLACE),
        identity=ProgressReport.id,
        is_descending=is_descending,
        place=place,
    )
    return Page(
        rows=tuple(line_of(row, at) for row in rows),
        total=count_of(session, *conditions),
        previous_key=previous_key,
        next_key=next_key,
    )


def all_reports(
    session: Session,
    wanted: ReportFilter,
    *,
    order: ReportOrder,
    is_descending: bool,
    at: datetime,
) -> Iterator[ReportLine]:
    """Yield the reports asked for as ``reports_page`` lists them, by one statement."""
    rows = all_rows(
        session,
        lines_query().where(*_conditions(wanted, at)),
        sort=(*_sort(order, at, is_descending=is_descending), *_PLACE),
        identity=ProgressReport.id,
        is_descending=is_descending,
    )
    return (line_of(row, at) for row in rows)


def _sort(order: ReportOrder, at: datetime, *, is_descending: bool) -> tuple[Column, ...]:
    if order is ReportOrder.UNIT:
        return (OrganizationalUnit.name,)
    if order is ReportOrder.STANDING:
        return (in_order_of(compliance_at(at), _BY_URGENCY),)
    if order is ReportOrder.REVIEW:
        return (in_order_of(ProgressReport.review, Review),)
    if order is ReportOrder.STATUS:
        status = in_order_of(ProgressReport.status, Implementation)
        return missing_last(status, is_descending=is_descending)
    return (ProgressReport.due_on,) if order is ReportOrder.DUE else ()


def _conditions(wanted: ReportFilter, at: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [ProgressReport.period_id == wanted.period_id, COUNTS]
    if wanted.unit_id is not None:
        conditions.append(ProgressReport.unit_id == wanted.unit_id)
    standings = _standings(wanted)
    if standings is not None:
        conditions.append(compliance_at(at).in_([standing.value for standing in standings]))
    return conditions


def _standings(wanted: ReportFilter) -> frozenset[Compliance] | None:
    if wanted.standing is not None:
        return frozenset({wanted.standing})
    if wanted.is_late:
        return LATE
    return ANSWERED if wanted.is_answered else None
