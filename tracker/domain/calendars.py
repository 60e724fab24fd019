"""Calendar feeds: what a date in a calendar is, and what becomes of it when things move."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class FeedKind(StrEnum):
    """Whose dates a feed holds."""

    PERSON = "person"
    UNIT = "unit"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One date, or some days in a row, as it stands now.

    ``key`` stays the same however the date moves; ``path`` is its page on this site, or the whole
    address of one elsewhere.
    """

    key: str
    starts_on: date
    ends_on: date
    summary: str
    gist: str
    path: str


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as the feed tells it: ``sequence`` rises with each change (RFC 5545, 3.8.7.4).

    A cancelled one is still told, so that calendars take it out.
    """

    event: CalendarEvent
    sequence: int
    is_cancelled: bool
    changed_at: datetime


def changes(
    told: Mapping[str, ToldEvent], present: Iterable[CalendarEvent], *, at: datetime
) -> Iterator[ToldEvent]:
    """Yield what a feed has to tell anew: what is new, changed, cancelled or there again."""
    there = {event.key: event for event in present}
    for key, event in there.items():
        before = told.get(key)
        if before is None:
            yield ToldEvent(event, sequence=0, is_cancelled=False, changed_at=at)
        elif before.is_cancelled or before.event != event:
            yield ToldEvent(event, before.sequence + 1, is_cancelled=False, changed_at=at)
    for key, before in told.items():
        if key not in there and not before.is_cancelled:
            yield replace(before, sequence=before.sequence + 1, is_cancelled=True, changed_at=at)
