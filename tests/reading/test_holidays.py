"""Holidays as people type them, and as authorities hand them out."""

from datetime import date

import pytest

from tracker.domain.errors import Invalid
from tracker.reading.holidays import read_calendar, read_holidays

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
    assert read_calendar(CALENDAR) == {date(2026, 12, 25): "Christmas Day"}


@pytest.mark.parametrize("content", [b"", b"nothing", b"\xff\xfe\x00", CALENDAR[:60]])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_calendar(content)


def test_too_many_days_are_refused() -> None:
    many = "\n".join(f"{year}-01-{day:02} x" for year in range(2026, 2046) for day in range(1, 29))

    with pytest.raises(Invalid, match="a duty station takes 500"):
        read_holidays(many)
