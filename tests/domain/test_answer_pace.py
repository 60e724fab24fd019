"""The answers of a period by week, counted from the day on which they were due."""

from datetime import date, timedelta

import pytest

from tracker.domain.answer_pace import MOST_WEEKS, pace

DUE = date(2026, 6, 30)


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def week_ends_on(week: int) -> date:
    return DUE + timedelta(weeks=week)


@pytest.mark.parametrize(
    ("days", "week"), [(-8, -1), (-7, -1), (-6, 0), (0, 0), (1, 1), (7, 1), (8, 2)]
)
def test_a_week_ends_on_the_weekday_of_the_due_day(days: int, week: int) -> None:
    points = pace({on(days): 1}, asked=1, due_on=DUE, until=on(21))

    assert next(point.week for point in points if point.received) == week
    assert week_ends_on(week) >= on(days) > week_ends_on(week - 1)


def test_what_was_received_adds_up_to_the_last_week() -> None:
    points = pace({on(-30): 2, on(-1): 3, on(4): 1}, asked=8, due_on=DUE)

    assert [(point.week, point.received, point.percent) for point in points[-4:]] == [
        (-2, 2, 25),
        (-1, 2, 25),
        (0, 5, 62),
        (1, 6, 75),
    ]
    assert points[0].week == -8
    assert points[0].received == 0


def test_the_line_of_an_open_period_ends_with_today() -> None:
    points = pace({on(-20): 1}, asked=2, due_on=DUE, until=on(-10))

    assert (points[-1].week, points[-1].received) == (-1, 1)


def test_texts_of_long_ago_are_in_the_first_number() -> None:
    points = pace({on(-7 * 100): 4, on(0): 1}, asked=5, due_on=DUE)

    assert len(points) == MOST_WEEKS + 1
    assert [points[0].received, points[-1].received] == [4, 5]


def test_a_period_that_asks_nothing_has_no_line() -> None:
    assert pace({}, asked=0, due_on=DUE) == ()
