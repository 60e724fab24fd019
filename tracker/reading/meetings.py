"""Reading of meetings out of the calendars that organizations hand out (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from tracker.domain.errors import Invalid
from tracker.domain.followed_meetings import LONGEST, MeetingDetails, MeetingRow

MOST = 200


def calendar_text(content: bytes) -> str:
    """Return the text of an .ics file; raise Invalid where it is none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_calendar() from error


def read_meetings(text: str) -> Sequence[MeetingRow]:
    """Return the events of a calendar in its order; raise Invalid where it holds none.

    One that the calendar cancels is among them, so that it is cancelled here, too.
    """
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
        found = [_meeting(event) for event in events if "dtstart" in event]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_calendar() from error
    if not found:
        raise Invalid("The calendar holds no meetings. Bring another one.", field="calendar")
    if len(found) > MOST:
        raise Invalid(
            "These are %(count)s meetings; at most %(most)s are taken at once. Bring those of the "
            "next years only.",
            field="calendar",
            count=len(found),
            most=MOST,
        )
    return [MeetingRow(line, details) for line, details in enumerate(found, 1)]


def _no_calendar() -> Invalid:
    return Invalid(
        "This file is no calendar. Bring one that ends in .ics, or add the meetings one by one.",
        field="calendar",
    )


# Any: icalendar's own values have no types.
def _meeting(event: Any) -> MeetingDetails:
    starts_on = _day(event["dtstart"].dt)
    organizer = event.get("organizer")
    name = organizer.params.get("CN", "") if organizer is not None else ""
    return MeetingDetails(
        title=_line(event.get("summary", "")),
        organizer=_line(name),
        starts_on=starts_on,
        ends_on=max(_last_day(event, starts_on), starts_on),
        place=_line(event.get("location", "")),
        address=_line(event.get("url", "")),
        is_cancelled=str(event.get("status", "")).upper() == "CANCELLED",
        uid=_uid(event),
    )


def _uid(event: Any) -> str:
    """Return by what a calendar knows an event; one of a series also by its place in it."""
    uid = str(event.get("uid", ""))
    if uid and "recurrence-id" in event:
        uid = f"{uid}/{event['recurrence-id'].dt.isoformat()}"
    return _line(uid)


def _last_day(event: Any, starts_on: date) -> date:
    if "dtend" not in event:
        return starts_on
    ends = event["dtend"].dt
    # The end is the first moment after the meeting: of whole days, the day after the last.
    is_after = not isinstance(ends, datetime) or (ends.hour, ends.minute) == (0, 0)
    return _day(ends) - timedelta(days=1) if is_after else _day(ends)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _line(value: object) -> str:
    return " ".join(str(value).split())[:LONGEST]
