"""Compliance in a reporting period: counts by unit and the reports behind each count."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.compliance import ANSWERED, LATE, Change, Compliance, Lateness
from tracker.domain.mandates import Implementation
from tracker.domain.radar import RadarKind
from tracker.domain.workflow import Review
from tracker.models.instruments import BodySession, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.answer_pace import has_first_text_by
from tracker.queries.compliance_changes import has_changed
from tracker.queries.lateness import is_late_for
from tracker.queries.paging import PAGE_SIZE, Column, KeptList, Page, Place, all_rows, rows_of_page
from tracker.queries.plain_rows import KeptStatement, plain_rows
from tracker.queries.report_findings import is_found
from tracker.queries.report_lines import (
    COUNTS,
    IS_OPEN,
    ReportLine,
    compliance_at,
    line_of,
    lines_of_reports,
    lines_query,
)
from tracker.queries.sorting import in_order_of, missing_last
from tracker.queries.standing_counts import (
    NEARING,
    Told,
    added,
    counted,
    kept_by_unit,
    kept_nearing_by_unit,
    kept_total,
    nearing,
    nearing_by_unit,
    standings_of,
    values_for,
)

_PERIOD, _UNIT = "listed_period", "listed_unit"
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
    """By what the reports of a period are sorted.

    Equal rows follow symbol and paragraph; those due on one day follow as they were opened.
    """

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
        return sum(self.by_standing.values()) - self.of(Compliance.WAIVED)

    @property
    def answered(self) -> int:
        """Return how many are submitted or cleared."""
        return self.of(Compliance.SUBMITTED) + self.of(Compliance.CLEARED)

    @property
    def open(self) -> int:
        """Return how many have no answer, late or not."""
        return self.asked - self.answered

    @property
    def late(self) -> int:
        """Return how many are past their due date without a submitted text."""
        return self.of(Compliance.OVERDUE) + self.of(Compliance.UNANSWERED)

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
    """Which reports of a period are asked for; ``is_late`` joins overdue and unanswered ones.

    ``is_open`` asks for those without an answer, late or not, ``is_asked`` for all but those
    waived, ``texts_until`` for those of them with a first text by the end of a day (UTC). What the
    radar found (``finding``) is of all periods; then ``period_id`` says nothing.
    ``session_id`` is that of the session that adopted the resolution, 0 stands for none known.
    """

    period_id: int
    unit_id: int | None = None
    subprogramme_id: int | None = None
    instrument_id: int | None = None
    session_id: int | None = None
    late_for: Lateness | None = None
    standing: Compliance | None = None
    is_late: bool = False
    is_answered: bool = False
    is_open: bool = False
    is_asked: bool = False
    texts_until: date | None = None
    finding: RadarKind | None = None
    change: Change | None = None  # after the moment ``since``
    since: datetime | None = None

    @property
    def usual_order(self) -> ReportOrder:
        """Return the order of a list of which none is asked for.

        By paragraph where the reports are those of a source; else what is due first comes first,
        as an index has them.
        """
        return ReportOrder.MANDATE if self.is_of_a_source else ReportOrder.DUE

    @property
    def is_of_a_source(self) -> bool:
        """Tell whether reports on one resolution, or on those of one session, are asked for."""
        return self.instrument_id is not None or self.session_id is not None

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is asked but a unit and whether a report is open, or asked about."""
        parts = (
            self.instrument_id, self.session_id, self.subprogramme_id, self.standing,
            self.texts_until, self.finding, self.late_for,
        )  # fmt: skip
        is_joined = self.is_late or self.is_answered
        return not is_joined and self.change is None and all(part is None for part in parts)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether more is left out than other units and subprogrammes.

        Counts by unit then say nothing of what is listed.
        """
        parts = (
            self.instrument_id, self.session_id, self.standing, self.texts_until, self.finding,
            self.change, self.late_for,
        )  # fmt: skip
        is_joined = self.is_late or self.is_answered or self.is_open or self.is_asked
        return is_joined or any(part is not None for part in parts)


def compliance_overview(
    session: Session, wanted: ReportFilter | int, *, at: datetime
) -> ComplianceOverview:
    """Return the counts of a period (by its id) at the moment ``at``, in one statement.

    A filter narrows them to its unit, subprogramme, resolution and session; what else it asks for,
    it does not.
    """
    if not isinstance(wanted, ReportFilter):
        wanted = ReportFilter(wanted)
    narrowed = place_conditions(wanted)
    asked = values_for(wanted.period_id, at)
    rows = (
        plain_rows(session, _counts_by_unit(*narrowed), asked)
        if narrowed
        else _ALL_COUNTS_BY_UNIT.rows(session, asked)
    )
    told: dict[tuple[int, str], Told] = {}
    for of_unit, name, word, count, *near in rows:
        counts = told.setdefault((of_unit, name), {})
        counts[word] = count
        counts.update(zip(NEARING, (each or 0 for each in near), strict=True))
    units = {unit: standings_of(counts) for unit, counts in told.items()}
    return ComplianceOverview(
        by_standing=added(units.values()),
        units=tuple(
            UnitCounts(by_standing=of_standing, unit_id=of_unit, unit=name)
            for (of_unit, name), of_standing in units.items()
        ),
    )


def _counts_by_unit(*narrowed: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    by = ProgressReport.unit_id
    counts = (counted(by).where(*narrowed) if narrowed else kept_by_unit()).subquery()
    near = (nearing_by_unit(*narrowed) if narrowed else kept_nearing_by_unit()).subquery()
    unit = OrganizationalUnit
    return (
        select(
            unit.id, unit.name, counts.c.stands, counts.c.count, *(near.c[word] for word in NEARING)
        )
        .join(counts, counts.c.unit_id == unit.id)
        .outerjoin(near, near.c.unit_id == unit.id)
        .order_by(unit.position, unit.name, unit.id)
    )


_ALL_COUNTS_BY_UNIT = KeptStatement(_counts_by_unit())


def counts_by_subprogramme(
    session: Session, period_id: int, *, at: datetime
) -> Sequence[tuple[str, Counts]]:
    """Return name and counts of each subprogramme that is asked about; "" last, for those of none.

    A mandate of none counts for that of the unit that reports. One statement.
    """
    by = (Mandate.subprogramme_id, ProgressReport.unit_id)
    of_report = Mandate.id == ProgressReport.mandate_id
    counts = union_all(counted(*by).where(of_report), nearing(*by).where(of_report)).subquery()
    units = _subprogrammes_of_units()
    rows = session.execute(
        select(Subprogramme.name, counts.c.stands, func.sum(counts.c.count))
        .select_from(counts)
        .outerjoin(units, units.c.unit_id == counts.c.unit_id)
        .outerjoin(
            Subprogramme,
            Subprogramme.id == func.coalesce(counts.c.subprogramme_id, units.c.subprogramme_id),
        )
        .group_by(Subprogramme.number, Subprogramme.name, counts.c.stands)
        .order_by(Subprogramme.number.is_(None), Subprogramme.number),
        values_for(period_id, at),
    )
    told: dict[str, Told] = {}
    for name, word, count in rows:
        told.setdefault(name or "", {})[word] = int(count)
    return [(name, Counts(standings_of(each))) for name, each in told.items()]


def find_resolution_symbol(session: Session, instrument_id: int) -> str | None:
    """Return the symbol of a resolution whose reports are asked for; None where there is none."""
    return session.scalar(select(Instrument.symbol).where(Instrument.id == instrument_id))


def find_unit_name(session: Session, unit_id: int) -> str | None:
    """Return the name of a unit whose reports are asked for; None where there is none."""
    return session.scalar(select(OrganizationalUnit.name).where(OrganizationalUnit.id == unit_id))


def find_subprogramme(session: Session, subprogramme_id: int) -> str | None:
    """Return the name of a subprogramme whose reports are asked for; None: there is none such."""
    asked = select(Subprogramme.name).where(Subprogramme.id == subprogramme_id)
    return session.scalar(asked)


def all_subprogrammes(session: Session) -> Sequence[Subprogramme]:
    """Return the subprogrammes whose reports can be asked for, by their number."""
    return session.scalars(select(Subprogramme).order_by(Subprogramme.number)).all()


def find_session_name(session: Session, session_id: int) -> str | None:
    """Return the name of the session that adopted what is asked for; None where there is none."""
    return session.scalar(select(BodySession.name).where(BodySession.id == session_id))


def reports_page(
    session: Session,
    wanted: ReportFilter,
    *,
    order: ReportOrder = ReportOrder.MANDATE,
    is_descending: bool = False,
    at: datetime,
    place: Place,
    size: int = PAGE_SIZE,
) -> Page[ReportLine]:
    """Return one page of the reports asked for, in three statements.

    The page is found by what it is sorted by, and only then read: most of a line is of no use to
    the order, and a database that sorts carries it along.
    """
    found, previous_key, next_key = _placed_rows(
        session, wanted, order, at, is_descending=is_descending, place=place, size=size
    )
    ids = [row[0] for row in found]
    lines = lines_of_reports(session, ids, at=at)
    return Page(
        rows=tuple(lines[report_id] for report_id in ids),
        total=_total(session, wanted, at),
        previous_key=previous_key,
        next_key=next_key,
    )


def _placed_rows(
    session: Session,
    wanted: ReportFilter,
    order: ReportOrder,
    at: datetime,
    *,
    is_descending: bool,
    place: Place,
    size: int,
) -> tuple[list[Row[Any]], str | None, str | None]:
    if wanted.is_whole and order is ReportOrder.DUE:
        listed = _by_due_date(
            is_of_unit=wanted.unit_id is not None, is_open=wanted.is_open, is_asked=wanted.is_asked
        )
        asked = {_PERIOD: wanted.period_id}
        if wanted.unit_id is not None:
            asked[_UNIT] = wanted.unit_id
        return listed.rows(session, asked, is_descending=is_descending, place=place, size=size)
    return rows_of_page(
        session,
        _placed_reports(order, wanted).where(*_conditions(session, wanted, at)),
        sort=_sort(order, at, is_descending=is_descending),
        identity=ProgressReport.id,
        is_descending=is_descending,
        place=place,
        size=size,
    )


@cache
def _by_due_date(*, is_of_unit: bool, is_open: bool, is_asked: bool) -> KeptList:
    """Return the list that is opened most: the reports of a period, or of one unit of it."""
    reports = select(ProgressReport.id).where(
        ProgressReport.period_id == bindparam(_PERIOD), IS_OPEN if is_open else COUNTS
    )
    if is_of_unit:
        reports = reports.where(ProgressReport.unit_id == bindparam(_UNIT))
    if is_asked:
        reports = reports.where(~ProgressReport.is_waived)
    return KeptList(reports, sort=ProgressReport.due_on, identity=ProgressReport.id)


def _total(session: Session, wanted: ReportFilter, at: datetime) -> int:
    if not wanted.is_whole:
        conditions = _conditions(session, wanted, at)
        return session.scalar(_counted(wanted).where(*conditions)) or 0
    return kept_total(
        session,
        wanted.period_id,
        unit_id=wanted.unit_id,
        is_open=wanted.is_open,
        is_asked=wanted.is_asked,
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
        lines_query().where(*_conditions(session, wanted, at)),
        sort=_sort(order, at, is_descending=is_descending),
        identity=ProgressReport.id,
        is_descending=is_descending,
    )
    return (line_of(row, at) for row in rows)


def chosen_reports(
    session: Session, wanted: ReportFilter, *, at: datetime, most: int
) -> Sequence[tuple[int, int]]:
    """Return the reports asked for with their mandates, by the ids of both; ``most`` at most.

    They come by symbol and paragraph.
    """
    query = (
        _placed_reports(ReportOrder.MANDATE, wanted)
        .add_columns(ProgressReport.mandate_id)
        .where(*_conditions(session, wanted, at))
        .order_by(*_PLACE, ProgressReport.id)
        .limit(most)
    )
    return [(report_id, mandate_id) for report_id, mandate_id in session.execute(query)]


def _placed_reports(order: ReportOrder, wanted: ReportFilter) -> Select[int]:
    """Return the reports joined with what they are sorted by."""
    reports = _with_periods(select(ProgressReport.id), wanted)
    if order is ReportOrder.DUE:  # an index has them in this order, where nothing is joined
        return reports
    return (
        reports.join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Clause, Clause.id == Mandate.clause_id)
    )


def _counted(wanted: ReportFilter) -> Select[int]:
    return _with_periods(select(func.count()).select_from(ProgressReport), wanted)


def _with_periods(reports: Select[int], wanted: ReportFilter) -> Select[int]:
    """Join the period of each report where something is asked of it: else an index tells all."""
    if wanted.finding is None and wanted.change is None:
        return reports
    return reports.join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)


def _sort(order: ReportOrder, at: datetime, *, is_descending: bool) -> tuple[Column, ...]:
    if order is ReportOrder.DUE:
        return (ProgressReport.due_on,)
    if order is ReportOrder.UNIT:
        return (OrganizationalUnit.name, *_PLACE)
    if order is ReportOrder.STANDING:
        return (in_order_of(compliance_at(at), _BY_URGENCY), *_PLACE)
    if order is ReportOrder.REVIEW:
        return (in_order_of(ProgressReport.review, Review), *_PLACE)
    if order is ReportOrder.STATUS:
        status = in_order_of(ProgressReport.status, Implementation)
        return (*missing_last(status, is_descending=is_descending), *_PLACE)
    return _PLACE


def _conditions(session: Session, wanted: ReportFilter, at: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.finding is not None:
        conditions.append(is_found(session, wanted.finding, at))
    else:
        conditions.append(ProgressReport.period_id == wanted.period_id)
        conditions.append(IS_OPEN if wanted.is_open else COUNTS)
    conditions += place_conditions(wanted)
    if wanted.late_for is not None:
        conditions.append(is_late_for(wanted.late_for, at))
    if wanted.finding is not None and wanted.is_open:
        conditions.append(IS_OPEN)
    if wanted.is_asked or wanted.texts_until is not None:
        conditions.append(~ProgressReport.is_waived)
    if wanted.change is not None and wanted.since is not None:
        conditions.append(has_changed(wanted.change, wanted.since, at))
    if wanted.texts_until is not None:
        conditions.append(has_first_text_by(wanted.texts_until))
    standings = _standings(wanted)
    if standings is not None:
        conditions.append(compliance_at(at).in_([standing.value for standing in standings]))
    return conditions


def place_conditions(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    """Return what is asked of the unit of reports, and of their mandates and their texts."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.unit_id is not None:
        conditions.append(ProgressReport.unit_id == wanted.unit_id)
    if wanted.subprogramme_id is not None:
        conditions.append(_is_of_subprogramme(wanted.subprogramme_id))
    if wanted.instrument_id is not None:
        conditions.append(ProgressReport.instrument_id == wanted.instrument_id)
    if wanted.session_id is not None:
        adopted_by = Instrument.session_id == (wanted.session_id or None)
        instruments = select(Instrument.id).where(adopted_by).correlate(None)
        conditions.append(ProgressReport.instrument_id.in_(instruments))
    return conditions


def _is_of_subprogramme(subprogramme_id: int) -> ColumnElement[bool]:
    """Say, of a report, that its mandate is of a subprogramme, or else that its unit is.

    The mandates of the subprogramme and the reports of its units are gone through; to look up the
    mandate of each report of the period took longer.
    """
    units = _subprogrammes_of_units()
    own_unit = ProgressReport.unit_id.in_(
        select(units.c.unit_id).where(units.c.subprogramme_id == subprogramme_id)
    )
    said = select(Mandate.id).where(Mandate.subprogramme_id == subprogramme_id).correlate(None)
    of_mandate = aliased(Mandate)
    nothing_is_said = (
        exists()
        .where(of_mandate.id == ProgressReport.mandate_id, of_mandate.subprogramme_id.is_(None))
        .correlate(ProgressReport)
    )
    return or_(ProgressReport.mandate_id.in_(said), and_(own_unit, nothing_is_said))


def _subprogrammes_of_units() -> Subquery:
    """Return the subprogramme that each unit carries out; of several the first."""
    return (
        select(Subprogramme.unit_id, func.min(Subprogramme.id).label("subprogramme_id"))
        .where(Subprogramme.unit_id.is_not(None))
        .group_by(Subprogramme.unit_id)
        .subquery()
    )


def _standings(wanted: ReportFilter) -> frozenset[Compliance] | None:
    if wanted.standing is not None:
        return frozenset({wanted.standing})
    if wanted.is_late:
        return LATE
    return ANSWERED if wanted.is_answered else None
