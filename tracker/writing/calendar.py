"""A calendar feed as a file that calendar programs subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from tracker.domain.calendars import ToldEvent

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)  # how often programs are asked to look again
_PRODUCT = "-//mandate tracker//calendar//EN"


def calendar_file(
    told: Iterable[ToldEvent], *, name: str, language: str, feed_id: int, host: str, base_url: str
) -> bytes:
    """Return the feed; the same events give the same bytes, in the order they are told in.

    All are whole days, and none blocks its reader's time.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in told:
        calendar.add_component(_event(each, language, f"feed-{feed_id}@{host}", base_url))
    content: bytes = calendar.to_ical()
    return content


def _event(told: ToldEvent, language: str, place: str, base_url: str) -> Event:
    event, said = told.event, Event()
    said.add("uid", f"{event.key}.{place}")
    said.add("dtstamp", told.changed_at)
    said.add("last-modified", told.changed_at)
    said.add("sequence", told.sequence)
    said.add("status", "CANCELLED" if told.is_cancelled else "CONFIRMED")
    said.add("transp", "TRANSPARENT")
    said.add("dtstart", event.starts_on)
    said.add("dtend", event.ends_on + timedelta(days=1))  # the day after the last one
    said.add("summary", event.summary, parameters={"language": language})
    if event.gist:
        said.add("description", event.gist)
    is_elsewhere = event.path.startswith(("https://", "http://"))
    said.add("url", event.path if is_elsewhere else f"{base_url}{event.path}")
    return said
