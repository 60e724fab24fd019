"""People: invited, given roles, let go and taken back."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from tracker.auth.tokens import Tokens
from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action, Actor, Role
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.queries.people import actor_of
from tracker.services import audit
from tracker.services.sign_in import send_invitation
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)

NAME_LENGTH = 200
# The roles that reach as far as the unit in which they are held; the others reach everywhere.
ROLES_IN_A_UNIT = frozenset(
    role
    for scopes in permissions.ALLOWED.values()
    for role, scope in scopes.items()
    if scope is permissions.Scope.OWN_UNIT
)
Roles = Collection[tuple[Role, int | None]]


def invite_person(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Roles,
    language: str,
    time_zone: str,
    actor: Actor | None,
    at: datetime,
) -> Person:
    """Add a person with these roles, each in a unit or (None) in the whole house.

    No actor is the system itself: the command line, which makes the first administrator. Raises
    Invalid at the field that is wrong and Duplicate when the address is taken.
    """
    if actor is not None:
        permissions.require(actor, Action.INVITE_PERSON)
    person = Person(
        name=check_name(name),
        email=check_email(email),
        language=language,
        time_zone=check_time_zone(time_zone),
        invited_at=at,
    )
    person.roles = [
        RoleAssignment(role=role, unit_id=unit_id, given_at=at)
        for role, unit_id in _checked_roles(session, roles)
    ]
    _add_unless_taken(session, person)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.invited",
        subject=person,
        after={"name": person.name, "email": person.email, "roles": _plain(person.roles)},
    )
    logger.info("person %s invited by %s", person.id, actor.person_id if actor else "the system")
    return person


def invite_by_mail(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Roles,
    language: str,
    time_zone: str,
    base_url: str,
    tokens: Tokens,
    actor: Actor,
    at: datetime,
) -> Person:
    """Add a person and queue the mail that invites them; raises as invite_person does."""
    person = invite_person(
        session,
        email=email,
        name=name,
        roles=roles,
        language=language,
        time_zone=time_zone,
        actor=actor,
        at=at,
    )
    send_invitation(session, person_id=person.id, base_url=base_url, tokens=tokens, at=at)
    return person


def invite_again(
    session: Session, *, person_id: int, base_url: str, tokens: Tokens, actor: Actor, at: datetime
) -> Person:
    """Queue another invitation, for somebody who lost the first or came too late."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = _person(session, person_id)
    if not person.is_active:
        raise WrongState("%(name)s is deactivated. Let them in again first.", name=person.name)
    send_invitation(session, person_id=person_id, base_url=base_url, tokens=tokens, at=at)
    return person


def change_roles(
    session: Session, *, person_id: int, version: int, roles: Roles, actor: Actor, at: datetime
) -> Person:
    """Let the person hold exactly these roles.

    Refused when nobody would be left to administer, or when the person would answer for mandates
    that they could no longer report on.
    """
    permissions.require(actor, Action.INVITE_PERSON)
    person = _person(session, person_id)
    check_version(person, version)
    wanted = set(_checked_roles(session, roles))
    before = _plain(person.roles)
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
    person = _person(session, person_id)
    _keep_an_administrator(session, person)
    _keep_mandates_answered(session, person)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.roles_changed",
        subject=person,
        before={"roles": before},
        after={"roles": _plain(person.roles)},
    )
    return person


def deactivate_person(
    session: Session, *, person_id: int, version: int, actor: Actor, at: datetime
) -> Person:
    """Let the person sign in no more; refused while they answer for mandates."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = _person(session, person_id)
    check_version(person, version)
    if not person.is_active:
        raise WrongState("%(name)s is deactivated already.", name=person.name)
    if count := sum(_answered_for(session, person.id).values()):
        raise WrongState(
            "%(name)s still answers for %(count)s mandates. Assign them to somebody else first, "
            "then deactivate %(name)s.",
            name=person.name,
            count=count,
        )
    person.is_active = False
    _keep_an_administrator(session, person)
    person.sign_in_counter += 1
    _record_activity(session, person, "person.deactivated", actor, at)
    return person


def reactivate_person(
    session: Session, *, person_id: int, version: int, actor: Actor, at: datetime
) -> Person:
    """Let a deactivated person sign in again, with the roles they had."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = _person(session, person_id)
    check_version(person, version)
    if person.is_active:
        raise WrongState("%(name)s can sign in already.", name=person.name)
    person.is_active = True
    _record_activity(session, person, "person.reactivated", actor, at)
    return person


def check_email(email: str) -> str:
    """Return the address in lower case; refuse what is none. Asks no name server."""
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid(
            "“%(email)s” is not an e-mail address. Enter one such as ana.perez@example.org.",
            field="email",
            email=email.strip()[:80],
        ) from error
    return found.normalized.lower()


def check_name(name: str) -> str:
    """Return the name with single spaces; refuse an empty or endless one."""
    plain = " ".join(name.split())
    if not plain:
        raise Invalid("Enter the name.", field="name")
    if len(plain) > NAME_LENGTH:
        raise Invalid(
            "The name has more than %(length)s characters. Enter a shorter one.",
            field="name",
            length=NAME_LENGTH,
        )
    return plain


def check_time_zone(time_zone: str) -> str:
    """Return the name of a time zone; refuse any other text."""
    try:
        return ZoneInfo(time_zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "“%(time_zone)s” is not a time zone. Choose one such as America/Santiago.",
            field="time_zone",
            time_zone=time_zone[:60],
        ) from error


def sorted_roles(roles: Iterable[tuple[Role, int | None]]) -> list[tuple[Role, int | None]]:
    """Return the roles in the order of the house, each in the whole house before its units."""
    order = list(Role)
    return sorted(roles, key=lambda held: (order.index(held[0]), held[1] or 0))


def _checked_roles(session: Session, roles: Roles) -> list[tuple[Role, int | None]]:
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


def _add_unless_taken(session: Session, person: Person) -> None:
    taken = Duplicate(
        "%(email)s is invited already. Open that person's page to change their roles.",
        email=person.email,
    )
    if session.scalar(select(Person.id).where(Person.email == person.email)):
        raise taken
    session.add(person)
    try:
        session.flush()
    except IntegrityError as error:  # another session took the address since we looked
        raise taken from error


def _person(session: Session, person_id: int) -> Person:
    person = session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles))
        .execution_options(populate_existing=True)
    )
    if person is None:
        raise NotFound("There is no such person. Choose one from the list of people.")
    return person


def _keep_an_administrator(session: Session, person: Person) -> None:
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


def _answered_for(session: Session, person_id: int) -> Mapping[int | None, int]:
    """Return how many active mandates the person answers for, by lead unit."""
    counted = session.execute(
        select(Mandate.lead_unit_id, func.count())
        .where(Mandate.focal_point_id == person_id, Mandate.lifecycle == Lifecycle.ACTIVE)
        .group_by(Mandate.lead_unit_id)
    )
    return {row[0]: row[1] for row in counted}


def _keep_mandates_answered(session: Session, person: Person) -> None:
    actor = actor_of(person)
    count = sum(
        count
        for unit_id, count in _answered_for(session, person.id).items()
        if not permissions.is_allowed(actor, Action.WRITE_PROGRESS, unit_id=unit_id)
    )
    if count:
        raise WrongState(
            "%(name)s answers for %(count)s mandates of a unit and could no longer report on them. "
            "Assign them to somebody else first.",
            name=person.name,
            count=count,
        )


def _record_activity(
    session: Session, person: Person, action: str, actor: Actor, at: datetime
) -> None:
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=person,
        before={"is_active": not person.is_active},
        after={"is_active": person.is_active},
    )


def _plain(roles: Iterable[RoleAssignment]) -> list[list[object]]:
    return [
        [role.value, unit_id]
        for role, unit_id in sorted_roles((held.role, held.unit_id) for held in roles)
    ]
