"""Sign-in links that a person hands over, where the site sends no mail or a mail got lost."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.auth.tokens import Tokens
from tracker.domain import permissions
from tracker.domain.errors import NotFound, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.models.people import Person, PersonKind
from tracker.queries.people import find_person_by_email
from tracker.services import audit
from tracker.services.people import invite_person
from tracker.services.roles import Roles, person_with_roles
from tracker.services.sign_in import INVITATION_VALID_FOR, make_link

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandedLink:
    """The path of a link that signs ``person`` in once, until ``ends_at``."""

    person: Person
    path: str
    ends_at: datetime


def hand_over_link(
    session: Session, *, person_id: int, tokens: Tokens, actor: Actor | None, at: datetime
) -> HandedLink:
    """Return a link for somebody who is to be given it by hand; who made it when is recorded.

    It ends when the person signs in by any link. No actor is the command line.
    """
    if actor is not None:
        permissions.require(actor, Action.INVITE_PERSON)
    person = person_with_roles(session, person_id)
    if not person.is_active:
        raise WrongState("%(name)s is deactivated. Let them in again first.", name=person.name)
    return _link(session, person, tokens=tokens, actor=actor, at=at)


def hand_over_link_to(session: Session, *, email: str, tokens: Tokens, at: datetime) -> HandedLink:
    """Return a link for the person with this address, for whoever runs the site."""
    person = find_person_by_email(session, email)
    if person is None:
        raise NotFound(
            "Nobody is known here by the address %(email)s. tracker people list names everybody; "
            "tracker people invite adds a person.",
            email=email.strip(),
        )
    return hand_over_link(session, person_id=person.id, tokens=tokens, actor=None, at=at)


def invite_by_hand(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Roles,
    language: str,
    time_zone: str,
    kind: PersonKind = PersonKind.PERSON,
    tokens: Tokens,
    actor: Actor | None,
    at: datetime,
) -> HandedLink:
    """Add a person and return the link that invites them; raises as invite_person does."""
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
    return _link(session, person, tokens=tokens, actor=actor, at=at)


def _link(
    session: Session, person: Person, *, tokens: Tokens, actor: Actor | None, at: datetime
) -> HandedLink:
    path = make_link(
        session, person_id=person.id, tokens=tokens, at=at, valid_for=INVITATION_VALID_FOR
    )
    ends_at = at + INVITATION_VALID_FOR
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.link_handed_over",
        subject=person,
        after={"ends_at": ends_at.isoformat()},
    )
    logger.info("link for person %s made by %s", person.id, actor.person_id if actor else "system")
    return HandedLink(person, path, ends_at)
