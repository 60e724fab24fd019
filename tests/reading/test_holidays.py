"""Holidays as people type them, and as authorities hand them out."""

from datetime import date

import pytest

from tracker.domain.errors import Invalid
from tracker.reading.holidays import horizon_of, read_calendar, read_holidays

TODAY = date(2026, 11, 30)
CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20261225\r
SUMMARY:Christmas Day\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART:20261224T180000Z\r
SUMMARY:A party\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_lines_and_csv_are_read_alike() -> None:
    typed = read_holidays("2026-12-25 Christmas Day\n\n 2027-01-01  New Year\n")

    assert typed == {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year"}
    assert read_holidays("\ufeff2026-12-25,Christmas Day\n2027-01-01;New Year") == typed


def test_a_line_that_begins_with_no_day_is_named() -> None:
    with pytest.raises(Invalid, match="Line 2 does not begin with a day"):
        read_holidays("2026-12-25 Christmas Day\n25 December")


def test_whole_days_of_a_calendar_are_holidays() -> None:
    assert read_calendar(CALENDAR, today=TODAY) == {date(2026, 12, 25): "Christmas Day"}


@pytest.mark.parametrize("content", [b"", b"nothing", b"\xff\xfe\x00", CALENDAR[:60]])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_calendar(content, today=TODAY)


def test_too_many_days_are_refused() -> None:
    many = "\n".join(f"{year}-01-{day:02} x" for year in range(2026, 2046) for day in range(1, 29))

    with pytest.raises(Invalid, match="a duty station takes 500"):
        read_holidays(many)


def test_an_event_of_several_days_gives_each_of_them() -> None:
    carnival = CALENDAR.replace(b"20261225\r", b"20261225\r\nDTEND;VALUE=DATE:20261228\r")

    assert [day.day for day in read_calendar(carnival, today=TODAY)] == [25, 26, 27]


def repeated(*lines: str, starts: str = "20201225") -> dict[date, str]:
    """Return what is read of Christmas Day as it comes again by these lines."""
    more = "".join(f"{line}\r\n" for line in lines).encode()
    content = CALENDAR.replace(b"20261225\r\n", starts.encode() + b"\r\n" + more)
    return read_calendar(content, today=TODAY)


def test_what_comes_again_each_year_is_known_as_far_as_periods_are_planned() -> None:
    days = repeated("RRULE:FREQ=YEARLY")

    assert sorted(days) == [date(year, 12, 25) for year in range(2026, 2032)]
    assert horizon_of(TODAY) == date(2031, 12, 31)


@pytest.mark.parametrize(
    ("lines", "years"),
    [
        (["RRULE:FREQ=YEARLY;UNTIL=20281231T235959Z"], [2026, 2027, 2028]),
        (["RRULE:FREQ=YEARLY;COUNT=8"], [2026, 2027]),
        (["RRULE:FREQ=YEARLY;UNTIL=20281231", "EXDATE;VALUE=DATE:20271225"], [2026, 2028]),
        (["RDATE;VALUE=DATE:20271225,20491225"], [2027]),
        (["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RDATE;VALUE=DATE:20261225"], [2026]),
    ],
    ids=["until", "count", "excepted", "dates", "a rule that never holds"],
)
def test_ends_exceptions_and_further_dates_are_taken(lines: list[str], years: list[int]) -> None:
    assert [day.year for day in sorted(repeated(*lines))] == years


def test_an_occurrence_that_is_moved_is_taken_where_it_is() -> None:
    moved = (
        "END:VEVENT", "BEGIN:VEVENT", "UID:1", "RECURRENCE-ID;VALUE=DATE:20271225",
        "DTSTART;VALUE=DATE:20271227", "SUMMARY:Christmas Day, kept on Monday",
        "END:VEVENT", "BEGIN:VEVENT", "UID:9", "DTSTART;VALUE=DATE:20260101", "STATUS:CANCELLED",
    )  # fmt: skip

    days = repeated("RRULE:FREQ=YEARLY;UNTIL=20281231", *moved)

    assert sorted(days) == [date(2026, 12, 25), date(2027, 12, 27), date(2028, 12, 25)]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=13", "INTERVAL=2"])
def test_a_rule_of_moments_or_of_nothing_is_refused(rule: str) -> None:
    with pytest.raises(Invalid):
        repeated(f"RRULE:{rule}")
