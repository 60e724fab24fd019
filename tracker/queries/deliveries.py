"""Mail as administrators see it: what went, what waits, what is stuck and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One mail; its text is nobody's but the recipient's. ``items`` counts what a digest tells."""

    message_id: int
    kind: str
    recipient: str
    subject: str
    state: Delivery
    items: int
    created_at: datetime
    next_attempt_at: datetime
    claimed_at: datetime | None
    settled_at: datetime | None
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Mails, newest first, and the key to go on after; None where the list ends."""

    rows: Sequence[DeliveryRow]
    next_before: int | None


def delivery_counts(session: Session) -> Mapping[Delivery, int]:
    """Return how many mails stand in each state; states without any are 0."""
    counted = dict(
        session.execute(select(MailMessage.state, func.count()).group_by(MailMessage.state)).all()
    )
    return {state: counted.get(state, 0) for state in Delivery}


def deliveries(
    session: Session, states: Collection[Delivery], *, before: int | None = None
) -> DeliveryPage:
    """Return mails in one of ``states``, newest first, those older than ``before``."""
    items = (
        select(func.count())
        .select_from(Notification)
        .where(Notification.message_id == MailMessage.id)
        .correlate(MailMessage)
        .scalar_subquery()
    )
    query = (
        select(MailMessage, Person.name, items)
        .join(Person, Person.id == MailMessage.recipient_id)
        .where(MailMessage.state.in_(states))
        .order_by(MailMessage.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before is not None:
        query = query.where(MailMessage.id < before)
    found = session.execute(query).all()
    rows = [_row(message, name, count) for message, name, count in found[:PAGE_SIZE]]
    return DeliveryPage(rows, rows[-1].message_id if len(found) > PAGE_SIZE else None)


def _row(message: MailMessage, name: str, items: int) -> DeliveryRow:
    return DeliveryRow(
        message_id=message.id,
        kind=message.kind,
        recipient=name,
        subject=message.subject,
        state=message.state,
        items=items,
        created_at=message.created_at,
        next_attempt_at=message.next_attempt_at,
        claimed_at=message.claimed_at,
        settled_at=message.settled_at,
        attempts=message.attempts,
        error=message.error,
    )
