"""Signing in: by password, or by a link that is good once and for a while."""

import hashlib
import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, selectinload

from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Purpose, Ticket, Tokens
from tracker.domain.errors import Invalid, LinkRefused, NotFound
from tracker.models.people import FailedSignIn, Person
from tracker.queries.people import actor_of, find_person_by_email, find_person_for_session
from tracker.services import audit
from tracker.services.sign_in_mails import queue_invitation, queue_link_mail

logger = logging.getLogger(__name__)

ATTEMPTS = 5
ATTEMPTS_WITHIN = timedelta(minutes=15)
LINK_VALID_FOR = timedelta(hours=1)
INVITATION_VALID_FOR = timedelta(days=7)
# Who asks twice within this time is sent one mail: nobody's mailbox is filled by a stranger.
ONE_LINK_WITHIN = timedelta(minutes=5)


def sign_in_with_password(
    session: Session, *, email: str, password: str, passwords: Passwords, at: datetime
) -> Person:
    """Return the person, roles loaded, whom address and password belong to.

    Raises Invalid, in the same words and after the same time whether the address is known or not.
    A failed attempt is a row of its own: commit it although this raises, or nothing is counted.
    """
    address = email.strip().lower()
    if _failed_count(session, address, at) >= ATTEMPTS:
        raise Invalid(
            "There were too many attempts with this address. Wait %(minutes)s minutes, or ask for "
            "a sign-in link.",
            minutes=int(ATTEMPTS_WITHIN.total_seconds() // 60),
        )
    person = find_person_by_email(session, address)
    password_hash = person.password_hash if person is not None and person.is_active else None
    is_right = passwords.is_right(password, password_hash)  # takes as long where there is none
    if person is None or not is_right:
        session.add(FailedSignIn(email_digest=_digest(address), failed_at=at))
        logger.info("sign-in refused")
        raise Invalid(
            "The address or the password is not right. Check both, or ask for a sign-in link."
        )
    session.execute(delete(FailedSignIn).where(FailedSignIn.email_digest == _digest(address)))
    session.execute(update(Person).where(Person.id == person.id).values(last_signed_in_at=at))
    _record(session, person, "person.signed_in_with_password", at)
    return person


def make_link(
    session: Session,
    *,
    person_id: int,
    tokens: Tokens,
    at: datetime,
    valid_for: timedelta = LINK_VALID_FOR,
) -> str:
    """Return the path of a link that signs the person in once, within ``valid_for``.

    Raises NotFound when there is no such active person.
    """
    person = session.get(Person, person_id)
    if person is None or not person.is_active:
        raise NotFound("There is no such person who can sign in. Choose one from the list.")
    ticket = Ticket(person_id=person.id, counter=person.sign_in_counter)
    return f"/sign-in/link/{tokens.make(Purpose.SIGN_IN, ticket, expires_at=at + valid_for)}"


def request_link(
    session: Session, *, email: str, way_back: str, base_url: str, tokens: Tokens, at: datetime
) -> None:
    """Queue a mail with a sign-in link, where the address belongs to somebody who can sign in.

    Whoever asks learns nothing from it. ``way_back`` is the question ("?next=...") that the link
    carries along, or nothing.
    """
    person = find_person_by_email(session, email)
    if person is None or not person.is_active:
        logger.info("sign-in link asked for an address that nobody has")
        return
    path = make_link(session, person_id=person.id, tokens=tokens, at=at)
    window = int(at.timestamp() // ONE_LINK_WITHIN.total_seconds())
    queue_link_mail(
        session,
        person=person,
        url=f"{base_url}{path}{way_back}",
        at=at,
        dedupe_key=f"{person.sign_in_counter}:{window}",
    )


def send_invitation(
    session: Session, *, person_id: int, base_url: str, tokens: Tokens, at: datetime
) -> None:
    """Queue a mail that invites the person with a link that is good for a week."""
    path = make_link(
        session, person_id=person_id, tokens=tokens, at=at, valid_for=INVITATION_VALID_FOR
    )
    queue_invitation(
        session,
        person=session.get_one(Person, person_id),
        url=f"{base_url}{path}",
        at=at,
        dedupe_key=at.isoformat(timespec="minutes"),
    )


def find_person_of_link(session: Session, *, token: str, tokens: Tokens, at: datetime) -> Person:
    """Return the person whom a link would sign in; changes nothing, so that mail scanners cannot.

    Raises LinkRefused when the link is wrong, expired or used.
    """
    ticket = tokens.read(Purpose.SIGN_IN, token, at=at)
    person = find_person_for_session(session, ticket.person_id, ticket.counter)
    if person is None:
        raise _used()
    return person


def sign_in_with_link(session: Session, *, token: str, tokens: Tokens, at: datetime) -> Person:
    """Return the person of the link, roles loaded; that link, older ones and all sessions end.

    Raises LinkRefused when the link is wrong, expired or used.
    """
    ticket = tokens.read(Purpose.SIGN_IN, token, at=at)
    # One statement looks and raises: of two clicks at the same moment one finds the link used.
    person_id = session.scalar(
        update(Person)
        .where(
            Person.id == ticket.person_id,
            Person.is_active,
            Person.sign_in_counter == ticket.counter,
        )
        .values(sign_in_counter=ticket.counter + 1, last_signed_in_at=at)
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    if person_id is None:
        raise _used()
    person = session.scalars(
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.roles))
        .execution_options(populate_existing=True)
    ).one()
    _record(session, person, "person.signed_in_with_link", at)
    return person


def _used() -> LinkRefused:
    return LinkRefused(
        "This link was used already, or you have signed in by a newer one. Ask for a new sign-in "
        "link."
    )


def _failed_count(session: Session, address: str, at: datetime) -> int:
    return session.scalars(
        select(func.count())
        .select_from(FailedSignIn)
        .where(
            FailedSignIn.email_digest == _digest(address),
            FailedSignIn.failed_at > at - ATTEMPTS_WITHIN,
        )
    ).one()


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def _record(session: Session, person: Person, action: str, at: datetime) -> None:
    audit.record(session, actor=actor_of(person), at=at, action=action, subject=person)
    logger.info("person %s signed in", person.id)
