"""The rows that a number or paragraph of the report stands on, as far as a reader may see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.activities import MEASURE_OF, Deliverable, FundSource, Measure
from tracker.domain.biennial_report.records import RecordedActivity, RecordedFund
from tracker.domain.mandates import Implementation, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.records import may_see
from tracker.domain.workflow import Review
from tracker.models.activities import Activity
from tracker.models.instruments import Body, Clause, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ProgressRevision
from tracker.queries.references import Reference

_Absent = aliased(Person)
_UNIT = OrganizationalUnit.name


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A cleared text of a progress report: of which mandate and unit, and who cleared it when.

    ``in_place_of`` is who was away when it was cleared, "" where nobody was.
    """

    revision_id: int
    report_id: int
    symbol: str
    path: str
    unit: str
    status: Implementation | None
    number: int
    cleared_by: str
    in_place_of: str
    cleared_at: datetime


@dataclass(frozen=True, slots=True)
class SourceActivity:
    """An activity with the quantities that were printed, None where it was named alone."""

    id: int
    title: str
    unit: str
    deliverable: Deliverable
    planned: Decimal | None
    actual: Decimal | None

    @property
    def measure(self) -> Measure:
        """Return what its quantities count."""
        return MEASURE_OF[self.deliverable]


@dataclass(frozen=True, slots=True)
class SourceFund:
    """What an activity has from one source, with the amounts that were added up."""

    fund: RecordedFund
    unit: str

    @property
    def source(self) -> FundSource:
        """Return where the money comes from."""
        regular = self.fund.is_regular
        return FundSource.REGULAR_BUDGET if regular else FundSource.EXTRABUDGETARY


@dataclass(frozen=True, slots=True)
class SourceMandate:
    """A mandate that was set aside."""

    id: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class SourceResolution:
    """A resolution that the report gives an account of."""

    id: int
    symbol: str
    title: str
    body_key: str
    slug: str


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A progress report that was asked for, with how far it is today."""

    id: int
    symbol: str
    path: str
    unit: str
    review: Review


def source_reports(
    session: Session, revision_ids: Sequence[int], *, actor: Actor
) -> tuple[SourceReport, ...]:
    """Return the cleared texts in the order of their ids given, without those kept from readers."""
    rows = session.execute(
        select(
            ProgressRevision,
            Instrument.symbol,
            Clause.path,
            OrganizationalUnit.id,
            _UNIT,
            Mandate.sensitivity,
            Person.name,
            _Absent.name,
        )
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .join(Person, Person.id == ProgressRevision.written_by_id)
        .outerjoin(_Absent, _Absent.id == ProgressRevision.in_place_of_id)
        .where(ProgressRevision.id.in_(revision_ids))
    )
    found = {
        revision.id: SourceReport(
            revision_id=revision.id,
            report_id=revision.report_id,
            symbol=symbol,
            path=path or "",
            unit=unit,
            status=revision.status,
            number=revision.number,
            cleared_by=cleared_by,
            in_place_of=absent or "",
            cleared_at=revision.written_at,
        )
        for revision, symbol, path, unit_id, unit, sensitivity, cleared_by, absent in rows
        if _may_see(actor, (sensitivity, revision.sensitivity), unit_id)
    }
    return tuple(found[each] for each in revision_ids if each in found)


def source_activities(
    session: Session,
    activity_ids: Sequence[int],
    recorded: Mapping[int, RecordedActivity],
    *,
    actor: Actor,
) -> tuple[SourceActivity, ...]:
    """Return activities in the order of their ids given, with title and quantities as recorded."""
    rows = session.execute(
        select(Activity, _UNIT)
        .join(OrganizationalUnit, OrganizationalUnit.id == Activity.unit_id)
        .where(Activity.id.in_(activity_ids))
    )
    found = {}
    for activity, unit in rows:
        if may_see(actor, activity.sensitivity, activity.unit_id):
            printed = recorded.get(activity.id)
            found[activity.id] = SourceActivity(
                id=activity.id,
                title=printed.title if printed else activity.title,
                unit=unit,
                deliverable=activity.deliverable,
                planned=printed.planned if printed else None,
                actual=printed.actual if printed else None,
            )
    return tuple(found[each] for each in activity_ids if each in found)


def source_funds(
    session: Session,
    fund_ids: Sequence[int],
    recorded: Mapping[int, RecordedFund],
    *,
    actor: Actor,
) -> tuple[SourceFund, ...]:
    """Return what activities have from a source, in the order of the ids given, as recorded."""
    known = [recorded[each] for each in fund_ids if each in recorded]
    rows = session.execute(
        select(Activity.id, Activity.sensitivity, Activity.unit_id, _UNIT)
        .join(OrganizationalUnit, OrganizationalUnit.id == Activity.unit_id)
        .where(Activity.id.in_({fund.activity_id for fund in known}))
    )
    units = {
        activity_id: unit
        for activity_id, sensitivity, unit_id, unit in rows
        if may_see(actor, sensitivity, unit_id)
    }
    return tuple(
        SourceFund(fund, units[fund.activity_id]) for fund in known if fund.activity_id in units
    )


def source_mandates(
    session: Session, mandate_ids: Sequence[int], *, actor: Actor
) -> tuple[SourceMandate, ...]:
    """Return mandates in the order of their ids given, without those kept from readers."""
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.sensitivity,
            Instrument.symbol,
            Body.key,
            Instrument.slug,
            Clause.path,
        )
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Mandate.id.in_(mandate_ids))
    )
    found = {
        mandate_id: SourceMandate(mandate_id, Reference(symbol, body_key, slug, path or ""))
        for mandate_id, sensitivity, symbol, body_key, slug, path in rows
        if may_see(actor, sensitivity, None)
    }
    return tuple(found[each] for each in mandate_ids if each in found)


def source_resolutions(
    session: Session, instrument_ids: Sequence[int]
) -> tuple[SourceResolution, ...]:
    """Return resolutions in the order of their ids given."""
    rows = session.execute(
        select(Instrument.id, Instrument.symbol, InstrumentText.title, Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .where(Instrument.id.in_(instrument_ids))
    )
    found = {row[0]: SourceResolution(*row) for row in rows}
    return tuple(found[each] for each in instrument_ids if each in found)


def asked_reports(
    session: Session, report_ids: Sequence[int], *, actor: Actor
) -> tuple[AskedReport, ...]:
    """Return progress reports in the order of their ids given, without those kept from readers."""
    rows = session.execute(
        select(ProgressReport, Mandate.sensitivity, Instrument.symbol, Clause.path, _UNIT)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .where(ProgressReport.id.in_(report_ids))
    )
    found = {
        report.id: AskedReport(report.id, symbol, path or "", unit, report.review)
        for report, sensitivity, symbol, path, unit in rows
        if may_see(actor, sensitivity, report.unit_id)
    }
    return tuple(found[each] for each in report_ids if each in found)


def _may_see(actor: Actor, sensitivities: Collection[Sensitivity], unit_id: int) -> bool:
    return all(may_see(actor, sensitivity, unit_id) for sensitivity in sensitivities)
