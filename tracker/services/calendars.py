"""Calendar feeds: asked for, given a new address, ended, and told."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.auth.tokens import Purpose, Tokens
from tracker.domain.calendars import FeedKind, ToldEvent, changes
from tracker.domain.errors import Invalid, LinkRefused, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.models.calendars import CalendarEntry, CalendarFeed
from tracker.models.instruments import Body
from tracker.models.people import OrganizationalUnit
from tracker.queries.calendars import TOLD_BACK, Readable, find_readable
from tracker.services import audit

logger = logging.getLogger(__name__)

# An address holds until it is taken back.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def make_feed(session: Session, *, subject: str, actor: Actor, at: datetime) -> CalendarFeed:
    """Give the actor a feed: "person", "unit:ID" or "body:KEY"; one that ended gets a new address.

    Raises Invalid when there is no such unit or body.
    """
    require(actor, Action.READ)
    kind, unit_id, body_id = _subject(session, subject)
    feed = session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.person_id == actor.person_id, CalendarFeed.subject == subject)
        .with_for_update()
    )
    if feed is None:
        feed = CalendarFeed(
            person_id=actor.person_id,
            kind=kind,
            subject=subject,
            unit_id=unit_id,
            body_id=body_id,
            number=1,
            made_at=at,
        )
        session.add(feed)
    elif feed.ended_at is not None:
        feed.ended_at, feed.number = None, feed.number + 1
    else:
        return feed
    session.flush()
    _record(session, "calendar.made", feed, actor=actor, at=at)
    return feed


def renew_address(session: Session, *, feed_id: int, actor: Actor, at: datetime) -> CalendarFeed:
    """Give a feed of the actor's a new address; whoever has the old one sees nothing any more."""
    feed = _own_feed(session, feed_id, actor)
    feed.number += 1
    _record(session, "calendar.renewed", feed, actor=actor, at=at)
    return feed


def end_feed(session: Session, *, feed_id: int, actor: Actor, at: datetime) -> CalendarFeed:
    """End a feed of the actor's: its address leads nowhere from here on."""
    feed = _own_feed(session, feed_id, actor)
    feed.ended_at = at
    _record(session, "calendar.ended", feed, actor=actor, at=at)
    return feed


def secret_of(tokens: Tokens, feed_id: int, number: int) -> str:
    """Return the part of a feed's address that nobody can guess."""
    return tokens.seal(Purpose.CALENDAR, (feed_id, number), expires_at=_NEVER)


def readable_feed(session: Session, *, secret: str, tokens: Tokens, at: datetime) -> Readable:
    """Return the feed at a secret address; raise LinkRefused where it leads nowhere (any more)."""
    feed_id, number = tokens.unseal(Purpose.CALENDAR, secret, count=2, at=at)
    feed = find_readable(session, feed_id, number, at=at)
    if feed is None:
        raise LinkRefused(
            "This calendar has ended or has a new address. Sign in, open your calendars and "
            "subscribe again."
        )
    return feed


def to_tell(feed: Readable, *, at: datetime) -> Sequence[ToldEvent]:
    """Return what the feed has to tell that it has not told yet."""
    return list(changes(feed.told, feed.present, at=at))


def keep_told(session: Session, feed_id: int, news: Sequence[ToldEvent]) -> None:
    """Keep what a feed tells now, so that the next change of it can be told."""
    # Locked, so that two programs that ask at once do not count the same change twice.
    session.scalar(select(CalendarFeed.id).where(CalendarFeed.id == feed_id).with_for_update())
    rows = {
        row.key: row
        for row in session.scalars(select(CalendarEntry).where(CalendarEntry.feed_id == feed_id))
    }
    for each in news:
        event = each.event
        row = rows.get(event.key)
        if row is None:
            row = CalendarEntry(feed_id=feed_id, key=event.key)
            session.add(row)
        elif row.sequence >= each.sequence:
            continue
        row.starts_on, row.ends_on, row.path = event.starts_on, event.ends_on, event.path
        row.summary, row.gist = event.summary, event.gist
        row.sequence, row.is_cancelled = each.sequence, each.is_cancelled
        row.changed_at = each.changed_at


def told_now(feed: Readable, news: Sequence[ToldEvent], *, at: datetime) -> Sequence[ToldEvent]:
    """Return all that the feed tells, in order of its days; what is long past no more."""
    everything = {**feed.told, **{each.event.key: each for each in news}}
    since = (at - TOLD_BACK).date()
    return sorted(
        (each for each in everything.values() if each.event.ends_on >= since),
        key=lambda each: (each.event.starts_on, each.event.key),
    )


def _subject(session: Session, subject: str) -> tuple[FeedKind, int | None, int | None]:
    kind, _, key = subject.partition(":")
    if subject == FeedKind.PERSON:
        return FeedKind.PERSON, None, None
    if kind == FeedKind.UNIT and key.isdecimal() and len(key) < 10:
        unit_id = session.scalar(
            select(OrganizationalUnit.id).where(OrganizationalUnit.id == int(key))
        )
        if unit_id is not None:
            return FeedKind.UNIT, unit_id, None
    if kind == FeedKind.BODY:
        body_id = session.scalar(select(Body.id).where(Body.key == key))
        if body_id is not None:
            return FeedKind.BODY, None, body_id
    raise Invalid("Choose whose dates the calendar shall hold.", field="subject")


def _own_feed(session: Session, feed_id: int, actor: Actor) -> CalendarFeed:
    require(actor, Action.READ)
    feed = session.scalar(
        select(CalendarFeed)
        .where(
            CalendarFeed.id == feed_id,
            CalendarFeed.person_id == actor.person_id,
            CalendarFeed.ended_at.is_(None),
        )
        .with_for_update()
    )
    if feed is None:
        raise NotFound("You have no such calendar. Open your calendars again.")
    return feed


def _record(
    session: Session, action: str, feed: CalendarFeed, *, actor: Actor, at: datetime
) -> None:
    audit.record(
        session, actor=actor, at=at, action=action, subject=feed, after={"subject": feed.subject}
    )
    logger.info("%s: feed %s of person %s", action, feed.id, actor.person_id)
