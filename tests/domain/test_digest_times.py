"""When digests come: weekdays, hours, days off, changes of the clocks, outages."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tracker.domain.digest_times import DigestTimes, check_times, digest_days, is_time, moment_on
from tracker.domain.errors import Invalid

MONDAY = date(2026, 6, 15)
WEEKLY = DigestTimes("UTC")
SANTIAGO = DigestTimes("America/Santiago", hour=0, weekdays=frozenset(range(7)))
NEW_YORK = DigestTimes("America/New_York", hour=2, weekdays=frozenset(range(7)))


def at(day: date, hour: int = 6) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def comes(
    times: DigestTimes,
    moment: datetime,
    last_at: datetime | None = None,
    *,
    since: datetime | None = None,
    due: bool = False,
) -> bool:
    return is_time(times, at=moment, since=since, last_at=last_at, falls_due_today=due)


def test_a_digest_comes_once_a_week_at_its_hour() -> None:
    before = at(MONDAY - timedelta(days=7))

    assert not comes(WEEKLY, at(MONDAY, 5), before)
    assert comes(WEEKLY, at(MONDAY), before)
    assert not comes(WEEKLY, at(MONDAY, 7), at(MONDAY))
    assert not comes(WEEKLY, at(MONDAY + timedelta(days=4)), at(MONDAY))


def test_a_digest_that_an_outage_held_up_comes_when_it_is_over() -> None:
    assert comes(WEEKLY, at(MONDAY + timedelta(days=3)), at(MONDAY - timedelta(days=7)))


def test_a_time_at_which_nothing_was_to_be_told_is_past() -> None:
    saturday, last = at(MONDAY + timedelta(days=5)), at(MONDAY - timedelta(days=7))

    assert not comes(WEEKLY, saturday, last, since=saturday - timedelta(hours=1))
    assert comes(WEEKLY, at(MONDAY), last, since=at(MONDAY, 5))


def test_a_clock_that_was_ahead_holds_no_digest_up() -> None:
    last = at(MONDAY - timedelta(days=7))

    assert comes(WEEKLY, at(MONDAY), last, since=at(MONDAY + timedelta(days=400)))
    assert comes(WEEKLY, at(MONDAY), at(MONDAY + timedelta(days=400)), since=last)


def test_the_day_on_which_something_falls_due_brings_one_besides() -> None:
    thursday = at(MONDAY + timedelta(days=3))

    assert comes(WEEKLY, thursday, at(MONDAY), due=True)
    assert not comes(WEEKLY, thursday + timedelta(hours=1), thursday, due=True)
    assert not comes(WEEKLY, at(MONDAY + timedelta(days=5)), at(MONDAY), due=True)  # a Saturday


def test_a_digest_of_a_day_off_comes_on_the_next_working_day() -> None:
    off = DigestTimes("UTC", days_off=frozenset({MONDAY, MONDAY + timedelta(days=1)}))

    days = list(digest_days(off, MONDAY, MONDAY + timedelta(days=13)))

    assert days == [MONDAY + timedelta(days=2), MONDAY + timedelta(days=7)]


def test_a_friday_off_leads_over_the_weekend_to_monday() -> None:
    friday = MONDAY + timedelta(days=4)
    off = DigestTimes("UTC", weekdays=frozenset({4}), days_off=frozenset({friday}))

    assert list(digest_days(off, MONDAY, MONDAY + timedelta(days=8))) == [
        MONDAY + timedelta(days=7)
    ]


PORT_OF_SPAIN = DigestTimes("America/Port_of_Spain")
KATHMANDU = DigestTimes("Asia/Kathmandu")
TWICE = DigestTimes("America/New_York", hour=1)


@pytest.mark.parametrize(
    ("times", "day", "moment"),
    [
        # The clocks of Santiago leave out the hour that begins the day, those of New York another.
        (SANTIAGO, date(2026, 9, 6), datetime(2026, 9, 6, 4, tzinfo=UTC)),
        (SANTIAGO, date(2026, 9, 7), datetime(2026, 9, 7, 3, tzinfo=UTC)),
        (NEW_YORK, date(2026, 3, 8), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        # Those of New York bring the hour from one to two twice.
        (TWICE, date(2026, 11, 1), datetime(2026, 11, 1, 5, tzinfo=UTC)),
        (PORT_OF_SPAIN, date(2028, 2, 29), datetime(2028, 2, 29, 10, tzinfo=UTC)),
        (KATHMANDU, date(2026, 12, 31), datetime(2026, 12, 31, 0, 15, tzinfo=UTC)),
    ],
)
def test_an_hour_is_that_of_the_person_over_every_change_of_the_clocks(
    times: DigestTimes, day: date, moment: datetime
) -> None:
    assert moment_on(times, day) == moment


@pytest.mark.parametrize("times", [SANTIAGO, NEW_YORK], ids=["santiago", "new_york"])
def test_a_year_of_hourly_rings_brings_one_digest_a_day(times: DigestTimes) -> None:
    moment, last, days = datetime(2026, 1, 1, tzinfo=UTC), None, []
    while moment < datetime(2027, 1, 1, tzinfo=UTC):
        if comes(times, moment, last):
            last = moment
            days.append(moment)
        moment += timedelta(hours=1)

    assert len(days) in {365, 366}
    pauses = {later - earlier for earlier, later in pairwise(days[1:])}
    assert pauses <= {timedelta(hours=hours) for hours in (23, 24, 25)}


@pytest.mark.parametrize(("hour", "weekdays"), [(24, {0}), (-1, {0}), (6, set()), (6, {7})])
def test_what_is_no_hour_or_no_weekday_is_refused(hour: int, weekdays: set[int]) -> None:
    with pytest.raises(Invalid):
        check_times(hour, frozenset(weekdays))
