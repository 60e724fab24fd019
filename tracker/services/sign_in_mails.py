"""The mails that carry a sign-in link: one asked for, and the invitation."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.mail.sayings import Sayings
from tracker.mail.wordings import Occasion
from tracker.models.people import Person
from tracker.queries.mail_texts import own_texts
from tracker.services.delivery import queue_message


def queue_link_mail(
    session: Session, *, person: Person, url: str, at: datetime, dedupe_key: str
) -> None:
    """Queue the mail with a sign-in link that the person asked for."""
    _queue(session, "sign_in_link", Occasion.SIGN_IN, person, url, at, dedupe_key)


def queue_invitation(
    session: Session, *, person: Person, url: str, at: datetime, dedupe_key: str
) -> None:
    """Queue the invitation."""
    _queue(session, "invitation", Occasion.INVITATION, person, url, at, dedupe_key)


def _queue(
    session: Session,
    kind: str,
    occasion: Occasion,
    person: Person,
    url: str,
    at: datetime,
    dedupe_key: str,
) -> None:
    """Queue a mail with a link, in the person's language and the words of the house."""
    sayings = Sayings(person.language, own_texts(session, person.language))
    text = sayings.say(f"{occasion}.text", name=person.name, url=url)
    queue_message(
        session,
        kind=kind,
        recipient=person,
        subject=sayings.say(f"{occasion}.subject", name=person.name),
        plain=f"{text}\n",
        html=None,
        at=at,
        dedupe_key=dedupe_key,
    )
