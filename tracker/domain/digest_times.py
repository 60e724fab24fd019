"""When digests come: at the hour and on the weekdays of a person's choice, on no day off."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from tracker.domain.errors import Invalid

WEEKDAYS = range(7)  # Monday is 0
LAST_WORKING_DAY = 4  # Friday, counted from Monday as 0
WORKING_DAYS = frozenset(range(LAST_WORKING_DAY + 1))
DEFAULT_HOUR = 6
DEFAULT_WEEKDAYS = frozenset({0})
# After an outage, or a row of days off, a digest that is missing is looked for so far back.
LOOK_BACK = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class DigestTimes:
    """When mail of a person comes, with their days off: holidays of their duty station.

    ``is_chosen`` says that hour and weekdays are their own choice, which no rule of reminders
    overrides.
    """

    time_zone: str
    hour: int = DEFAULT_HOUR
    weekdays: frozenset[int] = DEFAULT_WEEKDAYS
    days_off: frozenset[date] = frozenset()
    is_chosen: bool = False

    def by_rule(self, weekdays: frozenset[int] | None) -> "DigestTimes":
        """Return when what goes by a rule with these weekdays comes; None names none."""
        if self.is_chosen or weekdays is None:
            return self
        return replace(self, weekdays=weekdays)


def check_times(hour: int, weekdays: frozenset[int]) -> None:
    """Refuse an hour that is none, and a choice of no weekday."""
    if hour not in range(24):
        raise Invalid("Choose an hour from 0 to 23.", field="hour")
    if not weekdays or not weekdays <= set(WEEKDAYS):
        raise Invalid(
            "Choose at least one weekday. Whoever wants no reminders hands their mandates to "
            "somebody else.",
            field="weekdays",
        )


def digest_days(times: DigestTimes, first: date, last: date) -> Iterator[date]:
    """Yield the days of regular digests from ``first`` to ``last``.

    One that would fall on a day off comes on the next working day that is none.
    """
    days = {
        _moved(times, first + timedelta(days=number))
        for number in range(-14, (last - first).days + 1)
        if (first + timedelta(days=number)).weekday() in times.weekdays
    }
    yield from sorted(day for day in days if first <= day <= last)


def moment_on(times: DigestTimes, day: date) -> datetime:
    """Return when a digest of this day comes (UTC).

    An hour that a change of the clocks leaves out comes as the next one, one that it brings twice
    comes as the first.
    """
    return datetime.combine(day, time(times.hour), ZoneInfo(times.time_zone)).astimezone(UTC)


def is_time(
    times: DigestTimes,
    *,
    at: datetime,
    since: datetime | None,
    last_at: datetime | None,
    falls_due_today: bool,
) -> bool:
    """Tell whether a digest is to be made at the moment ``at``.

    ``since`` is when this was asked last, so that a time that an outage let pass still counts, and
    one at which nothing was to be told does not; None, or later than ``at``, is unknown.
    ``last_at`` is when the newest digest was made: the first one waits for no weekday. On a working
    day on which something falls due, one comes besides.
    """
    if last_at is not None and last_at > at:
        last_at = None  # of a clock that was ahead
    today = at.astimezone(ZoneInfo(times.time_zone)).date()
    comes_today = falls_due_today and is_working_day(times, today)
    if comes_today and (due_at := moment_on(times, today)) <= at and _is_new(last_at, due_at):
        return True
    is_known = since is not None and since <= at and last_at is not None
    begin = since if is_known else None
    return any(
        moment <= at and _is_new(last_at, moment) and _is_new(begin, moment)
        for moment in _regular_moments(times, today)
    )


# Very many people have the same times.
@lru_cache(maxsize=4096)
def _regular_moments(times: DigestTimes, today: date) -> tuple[datetime, ...]:
    return tuple(moment_on(times, day) for day in digest_days(times, today - LOOK_BACK, today))


def is_time_of_any(
    times: DigestTimes,
    reasons: Collection[tuple[frozenset[int] | None, bool]],
    *,
    at: datetime,
    since: datetime | None,
    last_at: datetime | None,
) -> bool:
    """Tell whether any of what waits lets a digest be made at the moment, which then holds it all.

    ``reasons`` are the weekdays that the rules of what waits name, each with whether it falls due.
    """
    return any(
        is_time(
            times.by_rule(weekdays), at=at, since=since, last_at=last_at, falls_due_today=falls_due
        )
        for weekdays, falls_due in reasons
    )


def next_working_mail(times: DigestTimes, *, at: datetime, last_at: datetime | None) -> datetime:
    """Return when a mail comes that waits for a working day alone, not for the person's weekdays.

    It is ``at`` itself where the hour of today has passed and no digest came since then, and for
    whoever never had one: the first waits for no day.
    """
    if last_at is None:
        return at
    today = at.astimezone(ZoneInfo(times.time_zone)).date()
    for number in count():
        day = today + timedelta(days=number)
        if not is_working_day(times, day):
            continue
        moment = moment_on(times, day)
        if moment > at:
            return moment
        if _is_new(last_at, moment):
            break
    return at


def _is_new(before: datetime | None, moment: datetime) -> bool:
    return before is None or before < moment


def is_working_day(times: DigestTimes, day: date) -> bool:
    """Tell whether the person works on the day, as far as the calendar says."""
    return day.weekday() in WORKING_DAYS | times.weekdays and day not in times.days_off


def _moved(times: DigestTimes, day: date) -> date:
    for _ in range(14):
        if is_working_day(times, day):
            break
        day += timedelta(days=1)
    return day
