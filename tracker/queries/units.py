"""Units as a tree, with how many people and mandates each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Role
from tracker.domain.units import in_tree_order
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, PersonKind, RoleAssignment
from tracker.queries.people import units

FIRST_LED = 5


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the tree: ``depth`` 0 is the top; its people and the mandates that it leads."""

    unit: OrganizationalUnit
    depth: int
    people_count: int
    mandate_count: int


@dataclass(frozen=True, slots=True)
class UnitMember:
    """Somebody with a role in a unit."""

    person_id: int
    name: str
    email: str
    role: Role
    is_mailbox: bool


@dataclass(frozen=True, slots=True)
class LedMandates:
    """How many mandates a unit leads that require our action, and the first as (symbol, path)."""

    total: int
    first: tuple[tuple[str, str], ...]


def unit_tree(session: Session) -> tuple[UnitRow, ...]:
    """Return all units, each before those that are part of it; three statements."""
    found = {unit.id: unit for unit in units(session)}
    people, mandates = _people_counts(session), _mandate_counts(session)
    return tuple(
        UnitRow(found[unit_id], depth, people.get(unit_id, 0), mandates.get(unit_id, 0))
        for unit_id, depth in in_tree_order({key: unit.parent_id for key, unit in found.items()})
    )


def members_of(session: Session, unit_id: int) -> Sequence[UnitMember]:
    """Return the active people and mailboxes with a role in the unit, by role and name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.email, RoleAssignment.role, Person.kind)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.unit_id == unit_id, Person.is_active)
        .order_by(Person.name, Person.id)
    )
    order = list(Role)
    found = [
        UnitMember(person_id, name, email, role, kind is PersonKind.MAILBOX)
        for person_id, name, email, role, kind in rows
    ]
    return sorted(found, key=lambda member: -order.index(member.role))


def led_mandates(session: Session, unit_id: int) -> LedMandates:
    """Return what the unit leads now; two statements."""
    conditions = (*_led(), Mandate.lead_unit_id == unit_id)
    rows = session.execute(
        select(Instrument.symbol, Clause.path)
        .join(Mandate, Mandate.instrument_id == Instrument.id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .where(*conditions)
        .order_by(Instrument.sort_key, Instrument.id, Clause.position)
        .limit(FIRST_LED)
    )
    total = session.scalar(select(func.count(Mandate.id)).where(*conditions)) or 0
    return LedMandates(total, tuple((symbol, path or "") for symbol, path in rows))


def _led() -> tuple[ColumnElement[bool], ...]:
    return (Mandate.lifecycle == Lifecycle.ACTIVE, Mandate.requires_action.is_(True))


def _people_counts(session: Session) -> Mapping[int | None, int]:
    rows = session.execute(
        select(RoleAssignment.unit_id, func.count(RoleAssignment.person_id.distinct()))
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(Person.is_active)
        .group_by(RoleAssignment.unit_id)
    )
    return dict(rows.all())


def _mandate_counts(session: Session) -> Mapping[int | None, int]:
    rows = session.execute(
        select(Mandate.lead_unit_id, func.count(Mandate.id))
        .where(*_led())
        .group_by(Mandate.lead_unit_id)
    )
    return dict(rows.all())
