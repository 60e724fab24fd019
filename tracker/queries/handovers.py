"""What a person leaves open, and the hand-overs that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.handovers import OpenItem, OpenKind
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.workflow import Review
from tracker.models.absences import PersonAbsence
from tracker.models.handovers import Handover, HandoverPack
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import ActionPoint, Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.references import Reference

_OVER = (Implementation.COMPLETED, Implementation.NOT_IMPLEMENTED)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open item as the page shows it: which mandate, unit or person it is about.

    ``count`` says, of a unit that is managed, how many reports wait there for clearance.
    """

    item: OpenItem
    reference: Reference | None = None
    text: str = ""
    language: str = ""
    unit: str | None = None
    absent: str | None = None
    until: date | None = None
    count: int = 0


def open_rows(session: Session, person_id: int, *, today: date) -> tuple[OpenRow, ...]:
    """Return what the person leaves open, by kind, then as the texts go; four statements."""
    return (
        *_mandates(session, person_id),
        *_points(session, person_id),
        *_managed(session, person_id),
        *_stand_ins(session, person_id, today),
    )


def handovers_of(session: Session, person_id: int) -> Sequence[Handover]:
    """Return the hand-overs of a person's work, the newest first, packs and successors loaded."""
    return session.scalars(
        select(Handover)
        .where(Handover.person_id == person_id)
        .options(selectinload(Handover.packs).joinedload(HandoverPack.successor))
        .order_by(Handover.id.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class ReceivedPack:
    """A pack that a person was given: by whose leaving, and when."""

    id: int
    person: str
    handed_at: datetime
    item_count: int


def packs_received(session: Session, person_id: int) -> tuple[ReceivedPack, ...]:
    """Return what was handed over to the person, the newest first."""
    rows = session.execute(
        select(HandoverPack.id, Person.name, Handover.handed_at, HandoverPack.item_count)
        .join(Handover, Handover.id == HandoverPack.handover_id)
        .join(Person, Person.id == Handover.person_id)
        .where(HandoverPack.successor_id == person_id)
        .order_by(HandoverPack.id.desc())
    )
    return tuple(ReceivedPack(*row) for row in rows)


def find_pack(session: Session, pack_id: int) -> HandoverPack | None:
    """Return a pack with its hand-over, or None."""
    return session.scalar(
        select(HandoverPack)
        .where(HandoverPack.id == pack_id)
        .options(joinedload(HandoverPack.handover))
    )


def _mandates(session: Session, person_id: int) -> list[OpenRow]:
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.lead_unit_id,
            Mandate.focal_point_id,
            Instrument.symbol,
            Body.key,
            Instrument.slug,
            Clause.path,
            ClauseText.text,
            ClauseText.language,
            OrganizationalUnit.name,
        )
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .where(
            or_(Mandate.focal_point_id == person_id, Mandate.deputy_id == person_id),
            Mandate.lifecycle == Lifecycle.ACTIVE,
            Mandate.requires_action.is_(True),
        )
        .order_by(Instrument.sort_key, Instrument.id, Clause.position)
    )
    found = [
        OpenRow(
            OpenItem(
                OpenKind.FOCAL_POINT if row.focal_point_id == person_id else OpenKind.DEPUTY,
                row.id,
                row.lead_unit_id,
            ),
            Reference(row.symbol, row.key, row.slug, row.path or ""),
            row.text,
            row.language,
            row.name,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.item.kind is OpenKind.DEPUTY)


def _points(session: Session, person_id: int) -> list[OpenRow]:
    unit_id = func.coalesce(ActionPoint.unit_id, Mandate.lead_unit_id)
    rows = session.execute(
        select(
            ActionPoint.id,
            unit_id.label("unit_id"),
            ActionPoint.text,
            ActionPoint.language,
            Instrument.symbol,
            Body.key,
            Instrument.slug,
            Clause.path,
            OrganizationalUnit.name,
        )
        .join(Mandate, Mandate.id == ActionPoint.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == unit_id)
        .where(
            ActionPoint.person_id == person_id,
            Mandate.lifecycle == Lifecycle.ACTIVE,
            or_(ActionPoint.status.is_(None), ActionPoint.status.not_in(_OVER)),
        )
        .order_by(Instrument.sort_key, Instrument.id, Clause.position, ActionPoint.position)
    )
    return [
        OpenRow(
            OpenItem(OpenKind.ACTION_POINT, row.id, row.unit_id),
            Reference(row.symbol, row.key, row.slug, row.path or ""),
            row.text,
            row.language,
            row.name,
        )
        for row in rows
    ]


def _managed(session: Session, person_id: int) -> list[OpenRow]:
    waiting = (
        select(ProgressReport.unit_id, func.count().label("count"))
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ProgressReport.review == Review.SUBMITTED,
            ~ProgressReport.is_waived,
            ReportingPeriod.state != PeriodState.FROZEN,
        )
        .group_by(ProgressReport.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(RoleAssignment.unit_id, OrganizationalUnit.name, waiting.c.count)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == RoleAssignment.unit_id)
        .outerjoin(waiting, waiting.c.unit_id == RoleAssignment.unit_id)
        .where(RoleAssignment.person_id == person_id, RoleAssignment.role == Role.MANAGER)
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    )
    return [
        OpenRow(OpenItem(OpenKind.MANAGER, unit_id or 0, unit_id), unit=name, count=count or 0)
        for unit_id, name, count in rows
    ]


def _stand_ins(session: Session, person_id: int, today: date) -> list[OpenRow]:
    rows = session.execute(
        select(PersonAbsence.id, Person.name, PersonAbsence.ends_on)
        .join(Person, and_(Person.id == PersonAbsence.person_id, Person.is_active))
        .where(
            or_(PersonAbsence.deputy_id == person_id, PersonAbsence.officer_id == person_id),
            PersonAbsence.withdrawn_at.is_(None),
            PersonAbsence.ends_on >= today,
        )
        .order_by(PersonAbsence.starts_on, PersonAbsence.id)
    )
    return [
        OpenRow(OpenItem(OpenKind.STAND_IN, absence_id), absent=name, until=ends_on)
        for absence_id, name, ends_on in rows
    ]
