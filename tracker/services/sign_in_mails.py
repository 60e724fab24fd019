"""The mails that carry a sign-in link: one asked for, and the invitation."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import N_
from tracker.i18n import translate_into
from tracker.models.people import Person
from tracker.services.delivery import queue_message

SUBJECTS: Mapping[str, str] = {
    "sign_in_link": N_("Your link to sign in to the mandate tracker"),
    "invitation": N_("You are invited to the mandate tracker"),
}
TEXTS: Mapping[str, str] = {
    "sign_in_link": N_(
        "Dear %(name)s,\n\nopen this link to sign in. It works once, within one hour:\n\n%(url)s\n"
        "\nIf you did not ask for it, do nothing: nobody can sign in without this mail.\n"
    ),
    "invitation": N_(
        "Dear %(name)s,\n\nyou are invited to the mandate tracker, where the mandates of our "
        "resolutions are followed up and reported on. Open this link to sign in. It works once, "
        "within seven days:\n\n%(url)s\n\nLater you can ask for another link, or choose a "
        "password on the page of your account.\n"
    ),
}


def queue_link_mail(
    session: Session, *, person: Person, kind: str, url: str, at: datetime, dedupe_key: str
) -> None:
    """Queue the mail of this ``kind`` with a link to ``url``, in the person's language."""
    translate = translate_into(person.language)
    queue_message(
        session,
        kind=kind,
        recipient=person,
        subject=translate(SUBJECTS[kind]),
        plain=translate(TEXTS[kind]) % {"name": person.name, "url": url},
        html=None,
        at=at,
        dedupe_key=dedupe_key,
    )
