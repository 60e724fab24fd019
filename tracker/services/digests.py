"""Digests: one mail per person, collected from all that is pending, written when it is claimed."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from tracker.auth.tokens import Tokens
from tracker.database import insert_new
from tracker.domain.digest_times import is_time_of_any
from tracker.domain.errors import N_
from tracker.domain.names import Named, Names
from tracker.domain.pauses import Reminded, find_pause
from tracker.domain.reminder_rules import RuleBook, UsualTimes
from tracker.domain.reminders import (
    ANSWERED_BY_LINK,
    RULED,
    Occasion,
    ReminderKind,
    comes_besides,
)
from tracker.mail.digests import DIGEST, DigestItem, DigestPoint, edition_title, write_digest
from tracker.mail.message import Site, message_id_of
from tracker.mail.texts import MailText
from tracker.models.digest_times import DigestMark
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import names_of
from tracker.queries.digest_times import digest_times, last_digests
from tracker.queries.mail_texts import own_texts
from tracker.queries.names import names_in
from tracker.queries.pauses import pauses_since, places_of
from tracker.queries.reminder_rules import rule_book
from tracker.queries.reminders import AnyRow, MandateGist, ReportGist, mandate_gists, report_gists
from tracker.queries.waiting_editions import EditionGist, edition_gists
from tracker.sentences import words_of
from tracker.services.mail_answers import MailLink, mail_links
from tracker.services.reminders import NO_LONGER_HOLDS, occasions_at

logger = logging.getLogger(__name__)

NOTHING_LEFT = N_("Nothing in it was still waiting for an answer.")
PAUSED = N_("The reminders in it are paused; they come in a later mail, where they still hold.")


def collect_digests(session: Session, *, at: datetime) -> int:
    """Give every pending occasion its place in a digest; return how many digests were made.

    A digest comes when the person wants it, and on the day on which something falls due. What
    becomes pending while an earlier digest still waits joins it. The text of a digest is written
    when it is claimed, from what then still holds.
    """
    since = _take_mark(session, at)
    book = rule_book(session)
    pending = _uncollected(session, at, book)
    digests = _waiting_digests(session) if pending else {}
    missing = _whose_time_it_is(
        session,
        {key: rows for key, rows in pending.items() if key not in digests},
        book.times,
        since,
        at,
    )
    digests |= _make_digests(session, missing, at)
    joined = [
        {"id": row.id, "message_id": digests[recipient_id]}
        for recipient_id, rows in pending.items()
        if recipient_id in digests
        for row in rows
    ]
    if joined:
        session.execute(update(Notification), joined)
    logger.info("digests collected: %s new, for %s people", len(missing), len(pending))
    return len(missing)


@dataclass(frozen=True, slots=True)
class _Waiting:
    id: int
    occasion: str
    weekdays: frozenset[int] | None = None


def _uncollected(
    session: Session, at: datetime, book: RuleBook
) -> Mapping[int, Sequence[_Waiting]]:
    """Return by recipient what has no place in a digest yet, and is not paused."""
    # A notification is also free when its digest went out, or was given up, without it.
    pauses = pauses_since(session, at)
    by_recipient: dict[int, list[_Waiting]] = defaultdict(list)
    mandate_id = func.coalesce(ProgressReport.mandate_id, Notification.mandate_id)
    query = (
        select(
            Notification.id,
            Notification.occasion,
            Notification.kind,
            Notification.recipient_id,
            Person.time_zone,
            ProgressReport.unit_id,
            mandate_id.label("mandate_id"),
            Instrument.body_id,
        )
        .join(Person, Person.id == Notification.recipient_id)
        .outerjoin(ProgressReport, ProgressReport.id == Notification.report_id)
        .outerjoin(Mandate, Mandate.id == mandate_id)
        .outerjoin(Instrument, Instrument.id == Mandate.instrument_id)
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
        reminded = Reminded(row.recipient_id, row.time_zone, row.unit_id, row.mandate_id)
        if find_pause(pauses, reminded, at) is None:
            by_recipient[row.recipient_id].append(
                _Waiting(row.id, row.occasion, _weekdays_by_rule(row, book))
            )
    return by_recipient


def _weekdays_by_rule(row: AnyRow, book: RuleBook) -> frozenset[int] | None:
    if row.kind not in RULED:
        return None
    return book.rule_for(
        body_id=row.body_id, unit_id=row.unit_id, mandate_id=row.mandate_id
    ).weekdays


def _take_mark(session: Session, at: datetime) -> datetime | None:
    """Return until when digests were collected, and set it on; who collects too waits for it."""
    mark = session.get(DigestMark, 1, with_for_update=True)
    if mark is None:
        insert_new(session, DigestMark, [{"id": 1, "collected_at": at}])
        return None
    since, mark.collected_at = mark.collected_at, at
    return since


def _whose_time_it_is(
    session: Session,
    pending: Mapping[int, Sequence[_Waiting]],
    usual: UsualTimes,
    since: datetime | None,
    at: datetime,
) -> list[int]:
    """Return, in order, the people whose digest comes at the moment: others keep waiting."""
    if not pending:
        return []
    times = digest_times(session, pending.keys(), usual=usual)
    last = last_digests(session)
    return [
        person_id
        for person_id in sorted(pending)
        if is_time_of_any(
            times[person_id],
            {(row.weekdays, comes_besides(row.occasion)) for row in pending[person_id]},
            at=at,
            since=since,
            last_at=last.get(person_id),
        )
    ]


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
) -> MailText | str:
    """Return the text of a digest from what still holds at the moment ``at``, or why there is none.

    What was answered, moved or assigned elsewhere in the meantime is cancelled, what is paused
    waits for a later digest, the rest is being sent from here on. The recipient of ``message`` is
    loaded.
    """
    notifications = _waiting_in(session, message)
    report_ids = {row.report_id for row in notifications if row.report_id is not None}
    kinds = {ReminderKind(row.kind) for row in notifications}
    holding = occasions_at(session, at, report_ids, kinds=kinds)
    gists = _Gists(session, notifications)
    links = mail_links(session, report_ids, person_id=message.recipient_id, tokens=tokens, at=at)
    names = names_in(session, message.recipient.language)
    absentees = _names_of_absent(session, holding.values())
    paused = _paused(session, message, notifications, report_ids, at)
    person = message.recipient
    items = []
    for row in notifications:
        occasion = holding.get((row.occasion, row.recipient_id))
        if occasion is None:
            row.state, row.settled_at, row.message_id = Delivery.CANCELLED, at, None
            row.reason = NO_LONGER_HOLDS
            continue
        if row.id in paused:
            row.message_id = None
            continue
        row.state = Delivery.SENDING
        absent = absentees.get(occasion.in_place_of or 0, "")
        link = links.get(row.report_id or 0)
        items.append(_item(occasion, gists.of(occasion), names, link, absent, person.language))
    if not items:
        return PAUSED if paused else NOTHING_LEFT
    return write_digest(
        items,
        name=person.name,
        language=person.language,
        today=at.astimezone(ZoneInfo(person.time_zone)).date(),
        site=site,
        own_texts=own_texts(session, person.language),
    )


def _paused(
    session: Session,
    message: MailMessage,
    notifications: Sequence[Notification],
    report_ids: Collection[int],
    at: datetime,
) -> Collection[int]:
    """Return which of these the recipient is not told now, by id; one statement, if nothing is.

    A pause may have begun since the digest was collected.
    """
    pauses = pauses_since(session, at)
    if not pauses:
        return ()
    person, places = message.recipient, places_of(session, report_ids)
    found = set()
    for row in notifications:
        unit_id, mandate_id = places.get(row.report_id or 0, (None, row.mandate_id))
        reminded = Reminded(person.id, person.time_zone, unit_id, mandate_id)
        if find_pause(pauses, reminded, at) is not None:
            found.add(row.id)
    return found


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


_Gist = ReportGist | MandateGist | EditionGist | str


class _Gists:
    """What a mail says about each report and mandate of these notifications."""

    def __init__(self, session: Session, notifications: Sequence[Notification]) -> None:
        mandate_ids = {
            row.mandate_id for row in notifications if row.mandate_id and not row.report_id
        }
        self._reports = report_gists(
            session, {row.report_id for row in notifications if row.report_id is not None}
        )
        self._mandates = mandate_gists(session, mandate_ids) if mandate_ids else {}
        edition_ids = {row.edition_id for row in notifications if row.edition_id is not None}
        self._editions = edition_gists(session, edition_ids) if edition_ids else {}
        about_ids = {row.about_id for row in notifications if row.about_id is not None}
        self._people = names_of(session, about_ids) if about_ids else {}

    def of(self, occasion: Occasion) -> _Gist:
        """Return what is said about the item of an occasion; of a person, the name."""
        if occasion.edition_id is not None:
            return self._editions[occasion.edition_id]
        if occasion.about_id is not None:
            return self._people[occasion.about_id]
        if occasion.report_id is not None:
            return self._reports[occasion.report_id]
        return self._mandates[occasion.mandate_id or 0]


# With what somebody said when they gave it back.
_REMARKED = frozenset({ReminderKind.RETURNED, ReminderKind.DECLINED})
# Where the reader goes on with what is no report to write; the number is that of the mandate.
_PAGES = {
    ReminderKind.ESCALATION_READY: "/compliance/roll-ups",
    ReminderKind.DECLINED: "/mandates/%s/assign",
    ReminderKind.OWNERLESS: "/mandates/%s/assign",
    ReminderKind.POST_UNFILLED: "/reports/sign-off",
}


def _with_named_posts(occasion: Occasion, names: Names) -> Occasion:
    """Return an occasion with the posts in its note as the recipient's language calls them."""
    note = occasion.note
    told = {key: value for key in ("post", "posts") if note and (value := note.values.get(key))}
    if note is None or not told:
        return occasion
    named = {key: names.within(Named.POST, str(value)) for key, value in told.items()}
    return replace(occasion, note=replace(note, values={**note.values, **named}))


def _edition_item(
    occasion: Occasion, gist: EditionGist, in_place_of: str, language: str
) -> DigestItem:
    item = _titled_item(
        occasion,
        edition_title(gist.period, gist.number, gist.language, reader=language),
        f"/reports/editions/{occasion.edition_id}#sign-off",
        in_place_of,
        language,
    )
    return replace(item, remark=gist.remark, edition_id=occasion.edition_id or 0)


def _person_item(occasion: Occasion, name: str, in_place_of: str, language: str) -> DigestItem:
    path = _PAGES.get(occasion.kind, f"/admin/people/{occasion.about_id}")
    item = _titled_item(occasion, name, path, in_place_of, language)
    return replace(item, about_id=occasion.about_id or 0)


def _titled_item(
    occasion: Occasion, title: str, path: str, in_place_of: str, language: str
) -> DigestItem:
    """Return the item of what is about no clause."""
    return DigestItem(
        kind=occasion.kind,
        report_id=0,
        symbol="",
        paragraph="",
        text="",
        unit="",
        due_on=None,
        in_place_of=in_place_of,
        note=words_of(occasion.note, language) if occasion.note else "",
        path=path,
        title=title,
    )


def _item(
    occasion: Occasion,
    gist: _Gist,
    names: Names,
    link: MailLink | None,
    in_place_of: str,
    language: str,
) -> DigestItem:
    occasion = _with_named_posts(occasion, names)
    if isinstance(gist, EditionGist):
        return _edition_item(occasion, gist, in_place_of, language)
    if isinstance(gist, str):
        return _person_item(occasion, gist, in_place_of, language)
    kind = occasion.kind
    answered_by = link if kind in ANSWERED_BY_LINK else None
    return DigestItem(
        kind=kind,
        report_id=occasion.report_id or 0,
        symbol=gist.symbol,
        paragraph=gist.paragraph,
        text=gist.text,
        unit=names.of(Named.UNIT, gist.unit) if gist.unit else "",
        due_on=occasion.due_on,
        in_place_of=in_place_of,
        remark=gist.remark if kind in _REMARKED else "",
        cleared_first_by=gist.cleared_first_by if kind is ReminderKind.CLEARANCE else "",
        note=words_of(occasion.note, language) if occasion.note else "",
        mandate_id=occasion.mandate_id or 0,
        path=_PAGES.get(kind, "").replace("%s", str(occasion.mandate_id)),
        token=answered_by.token if answered_by else "",
        offer=answered_by.offer if answered_by else None,
        may_accept=answered_by is not None and answered_by.may_accept,
        may_decline=answered_by is not None and answered_by.may_decline,
        points=_points(gist, names) if kind in ANSWERED_BY_LINK else (),
    )


def _points(gist: ReportGist | MandateGist, names: Names) -> tuple[DigestPoint, ...]:
    if isinstance(gist, MandateGist):
        return ()
    return tuple(
        DigestPoint(
            point.text,
            point.person_name or (names.of(Named.UNIT, point.unit_name) if point.unit_name else ""),
            point.status,
        )
        for point in gist.points
    )
