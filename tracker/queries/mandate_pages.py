"""One mandate with everything about it: its clause in context, who answers, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.errors import NotFound
from tracker.domain.mandates import ConcernsUs, Implementation, Lifecycle, Nature, Periodicity
from tracker.domain.workflow import WAITS_AT_SECOND, Move, Review
from tracker.models.audit import AuditEntry
from tracker.models.instruments import (
    Body,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import Clearance, ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.activities import CarryingOut, activities_of_mandate
from tracker.queries.citations import CitedText, texts_cited
from tracker.queries.clearances import FirstClearance, first_clearances
from tracker.queries.references import Reference

_Confirmer = aliased(Person)
_Clearer = aliased(Person)
_Absent = aliased(Person)
_Away = aliased(Person)


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What was said on the mandate for one period, by whom, and who cleared it.

    ``cleared_first`` tells who cleared it at the first level of two, ``waits_for`` names the unit
    that clears it at the second, until it has.
    """

    report_id: int
    period: str
    review: Review
    status: Implementation | None
    due_on: date
    is_waived: bool
    done: str
    results: str
    next_steps: str
    difficulties: str
    language: str | None
    said_by: Doer | None
    said_at: datetime | None
    cleared_by: Doer | None
    cleared_at: datetime | None
    cleared_first: FirstClearance | None
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of the mandate: what was done, when, by whom (None: by the system itself)."""

    action: str
    happened_at: datetime
    actor: str | None
    before: Mapping[str, Any]  # as the audit trail holds it
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MandatePage:
    """A mandate as people read it."""

    id: int
    clause_id: int
    instrument_id: int
    version: int
    reference: Reference
    title: str
    language: str
    body_name: str
    adopted_on: date | None
    imported_at: datetime
    text: str
    verb: str | None
    chapeaux: tuple[str, ...]
    nature: Nature
    periodicity: Periodicity | None
    concerns_us: ConcernsUs | None
    action_verb: str | None
    addressee: str | None
    occasion: str | None
    is_proposed_for_action: bool
    requires_action: bool | None
    confirmed_at: datetime | None
    confirmed_by: str | None
    needs_look: bool
    lifecycle: Lifecycle
    lifecycle_source: str | None
    unit_id: int | None
    unit_name: str | None
    focal_point_id: int | None
    focal_point_name: str | None
    due_on: date | None
    reports: tuple[PeriodReport, ...]
    activities: tuple[CarryingOut, ...]
    citations: tuple[CitedText, ...]
    history: tuple[HistoryEntry, ...]

    @property
    def has_ended(self) -> bool:
        """Tell whether a later text ended it or took its place: nothing is done with it."""
        return self.lifecycle in {Lifecycle.SUPERSEDED, Lifecycle.TERMINATED}

    @property
    def newest_report(self) -> PeriodReport | None:
        """Return the report on the latest period, if one was asked for."""
        return self.reports[0] if self.reports else None


def mandate_reference(session: Session, mandate_id: int) -> Reference:
    """Return how a mandate is cited and where its page is; raise NotFound when there is none."""
    row = session.execute(
        select(Instrument.symbol, Body.key, Instrument.slug, Clause.path)
        .join(Mandate, Mandate.instrument_id == Instrument.id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .where(Mandate.id == mandate_id)
    ).first()
    if row is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    return Reference(row.symbol, row.key, row.slug, row.path or "")


def has_resolution(session: Session, body_key: str, slug: str) -> bool:
    """Tell whether a resolution stands at an address."""
    found = session.scalar(
        select(Instrument.id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Body.key == body_key, Instrument.slug == slug)
    )
    return found is not None


def has_clause(session: Session, body_key: str, slug: str, path: str) -> bool:
    """Tell whether the resolution at an address has an operative clause with this path."""
    found = session.scalar(
        select(Clause.id)
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Body.key == body_key, Instrument.slug == slug, Clause.path == path)
    )
    return found is not None


def find_mandate_page(session: Session, body_key: str, slug: str, path: str) -> MandatePage | None:
    """Return the mandate at an address, or None; eight statements at most."""
    row = session.execute(
        select(
            Mandate,
            Instrument,
            Body,
            Clause,
            ClauseText.text,
            ClauseText.verb,
            InstrumentText.title,
            InstrumentText.language,
            OrganizationalUnit.name.label("unit_name"),
            Person.name.label("focal_point_name"),
            _Confirmer.name.label("confirmed_by"),
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
        .outerjoin(_Confirmer, _Confirmer.id == Mandate.confirmed_by_id)
        .where(Body.key == body_key, Instrument.slug == slug, Clause.path == path)
    ).first()
    if row is None:
        return None
    mandate, instrument = row.Mandate, row.Instrument
    return MandatePage(
        id=mandate.id,
        clause_id=mandate.clause_id,
        instrument_id=mandate.instrument_id,
        version=mandate.version,
        reference=Reference(instrument.symbol, body_key, slug, path),
        title=row.title,
        language=row.language,
        body_name=row.Body.name,
        adopted_on=instrument.adopted_on,
        imported_at=instrument.imported_at,
        text=row.text,
        verb=row.verb,
        chapeaux=_chapeaux(session, row.Clause),
        nature=mandate.nature,
        periodicity=mandate.periodicity,
        concerns_us=mandate.concerns_us,
        action_verb=mandate.action_verb,
        addressee=mandate.addressee,
        occasion=mandate.occasion,
        is_proposed_for_action=mandate.is_proposed_for_action,
        requires_action=mandate.requires_action,
        confirmed_at=mandate.confirmed_at,
        confirmed_by=row.confirmed_by,
        needs_look=mandate.needs_look,
        lifecycle=mandate.lifecycle,
        lifecycle_source=mandate.lifecycle_source,
        unit_id=mandate.lead_unit_id,
        unit_name=row.unit_name,
        focal_point_id=mandate.focal_point_id,
        focal_point_name=row.focal_point_name,
        due_on=mandate.due_on,
        reports=reports_on(session, mandate.id),
        activities=activities_of_mandate(session, mandate.id),
        citations=texts_cited(session, clause_id=mandate.clause_id),
        history=_history(session, mandate),
    )


def _chapeaux(session: Session, clause: Clause) -> tuple[str, ...]:
    """Return the texts of the clauses above one, the numbered paragraph first."""
    parts = (clause.path or "").split(".")
    above = [".".join(parts[:depth]) for depth in range(1, len(parts))]
    return tuple(
        session.scalars(
            select(ClauseText.text)
            .join(Clause, Clause.id == ClauseText.clause_id)
            .where(
                Clause.instrument_id == clause.instrument_id,
                # A clause that was taken out of the text stands below the one it stood below.
                Clause.id == clause.parent_id if clause.is_dropped else Clause.path.in_(above),
                ClauseText.is_original,
            )
            .order_by(Clause.position)
        )
    )


def reports_on(session: Session, mandate_id: int) -> tuple[PeriodReport, ...]:
    """Return the reports on a mandate, the latest period first, each with its newest text."""
    texts = _newest_texts(session, mandate_id)
    rows = session.execute(
        select(ProgressReport, ReportingPeriod.name, OrganizationalUnit.name)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.second_unit_id)
        .where(ProgressReport.mandate_id == mandate_id)
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
    ).all()
    first = first_clearances(
        session, [report.id for report, _name, _unit in rows if report.second_unit_id]
    )
    return tuple(
        _period_report(report, name, second_unit, texts.get(report.id), first.get(report.id))
        for report, name, second_unit in rows
    )


def _period_report(
    report: ProgressReport,
    period: str,
    second_unit: str | None,
    said: tuple[ProgressRevision, Doer, Doer | None] | None,
    cleared_first: FirstClearance | None,
) -> PeriodReport:
    text, author, clearer = said or (None, None, None)
    return PeriodReport(
        report_id=report.id,
        period=period,
        review=report.review,
        status=report.status,
        due_on=report.due_on,
        is_waived=report.is_waived,
        done=text.done if text else "",
        results=text.results if text else "",
        next_steps=text.next_steps if text else "",
        difficulties=text.difficulties if text else "",
        language=text.language if text else None,
        said_by=author,
        said_at=text.written_at if text else None,
        cleared_by=clearer if report.cleared_at else None,
        cleared_at=report.cleared_at,
        cleared_first=cleared_first,
        waits_for=second_unit if report.stage == WAITS_AT_SECOND else None,
    )


def _newest_texts(
    session: Session, mandate_id: int
) -> dict[int, tuple[ProgressRevision, Doer, Doer | None]]:
    """Return for each report its newest submitted text, who wrote it and who cleared it last."""
    rows = session.execute(
        select(ProgressRevision, Person.name, _Absent.name, _Clearer.name, _Away.name)
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Person, Person.id == ProgressRevision.written_by_id)
        .outerjoin(
            Clearance,
            (Clearance.report_id == ProgressReport.id) & Clearance.is_cleared,
        )
        .outerjoin(_Clearer, _Clearer.id == Clearance.decided_by_id)
        .outerjoin(_Absent, _Absent.id == ProgressRevision.in_place_of_id)
        .outerjoin(_Away, _Away.id == Clearance.in_place_of_id)
        .where(ProgressReport.mandate_id == mandate_id, ProgressRevision.move == Move.SUBMIT)
        .order_by(ProgressRevision.number, Clearance.id)
    )
    return {
        revision.report_id: (
            revision,
            Doer(author, author_for),
            Doer(who, who_for, is_officer=True) if who else None,
        )
        for revision, author, author_for, who, who_for in rows
    }


def _history(session: Session, mandate: Mandate) -> tuple[HistoryEntry, ...]:
    """Return what was done to the mandate, and the import it came from, latest first."""
    of_mandate = (AuditEntry.subject_kind == "mandates") & (AuditEntry.subject_id == mandate.id)
    of_import = (AuditEntry.subject_kind == "instruments") & (
        AuditEntry.subject_id == mandate.instrument_id
    )
    rows = session.execute(
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(of_mandate | of_import)
        .order_by(AuditEntry.id.desc())
    )
    return tuple(
        HistoryEntry(
            action=entry.action,
            happened_at=entry.happened_at,
            actor=name,
            before=entry.before or {},
            after=entry.after or {},
        )
        for entry, name in rows
    )
