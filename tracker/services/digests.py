"""Collecting digests: one mail per person from all that is pending for that person."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services.delivery import message_id_of

logger = logging.getLogger(__name__)

DIGEST = "digest"


def collect_digests(session: Session, *, at: datetime) -> int:
    """Give every pending occasion its place in a digest; return how many digests were made.

    What becomes pending while an earlier digest still waits joins it. The text of a digest is
    written when it is claimed, from what then still holds.
    """
    pending = _uncollected(session)
    waiting = _waiting_digests(session, pending.keys())
    made = 0
    for recipient_id, notifications in pending.items():
        message_id = waiting.get(recipient_id)
        if message_id is None:
            message_id = _make_digest(session, recipient_id, notifications[0], at)
            made += 1
        for notification in notifications:
            notification.message_id = message_id
    session.flush()
    logger.info("digests collected: %s new for %s people", made, len(pending))
    return made


def _uncollected(session: Session) -> Mapping[int, Sequence[Notification]]:
    # A notification is also free when its digest went out, or was given up, without it.
    by_recipient: dict[int, list[Notification]] = defaultdict(list)
    query = (
        select(Notification)
        .outerjoin(MailMessage, MailMessage.id == Notification.message_id)
        .where(
            Notification.state == Delivery.PENDING,
            or_(
                Notification.message_id.is_(None),
                MailMessage.state.not_in((Delivery.PENDING, Delivery.SENDING)),
            ),
        )
        .order_by(Notification.recipient_id, Notification.id)
        # Two processes that collect at once each take what the other has not.
        .with_for_update(skip_locked=True, of=Notification)
    )
    for notification in session.scalars(query):
        by_recipient[notification.recipient_id].append(notification)
    return by_recipient


def _waiting_digests(session: Session, recipient_ids: Collection[int]) -> Mapping[int, int]:
    if not recipient_ids:
        return {}
    # Locked, so that none is claimed and sent while something is being added to it.
    query = (
        select(MailMessage.recipient_id, MailMessage.id)
        .where(MailMessage.kind == DIGEST, MailMessage.state == Delivery.PENDING)
        .order_by(MailMessage.id)
        .with_for_update()
    )
    return {recipient_id: key for recipient_id, key in session.execute(query)}  # noqa: C416 - rows


def _make_digest(session: Session, recipient_id: int, first: Notification, at: datetime) -> int:
    occasion = f"{first.id}:{first.planned_at.isoformat()}"
    message = MailMessage(
        kind=DIGEST,
        recipient_id=recipient_id,
        message_id=message_id_of(DIGEST, recipient_id, occasion),
        subject="",
        state=Delivery.PENDING,
        created_at=at,
        next_attempt_at=at,
    )
    session.add(message)
    session.flush()
    return message.id
