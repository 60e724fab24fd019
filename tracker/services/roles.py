"""Roles: given to people and taken back, so that somebody always administers and reports."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action, Actor, Role
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.queries.people import actor_of
from tracker.services import audit
from tracker.services.versions import check_version

# The roles that reach as far as the unit in which they are held; the others reach everywhere.
ROLES_IN_A_UNIT = frozenset(
    role
    for scopes in permissions.ALLOWED.values()
    for role, scope in scopes.items()
    if scope is permissions.Scope.OWN_UNIT
)
Roles = Collection[tuple[Role, int | None]]


def change_roles(
    session: Session,
    *,
    person_id: int,
    version: int,
    roles: Roles,
    right: Action = Action.INVITE_PERSON,
    actor: Actor,
    at: datetime,
) -> Person:
    """Let the person hold exactly these roles.

    Refused when nobody would be left to administer, or when the person would answer for mandates
    that they could no longer report on. ``right`` is the action that allows it, where the roles are
    part of a larger step.
    """
    permissions.require(actor, right)
    person = person_with_roles(session, person_id)
    check_version(person, version)
    wanted = set(check_roles(session, roles))
    before = plain_roles(person.roles)
    had = {(held.role, held.unit_id): held for held in person.roles}
    for given_up in had.keys() - wanted:
        session.delete(had[given_up])
    session.add_all(
        RoleAssignment(person_id=person.id, role=role, unit_id=unit_id, given_at=at)
        for role, unit_id in sorted_roles(wanted - had.keys())
    )
    # The roles are rows of their own, but it is the person's page that must not be stale.
    flag_modified(person, "name")
    session.flush()
    person = person_with_roles(session, person_id)
    keep_an_administrator(session, person)
    _keep_mandates_answered(session, person)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.roles_changed",
        subject=person,
        before={"roles": before},
        after={"roles": plain_roles(person.roles)},
    )
    return person


def sorted_roles(roles: Iterable[tuple[Role, int | None]]) -> list[tuple[Role, int | None]]:
    """Return the roles in the order of the house, each in the whole house before its units."""
    order = list(Role)
    return sorted(roles, key=lambda held: (order.index(held[0]), held[1] or 0))


def check_roles(session: Session, roles: Roles) -> list[tuple[Role, int | None]]:
    """Return the roles in order, each once; refuse none at all and units that are not there."""
    if not roles:
        raise Invalid("Choose at least one role.", field="roles")
    wanted = sorted_roles(set(roles))
    unit_ids = {unit_id for _role, unit_id in wanted if unit_id is not None}
    known = set(
        session.scalars(select(OrganizationalUnit.id).where(OrganizationalUnit.id.in_(unit_ids)))
    )
    if unit_ids - known:
        raise Invalid("There is no such unit. Choose one from the list.", field="roles")
    return wanted


def person_with_roles(session: Session, person_id: int) -> Person:
    """Return the person with roles as they stand now; raise NotFound when there is none."""
    person = session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles))
        .execution_options(populate_existing=True)
    )
    if person is None:
        raise NotFound("There is no such person. Choose one from the list of people.")
    return person


def keep_an_administrator(session: Session, person: Person) -> None:
    """Refuse what would leave nobody who can invite people."""
    session.flush()
    is_left = session.scalar(
        select(RoleAssignment.id)
        .join(Person)
        .where(RoleAssignment.role == Role.ADMINISTRATOR, Person.is_active)
        .limit(1)
    )
    if is_left is None:
        raise WrongState(
            "%(name)s is the only administrator. Make somebody else administrator first.",
            name=person.name,
        )


def answered_for(session: Session, person_id: int) -> Mapping[int | None, int]:
    """Return how many active mandates that require our action a person has, by lead unit."""
    counted = session.execute(
        select(Mandate.lead_unit_id, func.count())
        .where(
            Mandate.focal_point_id == person_id,
            Mandate.lifecycle == Lifecycle.ACTIVE,
            Mandate.requires_action.is_(True),
        )
        .group_by(Mandate.lead_unit_id)
    )
    return {row[0]: row[1] for row in counted}


def _keep_mandates_answered(session: Session, person: Person) -> None:
    actor = actor_of(person)
    count = sum(
        count
        for unit_id, count in answered_for(session, person.id).items()
        if not permissions.is_allowed(actor, Action.WRITE_PROGRESS, unit_id=unit_id)
    )
    if count:
        raise WrongState(
            "%(name)s answers for %(count)s mandates of a unit and could no longer report on them. "
            "Assign them to somebody else first.",
            name=person.name,
            count=count,
        )


def plain_roles(roles: Iterable[RoleAssignment]) -> list[list[object]]:
    """Return the roles as the audit trail keeps them."""
    return [
        [role.value, unit_id]
        for role, unit_id in sorted_roles((held.role, held.unit_id) for held in roles)
    ]
