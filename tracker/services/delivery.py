"""Mail on its way: queued once per occasion, claimed, sent outside any transaction, settled."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.auth.tokens import Tokens
from tracker.database import Database
from tracker.domain.errors import N_
from tracker.mail.digests import DIGEST
from tracker.mail.message import Letter, Site, compose, message_id_of
from tracker.mail.roll_ups import ROLL_UP
from tracker.mail.texts import MailText
from tracker.mail.transport import (
    AddressRefused,
    OutcomeUnknown,
    ServerUnavailable,
    Transport,
    TryAgainLater,
)
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services.digests import write_claimed_digest
from tracker.services.roll_up_mails import write_claimed_roll_up

logger = logging.getLogger(__name__)

# Between two attempts; after the last of them a message that is still refused has failed.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
# All others hold a link by which whoever reads it signs in.
_KEEP_THEIR_TEXT = frozenset({DIGEST, ROLL_UP})
RECIPIENT_GONE = N_("The person no longer uses the tracker.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this process alone sends; without a letter it was withdrawn instead."""

    message_id: int
    letter: Letter | None


@dataclass(slots=True)
class DeliveryCount:
    """What became of the messages of one delivery; ``stopped_by`` is why it ended early."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unknown: int = 0
    stopped_by: str = ""

    @property
    def is_idle(self) -> bool:
        """Tell whether there was nothing to deliver."""
        return not (self.sent or self.postponed or self.failed or self.unknown)


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


def deliver_pending(
    database: Database, transport: Transport, *, site: Site, tokens: Tokens, at: datetime
) -> DeliveryCount:
    """Send every message whose time has come by the moment ``at``; return what became of them.

    One address that is refused stops nobody; a server that takes nothing ends the delivery.
    """
    count = DeliveryCount()
    with transport:
        while not count.stopped_by:
            with database.transaction() as session:
                claim = claim_next(session, site=site, tokens=tokens, at=at)
            if claim is None:
                break
            if claim.letter is not None:
                letter = claim.letter
                _send(database, transport, claim.message_id, letter, count, site=site, at=at)
    if not count.is_idle:
        logger.info(
            "mail delivered: %s sent, %s postponed, %s failed, %s with unknown outcome",
            count.sent,
            count.postponed,
            count.failed,
            count.unknown,
        )
    return count


def claim_next(session: Session, *, site: Site, tokens: Tokens, at: datetime) -> Claim | None:
    """Take the next message to send; None when there is none whose time has come.

    The caller commits before sending. A crash after that leaves the row in ``sending``, from where
    only a person takes it on: the server may have the message already. A message of which nothing
    is left is withdrawn, and the caller asks again: a transaction that went on to the next one
    would lock occasions out of their order, and planning would meet it in a deadlock.
    """
    message = _next_pending(session, at)
    if message is None:
        return None
    text = _text_of(session, message, site=site, tokens=tokens, at=at)
    if isinstance(text, str):
        message.state, message.settled_at, message.error = Delivery.CANCELLED, at, text
        return Claim(message.id, None)
    message.state, message.claimed_at = Delivery.SENDING, at
    message.attempts += 1
    message.subject, message.plain, message.html = text.subject, text.plain, text.html
    return Claim(message.id, _letter(message, text, at))


def settle_sent(session: Session, message_id: int, *, at: datetime) -> None:
    """Note that the server took the message."""
    message = _find_claimed(session, message_id)
    if message is not None:
        mark_sent(session, message, at=at)


def mark_sent(session: Session, message: MailMessage, *, at: datetime) -> None:
    """Let ``message`` and what it told count as sent; a sign-in link in it is forgotten."""
    message.state, message.settled_at, message.error = Delivery.SENT, at, ""
    if message.kind not in _KEEP_THEIR_TEXT:
        message.plain, message.html = "", None
    _move_notifications(session, message, Delivery.SENT, at)


def settle_refused(
    session: Session, message_id: int, *, reason: str, may_give_up: bool, at: datetime
) -> bool:
    """Try again later, with growing delays; tell whether the message will be tried again.

    With ``may_give_up`` a message that was refused after the last delay has failed.
    """
    message = _find_claimed(session, message_id)
    if message is None:
        return False
    message.error = reason
    if may_give_up and message.attempts > len(DELAYS):
        _fail(session, message, at)
        return False
    message.state = Delivery.PENDING
    message.next_attempt_at = at + DELAYS[min(message.attempts, len(DELAYS)) - 1]
    _move_notifications(session, message, Delivery.PENDING, None)
    return True


def settle_failed(session: Session, message_id: int, *, reason: str, at: datetime) -> None:
    """Note that the server will never take the message."""
    message = _find_claimed(session, message_id)
    if message is not None:
        message.error = reason
        _fail(session, message, at)


def note_unknown(session: Session, message_id: int, *, reason: str) -> None:
    """Keep a message in ``sending`` with the reason why nobody knows whether it arrived."""
    message = _find_claimed(session, message_id)
    if message is not None:
        message.error = reason


def _send(
    database: Database,
    transport: Transport,
    key: int,
    letter: Letter,
    count: DeliveryCount,
    *,
    site: Site,
    at: datetime,
) -> None:
    try:
        message = compose(letter, site)
        transport.send(message, sender=site.mail_from, recipient=letter.recipient_address)
    except OutcomeUnknown as lost:
        count.unknown += 1
        with database.transaction() as session:
            note_unknown(session, key, reason=str(lost))
    except ServerUnavailable as refusal:
        count.postponed += 1
        count.stopped_by = str(refusal)
        with database.transaction() as session:
            settle_refused(session, key, reason=str(refusal), may_give_up=False, at=at)
    except TryAgainLater as refusal:
        with database.transaction() as session:
            again = settle_refused(session, key, reason=str(refusal), may_give_up=True, at=at)
        count.postponed += again
        count.failed += not again
    except (AddressRefused, ValueError) as refusal:
        count.failed += 1
        with database.transaction() as session:
            settle_failed(session, key, reason=str(refusal), at=at)
    else:
        count.sent += 1
        with database.transaction() as session:
            settle_sent(session, key, at=at)


def _next_pending(session: Session, at: datetime) -> MailMessage | None:
    # On SQLite the transaction is alone (BEGIN IMMEDIATE); elsewhere the row is locked, and rows
    # that another process has locked are passed over.
    return session.scalar(
        select(MailMessage)
        .where(MailMessage.state == Delivery.PENDING, MailMessage.next_attempt_at <= at)
        .order_by(MailMessage.next_attempt_at, MailMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=MailMessage)
        .options(joinedload(MailMessage.recipient))
    )


def _text_of(
    session: Session, message: MailMessage, *, site: Site, tokens: Tokens, at: datetime
) -> MailText | str:
    """Return what a message says, or why it is not sent."""
    if not message.recipient.is_active:
        return RECIPIENT_GONE
    if message.kind == DIGEST:
        return write_claimed_digest(session, message, at=at, site=site, tokens=tokens)
    if message.kind == ROLL_UP:
        return write_claimed_roll_up(session, message, at=at, site=site)
    return MailText(message.subject, message.plain, message.html)


def _letter(message: MailMessage, text: MailText, at: datetime) -> Letter:
    return Letter(
        message_id=message.message_id,
        recipient_name=message.recipient.name,
        recipient_address=message.recipient.email,
        language=message.recipient.language,
        text=text,
        written_at=at,
        thread_id=f"reminders.{message.recipient_id}" if message.kind == DIGEST else "",
    )


def _find_claimed(session: Session, message_id: int) -> MailMessage | None:
    """Return the message while it is still ours to settle: a person may have done it meanwhile."""
    return session.scalar(
        select(MailMessage)
        .where(MailMessage.id == message_id, MailMessage.state == Delivery.SENDING)
        .with_for_update()
    )


def _fail(session: Session, message: MailMessage, at: datetime) -> None:
    message.state, message.settled_at = Delivery.FAILED, at
    _move_notifications(session, message, Delivery.FAILED, at)


def _move_notifications(
    session: Session, message: MailMessage, state: Delivery, settled_at: datetime | None
) -> None:
    for notification in session.scalars(
        select(Notification).where(
            Notification.message_id == message.id,
            Notification.state.in_((Delivery.SENDING, Delivery.FAILED)),
        )
    ):
        notification.state, notification.settled_at = state, settled_at
