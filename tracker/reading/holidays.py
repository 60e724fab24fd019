"""Reading of holidays: lines that people type, CSV, and calendars of authorities (RFC 5545)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar

from tracker.domain.errors import Invalid

MOST = 500
LONGEST_NAME = 200
LONGEST_FEAST = 31  # days
YEARS_AHEAD = 5
MOST_TIMES = 40_000  # of one event: a day each, for a century
_FREQUENCIES = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})


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


def read_calendar(content: bytes, *, today: date) -> dict[date, str]:
    """Return name by day of the whole days of an .ics file; raise Invalid if it holds none.

    An event of several days gives each of them. One that comes again and again gives those from
    the year of ``today`` to ``horizon_of`` it, without the days that it excepts; an occurrence that
    the file moves or cancels is taken as it says.
    """
    try:
        calendar = Calendar.from_ical(content)
        days = dict(_whole_days(calendar, today))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(
            "This file is no calendar. Bring one that ends in .ics, or type the days.",
            field="calendar",
        ) from error
    if not days:
        raise Invalid("The calendar holds no whole days. Bring another one.", field="calendar")
    return _few(days)


def horizon_of(today: date) -> date:
    """Return the last day for which holidays that come again are known.

    A period is planned for two years and may be opened for the two that follow, towards a session
    in the year after.
    """
    return date(today.year + YEARS_AHEAD, 12, 31)


# Any: icalendar's own values have no types.
def _whole_days(calendar: Any, today: date) -> Iterator[tuple[date, str]]:
    events = calendar.walk("VEVENT")
    moved = {
        (str(event.get("uid", "")), event["recurrence-id"].dt)
        for event in events
        if "recurrence-id" in event
    }
    for event in events:
        starts = event["dtstart"].dt
        is_cancelled = str(event.get("status", "")).upper() == "CANCELLED"
        if isinstance(starts, datetime) or not isinstance(starts, date) or is_cancelled:
            continue
        uid = None if "recurrence-id" in event else str(event.get("uid", ""))
        name = " ".join(str(event.get("summary", "")).split())[:LONGEST_NAME]
        for first in _occurrences(event, starts, today):
            if (uid, first) not in moved:
                for number in range(_length(event, starts)):
                    yield first + timedelta(days=number), name


def _occurrences(event: Any, starts: date, today: date) -> Iterator[date]:
    """Yield the first day of each time that an event comes; of what comes again, from this year."""
    rules = _listed(event.get("rrule"))
    if not rules and "rdate" not in event:
        yield starts
        return
    excepted = set(_dates(event.get("exdate")))
    found = {starts, *_dates(event.get("rdate"))}
    for rule in rules:
        found.update(_days_of(rule, starts, horizon_of(today)))
    for day in sorted(found - excepted):
        if date(today.year, 1, 1) <= day <= horizon_of(today):
            yield day


def _days_of(rule: Any, starts: date, until: date) -> Iterator[date]:
    """Yield the days of a rule of recurrence; raise ValueError for one of less than a day."""
    parts = dict(part.split("=", 1) for part in rule.to_ical().decode().upper().split(";"))
    if parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError(rule)
    count = int(parts.pop("COUNT", MOST_TIMES))
    last = parts.pop("UNTIL", "")[:8]
    # An end of its own keeps a rule that never holds from being tried until the year 9999.
    parts["UNTIL"] = f"{min(date.fromisoformat(last), until) if last else until:%Y%m%d}"
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    times = rrulestr(text, dtstart=datetime.combine(starts, time.min))
    yield from (moment.date() for moment in islice(times, min(count, MOST_TIMES)))


def _dates(value: Any) -> Iterator[date]:
    for listed in _listed(value):
        for each in listed.dts:
            if isinstance(each.dt, date) and not isinstance(each.dt, datetime):
                yield each.dt


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _length(event: Any, starts: date) -> int:
    """Return how many days an event has; one that says no end, or too late a one, has one."""
    ends = event["dtend"].dt if "dtend" in event else starts
    days = (ends - starts).days if not isinstance(ends, datetime) else 1
    return days if 1 <= days <= LONGEST_FEAST else 1


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
