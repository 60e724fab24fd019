"""The parts that other units add to a report: by report, alone, and those that wait for a unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.periods import PeriodState
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import Contribution, ProgressReport, ReportingPeriod
from tracker.queries.references import Reference

_Lead = aliased(OrganizationalUnit)


@dataclass(frozen=True, slots=True)
class Part:
    """What one contributing unit adds; without ``written_at`` it has written nothing yet."""

    id: int
    unit_id: int
    unit: str
    text: str
    language: str
    author: str | None
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part with the report it is for."""

    id: int
    version: int
    unit_id: int
    unit: str
    text: str
    language: str
    written_at: datetime | None
    report_id: int
    lead_unit: str
    period_name: str
    due_on: date
    clause: str
    clause_language: str
    takes_text: bool
    reference: Reference


_PARTS = (  # made once, since that takes longer than to run it
    select(
        Contribution.id,
        Contribution.unit_id,
        OrganizationalUnit.name,
        Contribution.text,
        Contribution.language,
        Person.name,
        Contribution.written_at,
    )
    .join(OrganizationalUnit, OrganizationalUnit.id == Contribution.unit_id)
    .outerjoin(Person, Person.id == Contribution.person_id)
    .where(Contribution.report_id == bindparam("report_id"))
    .order_by(Contribution.id)
)


def parts_of_report(session: Session, report_id: int) -> tuple[Part, ...]:
    """Return the parts of a report in the order in which they were asked for."""
    rows = session.execute(_PARTS, {"report_id": report_id})
    return tuple(Part(*row) for row in rows)


def find_part(session: Session, contribution_id: int) -> AskedPart | None:
    """Return one part with its report, or None."""
    found = session.execute(_asked().where(Contribution.id == contribution_id)).first()
    return None if found is None else _part(found)


def parts_waiting(session: Session, unit_ids: Sequence[int]) -> tuple[AskedPart, ...]:
    """Return the parts that these units are asked for and have not written, soonest due first."""
    rows = session.execute(
        _asked()
        .where(
            Contribution.unit_id.in_(unit_ids),
            Contribution.written_at.is_(None),
            ProgressReport.review.not_in(ANSWERED),
            ~ProgressReport.is_waived,
            ReportingPeriod.state == PeriodState.OPEN,
        )
        .order_by(ProgressReport.due_on, Contribution.id)
    )
    return tuple(_part(row) for row in rows)


def _asked() -> Select:  # type: ignore[type-arg]  # its columns are read by name below
    return (
        select(
            Contribution,
            OrganizationalUnit.name.label("unit"),
            _Lead.name.label("lead_unit"),
            ReportingPeriod.name.label("period_name"),
            ReportingPeriod.state,
            ProgressReport.due_on,
            ProgressReport.review,
            ProgressReport.is_waived,
            ClauseText.text.label("clause"),
            ClauseText.language.label("clause_language"),
            Instrument.symbol,
            Instrument.slug,
            Body.key,
            Clause.path,
        )
        .join(OrganizationalUnit, OrganizationalUnit.id == Contribution.unit_id)
        .join(ProgressReport, ProgressReport.id == Contribution.report_id)
        .join(_Lead, _Lead.id == ProgressReport.unit_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
    )


def _part(row) -> AskedPart:  # type: ignore[no-untyped-def]  # a row of _asked
    part: Contribution = row.Contribution
    return AskedPart(
        id=part.id,
        version=part.version,
        unit_id=part.unit_id,
        unit=row.unit,
        text=part.text,
        language=part.language,
        written_at=part.written_at,
        report_id=part.report_id,
        lead_unit=row.lead_unit,
        period_name=row.period_name,
        due_on=row.due_on,
        clause=row.clause,
        clause_language=row.clause_language,
        takes_text=row.state is PeriodState.OPEN
        and not row.is_waived
        and Review(row.review) not in ANSWERED,
        reference=Reference(row.symbol, row.key, row.slug, row.path or ""),
    )
