"""Mail that does not get on by itself: a person sends it again, or says that it is settled."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services import audit
from tracker.services.delivery import mark_sent

logger = logging.getLogger(__name__)

# A message that is being sent is nobody's to touch; after this time nobody is sending it any more.
STUCK_AFTER = timedelta(minutes=10)


def resend_message(session: Session, *, message_id: int, actor: Actor, at: datetime) -> MailMessage:
    """Put a message that is stuck or has failed back into the queue, to be tried as if new.

    What was answered in the meantime is left out when it is claimed again.
    """
    require(actor, Action.SETTLE_DELIVERY)
    message = _stuck_or_failed(session, message_id, at)
    before = {"state": message.state, "error": message.error}
    message.state, message.next_attempt_at = Delivery.PENDING, at
    message.attempts, message.error, message.settled_at = 0, "", None
    for notification in session.scalars(
        select(Notification).where(Notification.message_id == message.id)
    ):
        notification.state, notification.settled_at = Delivery.PENDING, None
    _record(session, message, "resend_mail", before, actor=actor, at=at)
    return message


def settle_message(session: Session, *, message_id: int, actor: Actor, at: datetime) -> MailMessage:
    """Let a message that is stuck or has failed count as told: it is not sent again."""
    require(actor, Action.SETTLE_DELIVERY)
    message = _stuck_or_failed(session, message_id, at)
    before = {"state": message.state, "error": message.error}
    mark_sent(session, message, at=at)
    _record(session, message, "settle_mail", before, actor=actor, at=at)
    return message


def _stuck_or_failed(session: Session, message_id: int, at: datetime) -> MailMessage:
    message = session.scalar(
        select(MailMessage).where(MailMessage.id == message_id).with_for_update()
    )
    if message is None:
        raise NotFound("There is no such mail. Open the list of deliveries again.")
    if message.state not in {Delivery.SENDING, Delivery.FAILED}:
        raise WrongState(
            "This mail needs no help any more: it was sent or cancelled. Nothing was changed."
        )
    if message.state is Delivery.SENDING and is_being_sent(message.claimed_at, at):
        raise WrongState(
            "This mail is perhaps being sent right now. Nothing was changed: look again in ten "
            "minutes."
        )
    return message


def is_being_sent(claimed_at: datetime | None, at: datetime) -> bool:
    """Tell whether a message claimed at that moment may still be on its way."""
    return claimed_at is not None and at - STUCK_AFTER < claimed_at <= at


def _record(
    session: Session,
    message: MailMessage,
    action: str,
    before: Mapping[str, object],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=message,
        before=before,
        after={"state": message.state},
    )
    logger.info("mail %s: %s by person %s", message.id, action, actor.person_id)
