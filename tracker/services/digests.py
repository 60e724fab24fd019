"""Digests: one mail per person, collected from all that is pending, written when it is claimed."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.auth.tokens import Tokens
from tracker.domain.names import Named, Names
from tracker.domain.reminders import Occasion, ReminderKind
from tracker.mail.digests import DIGEST, DigestItem, write_digest
from tracker.mail.message import Site, message_id_of
from tracker.mail.texts import MailText
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import names_of
from tracker.queries.names import names_in
from tracker.queries.reminders import ReportGist, report_gists
from tracker.services.mail_answers import MailLink, mail_links
from tracker.services.reminders import NO_LONGER_HOLDS, occasions_at

logger = logging.getLogger(__name__)


def collect_digests(session: Session, *, at: datetime) -> int:
    """Give every pending occasion its place in a digest; return how many digests were made.

    What becomes pending while an earlier digest still waits joins it. The text of a digest is
    written when it is claimed, from what then still holds.
    """
    pending = _uncollected(session)
    digests = _waiting_digests(session) if pending else {}
    missing = [recipient_id for recipient_id in pending if recipient_id not in digests]
    digests |= _make_digests(session, missing, at)
    joined = [
        {"id": notification_id, "message_id": digests[recipient_id]}
        for recipient_id, notification_ids in pending.items()
        for notification_id in notification_ids
    ]
    if joined:
        session.execute(update(Notification), joined)
    logger.info("digests collected: %s new, for %s people", len(missing), len(pending))
    return len(missing)


def _uncollected(session: Session) -> Mapping[int, Sequence[int]]:
    # A notification is also free when its digest went out, or was given up, without it.
    by_recipient: dict[int, list[int]] = defaultdict(list)
    query = (
        select(Notification.id, Notification.recipient_id)
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
    for row in session.execute(query):
        by_recipient[row.recipient_id].append(row.id)
    return by_recipient


def _waiting_digests(session: Session) -> dict[int, int]:
    # Locked, so that none is claimed and sent while something is being added to it.
    query = (
        select(MailMessage.recipient_id, MailMessage.id)
        .where(MailMessage.kind == DIGEST, MailMessage.state == Delivery.PENDING)
        .order_by(MailMessage.id)
        .with_for_update()
    )
    return dict(session.execute(query).all())


def _make_digests(session: Session, recipient_ids: Sequence[int], at: datetime) -> dict[int, int]:
    rows = [
        {
            "kind": DIGEST,
            "recipient_id": recipient_id,
            # Nothing that an occasion or the clock says names a digest for ever: an occasion may be
            # told again, and a clock that was put back says the same moment twice.
            "message_id": message_id_of(DIGEST, recipient_id, uuid4().hex),
            "subject": "",
            "plain": "",
            "state": Delivery.PENDING,
            "created_at": at,
            "next_attempt_at": at,
            "attempts": 0,
            "error": "",
        }
        for recipient_id in recipient_ids
    ]
    if not rows:
        return {}
    made = insert(MailMessage).returning(MailMessage.recipient_id, MailMessage.id)
    return dict(session.execute(made, rows).all())


def write_claimed_digest(
    session: Session, message: MailMessage, *, at: datetime, site: Site, tokens: Tokens
) -> MailText | None:
    """Return the text of a digest from what still holds at the moment ``at``; None is nothing.

    What was answered, moved or assigned elsewhere in the meantime is cancelled, the rest is being
    sent from here on. The recipient of ``message`` is loaded.
    """
    notifications = _waiting_in(session, message)
    report_ids = {row.report_id for row in notifications if row.report_id is not None}
    holding = occasions_at(session, at, report_ids)
    gists = report_gists(session, report_ids)
    links = mail_links(session, report_ids, person_id=message.recipient_id, tokens=tokens, at=at)
    names = names_in(session, message.recipient.language)
    absentees = _names_of_absent(session, holding.values())
    items = []
    for row in notifications:
        if row.report_id is None or (row.occasion, row.recipient_id) not in holding:
            row.state, row.settled_at, row.message_id = Delivery.CANCELLED, at, None
            row.reason = NO_LONGER_HOLDS
            continue
        row.state = Delivery.SENDING
        kind, report_id = ReminderKind(row.kind), row.report_id
        absent = absentees.get(holding[row.occasion, row.recipient_id].in_place_of or 0, "")
        items.append(_item(kind, gists[report_id], names, links.get(report_id), absent))
    if not items:
        return None
    person = message.recipient
    return write_digest(
        items,
        name=person.name,
        language=person.language,
        today=at.astimezone(ZoneInfo(person.time_zone)).date(),
        site=site,
    )


def _waiting_in(session: Session, message: MailMessage) -> Sequence[Notification]:
    return session.scalars(
        select(Notification)
        .where(Notification.message_id == message.id, Notification.state == Delivery.PENDING)
        .order_by(Notification.id)
        .with_for_update()
    ).all()


def _names_of_absent(session: Session, occasions: Iterable[Occasion]) -> Mapping[int, str]:
    """Return the names of those in whose place somebody is written to; one statement, if any."""
    absent = {each.in_place_of for each in occasions if each.in_place_of is not None}
    return names_of(session, absent) if absent else {}


def _item(
    kind: ReminderKind, gist: ReportGist, names: Names, link: MailLink | None, in_place_of: str
) -> DigestItem:
    answered_by = link if kind is not ReminderKind.CLEARANCE else None
    return DigestItem(
        kind=kind,
        report_id=gist.report_id,
        symbol=gist.symbol,
        paragraph=gist.paragraph,
        text=gist.text,
        unit=names.of(Named.UNIT, gist.unit),
        due_on=gist.due_on,
        in_place_of=in_place_of,
        remark=gist.remark if kind is ReminderKind.RETURNED else "",
        token=answered_by.token if answered_by else "",
        offer=answered_by.offer if answered_by else None,
        may_decline=answered_by is not None and answered_by.may_decline,
    )
