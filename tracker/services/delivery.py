"""Mail on its way: queued once per occasion, claimed, sent outside any transaction, settled."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage


def queue_message(
    session: Session,
    *,
    kind: str,
    recipient: Person,
    subject: str,
    plain: str,
    html: str | None,
    at: datetime,
    dedupe_key: str,
) -> MailMessage:
    """Queue a mail for the next delivery; the same ``kind`` and ``dedupe_key`` are one mail.

    ``dedupe_key`` names the occasion and need not name the recipient.
    """
    message_id = message_id_of(kind, recipient.id, dedupe_key)
    queued = session.scalar(select(MailMessage).where(MailMessage.message_id == message_id))
    if queued is not None:
        return queued
    message = MailMessage(
        kind=kind,
        recipient_id=recipient.id,
        message_id=message_id,
        subject=subject,
        plain=plain,
        html=html,
        state=Delivery.PENDING,
        created_at=at,
        next_attempt_at=at,
    )
    session.add(message)
    session.flush()
    return message


def message_id_of(kind: str, recipient_id: int, dedupe_key: str) -> str:
    """Return the stable first part of the Message-ID of a mail."""
    occasion = f"{kind}\0{recipient_id}\0{dedupe_key}"
    return f"{kind}.{hashlib.sha256(occasion.encode()).hexdigest()[:32]}"
