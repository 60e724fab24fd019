"""Names in other languages: written, taken away, and out of date once the original changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor
from tracker.models.base import Base
from tracker.models.instruments import TextVersion
from tracker.queries.names import Thing, field_of, find_named, find_thing
from tracker.services import audit

LONGEST_NAME = 300  # characters


def write_name(
    session: Session,
    *,
    kind: Named,
    subject_id: int,
    language: str,
    text: str,
    actor: Actor | None,
    at: datetime,
) -> TextVersion:
    """Write the name of a thing in a further language, over the one that stood there.

    No actor is the system itself. Raises NotFound when there is no such thing, and Invalid when
    the text is empty or endless or the language is the original's.
    """
    permit(session, kind, subject_id, actor)
    return _write(
        session,
        kind=kind,
        subject_id=subject_id,
        language=language,
        text=text,
        actor=actor,
        at=at,
    )


def write_translated_title(
    session: Session, *, activity_id: int, language: str, text: str, actor: Actor, at: datetime
) -> TextVersion:
    """Write the title of an activity as it came back with a translation of the report."""
    permissions.require(actor, Action.GENERATE_REPORT)
    version = _write(
        session,
        kind=Named.ACTIVITY,
        subject_id=activity_id,
        language=language,
        text=text,
        actor=actor,
        at=at,
    )
    version.is_official = True
    return version


def _write(
    session: Session,
    *,
    kind: Named,
    subject_id: int,
    language: str,
    text: str,
    actor: Actor | None,
    at: datetime,
) -> TextVersion:
    plain = _checked(text)
    subject = _thing(session, kind, subject_id)
    if subject.language == language:
        raise Invalid(
            "The name is written in this language already: it is the original. Choose another "
            "language.",
            field=language,
        )
    version = _version(session, kind, subject_id, language)
    before = None if version is None else version.text
    if version is None:
        version = TextVersion(
            subject_kind=kind.value,
            subject_id=subject_id,
            field=field_of(kind),
            language=language,
        )
        session.add(version)
    elif before == plain and not version.is_out_of_date:
        return version
    version.text, version.is_out_of_date = plain, False
    version.written_at, version.written_by_id = at, actor.person_id if actor else None
    _record(session, subject, language, before, plain, actor, at)
    return version


def take_name_away(
    session: Session,
    *,
    kind: Named,
    subject_id: int,
    language: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Take the name in a further language away: the original stands in for it again."""
    permit(session, kind, subject_id, actor)
    version = _version(session, kind, subject_id, language)
    if version is None:
        return
    session.delete(version)
    subject = _thing(session, kind, subject_id)
    _record(session, subject, language, version.text, None, actor, at)


def write_names(
    session: Session,
    *,
    kind: Named,
    subject_id: int,
    texts: Mapping[str, str],
    seen: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    """Let the names by language be ``texts``; an empty one is taken away.

    ``seen`` are the names that the person saw. Raises Stale, with the newer name, when somebody
    wrote another one meanwhile.
    """
    held = find_named(session, kind, subject_id).others
    for language, text in texts.items():
        present = held[language].text if language in held else ""
        wanted = " ".join(text.split())
        if present not in {seen.get(language, ""), wanted}:
            raise Stale(
                "Somebody else wrote “%(name)s” meanwhile. Nothing was saved; compare it with what "
                "you wrote, and save once more.",
                name=present or "–",
            )
        if wanted:
            write_name(
                session, kind=kind, subject_id=subject_id, language=language, text=wanted,
                actor=actor, at=at,
            )  # fmt: skip
        else:
            take_name_away(
                session, kind=kind, subject_id=subject_id, language=language, actor=actor, at=at
            )


def note_new_original(session: Session, kind: Named, subject_id: int) -> None:
    """Mark the names in other languages as out of date, since the original was changed.

    The change of the original is what the audit trail holds.
    """
    session.execute(
        update(TextVersion)
        .where(
            TextVersion.subject_kind == kind.value,
            TextVersion.subject_id == subject_id,
            TextVersion.field == field_of(kind),
        )
        .values(is_out_of_date=True)
    )


def carry_names(session: Session, kind: Named, from_id: int, to_id: int) -> None:
    """Give a thing the names of one that is called the same and that it takes the place of."""
    held = select(TextVersion).where(
        TextVersion.subject_kind == kind.value, TextVersion.subject_id == from_id
    )
    session.add_all(
        TextVersion(
            subject_kind=kind.value,
            subject_id=to_id,
            field=row.field,
            language=row.language,
            text=row.text,
            is_out_of_date=row.is_out_of_date,
            written_at=row.written_at,
            written_by_id=row.written_by_id,
        )
        for row in session.scalars(held)
    )


def permit(session: Session, kind: Named, subject_id: int, actor: Actor | None) -> None:
    """Refuse who may not write names of this thing: an activity's go with the activity itself."""
    if actor is None:
        return
    if kind is Named.ACTIVITY:
        unit_id = find_named(session, kind, subject_id).unit_id
        permissions.require(actor, Action.EDIT_ACTIVITY, unit_id=unit_id)
    else:
        permissions.require(actor, Action.WRITE_NAME)


def _checked(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise Invalid("Enter the name.", field="text")
    if len(plain) > LONGEST_NAME:
        raise Invalid(
            "The name has more than %(length)s characters. Enter a shorter one.",
            field="text",
            length=LONGEST_NAME,
        )
    return plain


def _thing(session: Session, kind: Named, subject_id: int) -> Thing:
    thing = find_thing(session, kind, subject_id)
    if thing is None:
        raise NotFound("There is no such name. Choose one from the list of names.")
    return thing


def _version(session: Session, kind: Named, subject_id: int, language: str) -> TextVersion | None:
    return session.scalar(
        select(TextVersion).where(
            TextVersion.subject_kind == kind.value,
            TextVersion.subject_id == subject_id,
            TextVersion.field == field_of(kind),
            TextVersion.language == language,
        )
    )


def _record(
    session: Session,
    subject: Base,
    language: str,
    before: str | None,
    after: str | None,
    actor: Actor | None,
    at: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        at=at,
        action="name.written",
        subject=subject,
        before={"language": language, "name": before},
        after={"language": language, "name": after},
    )
