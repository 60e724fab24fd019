"""Sessions of bodies: when and where they meet, and what they are called in each language."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.session_names import session_names
from tracker.models.instruments import Body, BodySession, TextVersion
from tracker.queries.names import field_of, sessions_without_names
from tracker.services import audit

_ORIGINAL = "en"


def add_session(
    session: Session, body: Body, number: int, *, actor: Actor | None, at: datetime
) -> BodySession:
    """Add a session of a body, called by its number in every language that is known here."""
    names = session_names(number)
    held = BodySession(body_id=body.id, number=number, name=names[_ORIGINAL], language=_ORIGINAL)
    session.add(held)
    session.flush()
    _write_names(session, held, names, actor=actor, at=at)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="add_session",
        subject=held,
        after={"names": dict(names)},
    )
    return held


def write_missing_names(session: Session, *, actor: Actor, at: datetime) -> int:
    """Call the sessions by their numbers in the languages in which nobody has; return how many."""
    require(actor, Action.WRITE_NAME)
    found = sessions_without_names(session)
    for held, missing in found:
        names = {code: name for code, name in session_names(held.number).items() if code in missing}
        _write_names(session, held, names, actor=actor, at=at)
        audit.record(
            session, actor=actor, at=at, action="name.written", subject=held, after={"names": names}
        )
    return len(found)


def schedule_session(
    session: Session,
    *,
    body: Body,
    number: int,
    place: str,
    opens_on: date,
    closes_on: date,
    slot_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> BodySession:
    """Set place, dates and slot of a body's session, which is made if it is new.

    Periods that report to it keep their dates; their pages say where the two differ.
    """
    require(actor, Action.SCHEDULE_SESSION)
    if closes_on < opens_on:
        raise Invalid(
            "The session closes before it opens. Enter a closing date after the opening date.",
            field="closes_on",
        )
    if slot_on is not None and slot_on >= opens_on:
        raise Invalid(
            "The session opens on %(opens_on)s, so the document must be there before. Enter an "
            "earlier slot.",
            field="slot_on",
            opens_on=opens_on,
        )
    held = session.scalar(
        select(BodySession).where(BodySession.body_id == body.id, BodySession.number == number)
    )
    if held is None:
        held = add_session(session, body, number, actor=actor, at=at)
    before = _scheduled(held)
    held.place, held.opens_on, held.closes_on, held.slot_on = place, opens_on, closes_on, slot_on
    audit.record(
        session,
        actor=actor,
        at=at,
        action="schedule_session",
        subject=held,
        before=before,
        after=_scheduled(held),
    )
    return held


def _scheduled(held: BodySession) -> dict[str, object]:
    return {name: getattr(held, name) for name in ("place", "opens_on", "closes_on", "slot_on")}


def _write_names(
    session: Session,
    held: BodySession,
    names: Mapping[str, str],
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    session.add_all(
        TextVersion(
            subject_kind=Named.SESSION.value,
            subject_id=held.id,
            field=field_of(Named.SESSION),
            language=language,
            text=name,
            written_at=at,
            written_by_id=actor.person_id if actor else None,
        )
        for language, name in names.items()
        if language != held.language
    )
