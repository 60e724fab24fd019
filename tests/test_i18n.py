"""How due dates are told near now and far from it."""

from datetime import date, timedelta

import pytest

from tracker.i18n import due_in_words

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-14, "Was due 14 days ago (1\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026)"),
        (-1, "Was due 1 day ago (14\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026)"),
        (0, "Due today (Monday 15 June)"),
        (1, "Due in 1 day (Tuesday 16 June)"),
        (21, "Due in 21 days (Monday 6 July)"),
        (22, "Due on 7\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2026"),
    ],
)
def test_a_due_date_is_told_in_words_near_now_and_in_full_otherwise(days: int, words: str) -> None:
    assert due_in_words(TODAY + timedelta(days=days), TODAY, "en") == words
