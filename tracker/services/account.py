"""What people change about themselves: their details and their password."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.auth.passwords import Passwords
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Actor
from tracker.models.people import Person
from tracker.services import audit
from tracker.services.personal_details import check_name, check_time_zone
from tracker.services.versions import check_version


def change_own_details(
    session: Session,
    *,
    version: int,
    name: str,
    language: str,
    time_zone: str,
    actor: Actor,
    at: datetime,
) -> Person:
    """Change the actor's own name, language and time zone."""
    person = session.get_one(Person, actor.person_id)
    check_version(person, version)
    before = _details(person)
    person.name = check_name(name)
    person.language = language
    person.time_zone = check_time_zone(time_zone)
    if (after := _details(person)) != before:
        audit.record(
            session,
            actor=actor,
            at=at,
            action="person.details_changed",
            subject=person,
            before=before,
            after=after,
        )
    return person


def set_password(
    session: Session,
    *,
    password: str,
    current_password: str | None,
    passwords: Passwords,
    actor: Actor,
    at: datetime,
) -> Person:
    """Give the actor a new password; older links and all other sessions end.

    ``current_password`` is None when the actor proved in another way who they are, by a link.
    """
    person = session.get_one(Person, actor.person_id)
    is_proven = current_password is None or person.password_hash is None
    if not is_proven and not passwords.is_right(current_password or "", person.password_hash):
        raise Invalid(
            "This is not your present password. Enter it again, or sign in by a link and choose a "
            "new one then.",
            field="current_password",
        )
    person.password_hash = passwords.hash(password)
    person.sign_in_counter += 1
    audit.record(session, actor=actor, at=at, action="person.password_set", subject=person)
    return person


def _details(person: Person) -> Mapping[str, object]:
    return {"name": person.name, "language": person.language, "time_zone": person.time_zone}
