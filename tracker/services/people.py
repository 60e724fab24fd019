"""People: invited, given roles, let go and taken back."""

import logging
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.auth.tokens import Tokens
from tracker.domain import permissions
from tracker.domain.errors import Duplicate, WrongState
from tracker.domain.handovers import Closing
from tracker.domain.permissions import Action, Actor
from tracker.models.handovers import Handover
from tracker.models.people import Person, PersonKind, RoleAssignment
from tracker.services import audit
from tracker.services.absences import check_stands_in_for_nobody
from tracker.services.personal_details import check_email, check_name, check_time_zone
from tracker.services.roles import (
    Roles,
    answered_for,
    check_roles,
    keep_an_administrator,
    person_with_roles,
    plain_roles,
)
from tracker.services.sign_in import send_invitation
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


def invite_person(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Roles,
    language: str,
    time_zone: str,
    kind: PersonKind = PersonKind.PERSON,
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
        kind=kind,
        name=check_name(name),
        email=check_email(email),
        language=language,
        time_zone=check_time_zone(time_zone),
        invited_at=at,
    )
    person.roles = [
        RoleAssignment(role=role, unit_id=unit_id, given_at=at)
        for role, unit_id in check_roles(session, roles)
    ]
    _add_unless_taken(session, person)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.invited",
        subject=person,
        after={"name": person.name, "email": person.email, "roles": plain_roles(person.roles)},
    )
    logger.info("person %s invited by %s", person.id, actor.person_id if actor else "the system")
    return person


def invite_by_mail(  # noqa: PLR0913 - who is invited, and what their mail is made of
    session: Session,
    *,
    email: str,
    name: str,
    roles: Roles,
    language: str,
    time_zone: str,
    kind: PersonKind = PersonKind.PERSON,
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
        kind=kind,
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
    person = person_with_roles(session, person_id)
    if not person.is_active:
        raise WrongState("%(name)s is deactivated. Let them in again first.", name=person.name)
    send_invitation(session, person_id=person_id, base_url=base_url, tokens=tokens, at=at)
    return person


def deactivate_person(
    session: Session, *, person_id: int, version: int, actor: Actor, at: datetime
) -> Person:
    """Let the person sign in no more; refused while they answer for mandates."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = person_with_roles(session, person_id)
    check_version(person, version)
    check_leaves_nothing(session, person, at=at)
    person.is_active = False
    keep_an_administrator(session, person)
    person.sign_in_counter += 1
    settle_closing(session, person_id, Closing.DONE)
    _record_activity(session, person, "person.deactivated", actor, at)
    return person


def keep_account(
    session: Session, *, person_id: int, version: int, actor: Actor, at: datetime
) -> Person:
    """Let an account stay that a coordinator asked to close; raise WrongState if nobody asked."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = person_with_roles(session, person_id)
    check_version(person, version)
    if not settle_closing(session, person_id, Closing.DECLINED):
        raise WrongState("Nobody asks any more to close the account of %(name)s.", name=person.name)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.account_kept",
        subject=person,
        after={"is_active": person.is_active},
    )
    return person


def check_leaves_nothing(session: Session, person: Person, *, at: datetime) -> None:
    """Refuse to let somebody go who is gone already, or on whom others still count."""
    if not person.is_active:
        raise WrongState("%(name)s is deactivated already.", name=person.name)
    if count := sum(answered_for(session, person.id).values()):
        raise WrongState(
            "%(name)s still answers for %(count)s mandates. Hand them over to somebody else first, "
            "then deactivate %(name)s.",
            name=person.name,
            count=count,
        )
    check_stands_in_for_nobody(session, person, at=at)


def settle_closing(session: Session, person_id: int, closing: Closing) -> bool:
    """Note what became of an account that was to be closed; tell whether anybody had asked."""
    asked = session.execute(
        update(Handover)
        .where(Handover.person_id == person_id, Handover.closing == Closing.ASKED)
        .values(closing=closing)
        .returning(Handover.id)
    )
    return bool(asked.all())


def reactivate_person(
    session: Session, *, person_id: int, version: int, actor: Actor, at: datetime
) -> Person:
    """Let a deactivated person sign in again, with the roles they had."""
    permissions.require(actor, Action.INVITE_PERSON)
    person = person_with_roles(session, person_id)
    check_version(person, version)
    if person.is_active:
        raise WrongState("%(name)s can sign in already.", name=person.name)
    person.is_active = True
    _record_activity(session, person, "person.reactivated", actor, at)
    return person


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
