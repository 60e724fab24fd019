"""Occasions of clauses held against the calendar of the body."""

from datetime import date

import pytest

from tracker.domain.occasions import Falling, ScheduledSession, session_meant, when_it_falls

CALENDAR = (
    ScheduledSession(39, "Thirty-ninth session", date(2022, 10, 24)),
    ScheduledSession(40, "Fortieth session", date(2024, 10, 9)),
    ScheduledSession(41, "Forty-first session", date(2026, 10, 7)),
    ScheduledSession(42, "Forty-second session", None),
)


def falls(occasion: str, *, wants_report: bool = True) -> Falling | None:
    return when_it_falls(occasion, adopted_at=40, calendar=CALENDAR, wants_report=wants_report)


@pytest.mark.parametrize(
    ("occasion", "number"),
    [
        ("at its forty-second session", 42),
        ("at its next regular session", 41),
        ("at its forty-first regular session", 41),
        ("at its 42nd session", 42),
        ("en su 42º período de sesiones", 42),
        ("en su próximo período de sesiones", 41),
        ("at its eightieth session", None),
        ("at its thirty-ninth session", None),
        ("before the end of the forty-first session of the General Assembly", None),
        ("at its next special session", None),
        ("annually", None),
    ],
)
def test_the_session_of_the_same_body_is_told(occasion: str, number: int | None) -> None:
    assert session_meant(occasion, 40) == number


def test_a_report_is_due_ten_weeks_before_its_session() -> None:
    assert falls("at its next session") == Falling(
        due_on=date(2026, 7, 29), session_number=41, opens_on=date(2026, 10, 7), year=2026
    )


def test_what_is_no_report_is_due_when_the_session_opens() -> None:
    falling = falls("at its forty-first session", wants_report=False)

    assert falling is not None
    assert falling.due_on == date(2026, 10, 7)


def test_a_session_without_a_day_is_expected_in_the_rhythm_of_those_before() -> None:
    assert falls("at its forty-third session") == Falling(session_number=43, year=2030)
    assert falls("at its forty-second session") == Falling(session_number=42, year=2028)


@pytest.mark.parametrize(
    ("occasion", "due_on"),
    [
        ("by 31 December 2026", date(2026, 12, 31)),
        ("no later than 1 September 2027", date(2027, 9, 1)),
        ("by the end of February 2028", date(2028, 2, 29)),
        ("by the end of 2030", date(2030, 12, 31)),
    ],
)
def test_a_day_is_due_as_it_is_printed(occasion: str, due_on: date) -> None:
    assert falls(occasion) == Falling(due_on=due_on)


@pytest.mark.parametrize("occasion", ["by 31 February 2026", "by 2030", "starting in 2027"])
def test_no_day_is_made_up(occasion: str) -> None:
    assert falls(occasion) is None


def test_a_text_of_no_known_session_has_no_next_one() -> None:
    assert (
        when_it_falls("at its next session", adopted_at=None, calendar=CALENDAR, wants_report=True)
        is None
    )
