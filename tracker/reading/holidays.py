"""Reading of holidays: lines that people type, CSV, and calendars of authorities (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime

from icalendar import Calendar

from tracker.domain.errors import Invalid

MOST = 500
LONGEST_NAME = 200


def read_holidays(text: str) -> dict[date, str]:
    """Return name by day of lines such as "2026-12-25 Christmas Day"; commas may part them.

    Raises Invalid with the number of the line that is none.
    """
    found = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        day, _, name = line.replace(",", " ").replace(";", " ").strip().partition(" ")
        if not day:
            continue
        try:
            found[date.fromisoformat(day)] = " ".join(name.split())[:LONGEST_NAME]
        except ValueError as error:
            raise Invalid(
                "Line %(number)s does not begin with a day. Write each as 2026-12-25 Christmas "
                "Day.",
                field="holidays",
                number=number,
            ) from error
    return _few(found)


def read_calendar(content: bytes) -> dict[date, str]:
    """Return name by day of each whole-day event of an .ics file; raise Invalid if it is none."""
    try:
        calendar = Calendar.from_ical(content)
        days = dict(_whole_days(calendar))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(
            "This file is no calendar. Bring one that ends in .ics, or type the days.",
            field="calendar",
        ) from error
    if not days:
        raise Invalid("The calendar holds no whole days. Bring another one.", field="calendar")
    return _few(days)


def _whole_days(calendar: object) -> Iterator[tuple[date, str]]:
    for event in calendar.walk("VEVENT"):  # type: ignore[attr-defined]
        starts = event["dtstart"].dt
        if isinstance(starts, date) and not isinstance(starts, datetime):
            yield starts, " ".join(str(event.get("summary", "")).split())[:LONGEST_NAME]


def _few(days: dict[date, str]) -> dict[date, str]:
    if len(days) > MOST:
        raise Invalid(
            "These are %(count)s days; a duty station takes %(most)s. Bring those of the next "
            "years only.",
            field="holidays",
            count=len(days),
            most=MOST,
        )
    return days
