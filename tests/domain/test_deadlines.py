"""When a due day ends, how many days remain, and which dates are refused."""

from datetime import UTC, date, datetime

import pytest

from tracker.domain.deadlines import check_due_date, check_extension, days_left, overdue_from
from tracker.domain.errors import Invalid


@pytest.mark.parametrize(
    ("due_on", "time_zone", "expected"),
    [
        (date(2026, 6, 30), "UTC", datetime(2026, 7, 1, 0, 0, tzinfo=UTC)),
        (date(2026, 6, 30), "America/Santiago", datetime(2026, 7, 1, 4, 0, tzinfo=UTC)),
        (date(2026, 6, 30), "Asia/Bangkok", datetime(2026, 6, 30, 17, 0, tzinfo=UTC)),
        # Chile puts its clocks on at midnight of 6 September 2026: that day begins at one.
        (date(2026, 9, 5), "America/Santiago", datetime(2026, 9, 6, 4, 0, tzinfo=UTC)),
        (date(2025, 12, 31), "UTC", datetime(2026, 1, 1, 0, 0, tzinfo=UTC)),
    ],
)
def test_overdue_begins_at_the_end_of_the_day_where_the_unit_is(
    due_on: date, time_zone: str, expected: datetime
) -> None:
    assert overdue_from(due_on, time_zone) == expected


@pytest.mark.parametrize(("due_on", "left"), [(14, -1), (15, 0), (16, 1)])
def test_days_left_are_whole_days(due_on: int, left: int) -> None:
    assert days_left(date(2026, 6, due_on), date(2026, 6, 15)) == left


def test_a_due_date_before_the_adoption_is_refused() -> None:
    with pytest.raises(Invalid, match="before the adoption on 2026-05-16") as refusal:
        check_due_date(date(2026, 5, 15), adopted_on=date(2026, 5, 16))

    assert refusal.value.field == "due_on"


@pytest.mark.parametrize("adopted_on", [date(2026, 5, 16), None])
def test_a_due_date_from_the_adoption_on_is_taken(adopted_on: date | None) -> None:
    check_due_date(date(2026, 5, 16), adopted_on=adopted_on)


@pytest.mark.parametrize("day", [29, 30])
def test_an_extension_that_gives_no_more_time_is_refused(day: int) -> None:
    with pytest.raises(Invalid, match="gives no more time") as refusal:
        check_extension(date(2026, 6, day), current=date(2026, 6, 30))

    assert refusal.value.field == "due_on"


def test_an_extension_by_a_day_is_taken() -> None:
    check_extension(date(2026, 7, 1), current=date(2026, 6, 30))
