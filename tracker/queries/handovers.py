"""What a person leaves open, and the hand-overs that were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, and_, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from tracker.domain.handovers import Closing, OpenItem, OpenKind
from tracker.domain.left_accounts import LeftAccount
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.saved_views import Sharing
from tracker.domain.workflow import Review
from tracker.models.absences import PersonAbsence
from tracker.models.handovers import Handover, HandoverPack
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import ActionPoint, Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.saved_views import SavedView
from tracker.queries.references import Reference

MOST_PEOPLE = 50
NEWEST_SHOWN = 10
_OVER = (Implementation.COMPLETED, Implementation.NOT_IMPLEMENTED)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open item as the page shows it: which mandate, unit, person or view it is about.

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
    """Return what the person leaves open, by kind, then as the texts go; five statements."""
    return (
        *_mandates(session, person_id),
        *_points(session, person_id),
        *_managed(session, person_id),
        *_stand_ins(session, person_id, today),
        *_shared_views(session, person_id),
    )


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much an active person would leave: mandates, action points and managed units."""

    person_id: int
    person: str
    mandates: int
    points: int
    managed: int

    @property
    def total(self) -> int:
        """Return how much it is in all."""
        return self.mandates + self.points + self.managed


def people_with_open_work(session: Session, *, words: str = "") -> tuple[OpenWork, ...]:
    """Return the active people who would leave something open, by name; one statement.

    At most ``MOST_PEOPLE`` and one more, so that the reader is told that there are others.
    """
    mandates, points, managed = _counts()
    each = [func.coalesce(counted.c.count, 0) for counted in (mandates, points, managed)]
    rows = session.execute(
        select(Person.id, Person.name, *each)
        .outerjoin(mandates, mandates.c.person_id == Person.id)
        .outerjoin(points, points.c.person_id == Person.id)
        .outerjoin(managed, managed.c.person_id == Person.id)
        .where(
            Person.is_active,
            or_(*(count > 0 for count in each)),
            *(func.lower(Person.name).contains(word, autoescape=True) for word in _each(words)),
        )
        .order_by(Person.name, Person.id)
        .limit(MOST_PEOPLE + 1)
    )
    return tuple(OpenWork(*row) for row in rows)


def _each(words: str) -> list[str]:
    return words.lower().split()


def _counts() -> tuple[Subquery, Subquery, Subquery]:
    """Return mandates, points and managed units by person, each counted in one go.

    Counted person by person, 100,000 mandates would be gone through 2,000 times.
    """
    is_open = (Mandate.lifecycle == Lifecycle.ACTIVE, Mandate.requires_action.is_(True))
    in_person = union_all(
        select(Mandate.id, Mandate.focal_point_id.label("person_id")).where(*is_open),
        # Who is both has the mandate once.
        select(Mandate.id, Mandate.deputy_id.label("person_id")).where(
            *is_open, Mandate.deputy_id.is_distinct_from(Mandate.focal_point_id)
        ),
    ).subquery()
    mandates = select(in_person.c.person_id, func.count().label("count")).group_by(
        in_person.c.person_id
    )
    points = (
        select(ActionPoint.person_id, func.count().label("count"))
        .join(Mandate, Mandate.id == ActionPoint.mandate_id)
        .where(
            Mandate.lifecycle == Lifecycle.ACTIVE,
            or_(ActionPoint.status.is_(None), ActionPoint.status.not_in(_OVER)),
        )
        .group_by(ActionPoint.person_id)
    )
    managed = (
        select(RoleAssignment.person_id, func.count().label("count"))
        .where(RoleAssignment.role == Role.MANAGER)
        .group_by(RoleAssignment.person_id)
    )
    return mandates.subquery(), points.subquery(), managed.subquery()


def newest_handovers(session: Session) -> Sequence[Handover]:
    """Return the newest hand-overs of the house with whose work it was, packs and successors."""
    return session.scalars(
        select(Handover)
        .options(
            selectinload(Handover.packs).joinedload(HandoverPack.successor),
            joinedload(Handover.person),
        )
        .order_by(Handover.id.desc())
        .limit(NEWEST_SHOWN)
    ).all()


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


def accounts_left(session: Session) -> Mapping[int, LeftAccount]:
    """Return the accounts that administrators are asked to close, by person, the oldest first."""
    giver = aliased(Person)
    rows = session.execute(
        select(Handover.id, Person.id, Person.name, Handover.handed_at, giver.name)
        .join(Person, Person.id == Handover.person_id)
        .join(giver, giver.id == Handover.handed_by_id)
        .where(Handover.closing == Closing.ASKED, Person.is_active)
        .order_by(Handover.id)
    )
    return {row[1]: LeftAccount(*row) for row in rows}


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
    clearing_unit_id = func.coalesce(ProgressReport.second_unit_id, ProgressReport.unit_id)
    waiting = (
        select(clearing_unit_id.label("unit_id"), func.count().label("count"))
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ProgressReport.review == Review.SUBMITTED,
            ~ProgressReport.is_waived,
            ReportingPeriod.state != PeriodState.FROZEN,
        )
        .group_by(clearing_unit_id)
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


def _shared_views(session: Session, person_id: int) -> list[OpenRow]:
    """Return the views that others see, too; those of the person alone go with nobody."""
    rows = session.execute(
        select(SavedView.id, SavedView.name)
        .where(SavedView.owner_id == person_id, SavedView.sharing != Sharing.NOBODY)
        .order_by(SavedView.name, SavedView.id)
    )
    return [OpenRow(OpenItem(OpenKind.VIEW, view_id), text=name) for view_id, name in rows]
