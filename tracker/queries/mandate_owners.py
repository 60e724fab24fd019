"""Mandates by their clauses, each with who answers for it and how far it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.models.instruments import Body, Clause, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.references import Reference


@dataclass(frozen=True, slots=True)
class OwnedMandate:
    """A mandate with its owner; ``status`` is what the newest report that has one says."""

    mandate_id: int
    clause_id: int
    instrument_id: int
    reference: Reference
    title: str
    title_language: str
    text: str
    language: str
    sort_key: str
    adopted_on: date | None
    lifecycle: Lifecycle
    unit_id: int | None
    unit_name: str | None
    focal_point_id: int | None
    focal_point_name: str | None
    status: Implementation | None


def owned_mandate(session: Session, mandate_id: int) -> OwnedMandate:
    """Return a mandate with its owner; raise NotFound when there is none."""
    clause_id = session.scalar(select(Mandate.clause_id).where(Mandate.id == mandate_id))
    if clause_id is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    return mandate_owners(session, [clause_id])[clause_id]


def mandate_owners(session: Session, clause_ids: Collection[int]) -> Mapping[int, OwnedMandate]:
    """Return the mandates of these clauses by the clause, in the original; two statements."""
    rows = session.execute(
        select(
            Mandate,
            Instrument.symbol,
            Instrument.slug,
            Instrument.sort_key,
            Instrument.adopted_on,
            Body.key,
            Clause.path,
            InstrumentText.title,
            InstrumentText.language.label("title_language"),
            ClauseText.text,
            ClauseText.language,
            OrganizationalUnit.name.label("unit_name"),
            Person.name.label("focal_point_name"),
        )
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(Mandate.clause_id.in_(clause_ids))
    ).all()
    statuses = _statuses(session, [row.Mandate.id for row in rows])
    return {
        row.Mandate.clause_id: OwnedMandate(
            mandate_id=row.Mandate.id,
            clause_id=row.Mandate.clause_id,
            instrument_id=row.Mandate.instrument_id,
            reference=Reference(row.symbol, row.key, row.slug, row.path or ""),
            title=row.title,
            title_language=row.title_language,
            text=row.text,
            language=row.language,
            sort_key=row.sort_key,
            adopted_on=row.adopted_on,
            lifecycle=row.Mandate.lifecycle,
            unit_id=row.Mandate.lead_unit_id,
            unit_name=row.unit_name,
            focal_point_id=row.Mandate.focal_point_id,
            focal_point_name=row.focal_point_name,
            status=statuses.get(row.Mandate.id),
        )
        for row in rows
    }


def _statuses(session: Session, mandate_ids: Collection[int]) -> Mapping[int, Implementation]:
    rows = session.execute(
        select(ProgressReport.mandate_id, ProgressReport.status)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.mandate_id.in_(mandate_ids), ProgressReport.status.is_not(None))
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    return {mandate_id: status for mandate_id, status in rows if status is not None}
