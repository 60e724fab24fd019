"""Sessions of bodies: when and where they meet."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.sessions import session_name
from tracker.models.instruments import Body, BodySession
from tracker.services import audit


def schedule_session(
    session: Session,
    *,
    body: Body,
    number: int,
    place: str,
    opens_on: date,
    closes_on: date,
    actor: Actor,
    at: datetime,
) -> BodySession:
    """Set place and dates of a body's session, which is made if it is new."""
    require(actor, Action.SCHEDULE_SESSION)
    if closes_on < opens_on:
        raise Invalid(
            "The session closes before it opens. Enter a closing date after the opening date.",
            field="closes_on",
        )
    held = session.scalar(
        select(BodySession).where(BodySession.body_id == body.id, BodySession.number == number)
    )
    if held is None:
        held = BodySession(body_id=body.id, number=number, name=session_name(number), language="en")
        session.add(held)
    before = {"place": held.place, "opens_on": held.opens_on, "closes_on": held.closes_on}
    held.place, held.opens_on, held.closes_on = place, opens_on, closes_on
    audit.record(
        session,
        actor=actor,
        at=at,
        action="schedule_session",
        subject=held,
        before=before,
        after={"place": place, "opens_on": opens_on, "closes_on": closes_on},
    )
    return held
