"""The help about reminders says what the rule does."""

from collections.abc import Callable

import pytest

from tests.pages import CheckedClient
from tests.visitors import text_of
from tracker.domain.permissions import Role
from tracker.domain.reminders import LEAD_DAYS, NEW_DAYS, REPEAT_DAYS, ReminderKind
from tracker.web.help.reminder_rule import IN_ORDER, Rhythm, rhythms


def rhythm_of(kind: ReminderKind) -> Rhythm:
    return next(rhythm for rhythm in rhythms() if rhythm.kind is kind)


def test_every_kind_of_reminder_is_told() -> None:
    assert set(IN_ORDER) == set(ReminderKind)
    assert all(rhythm.days and rhythm.recipients for rhythm in rhythms())


def test_reminders_before_the_due_day_are_those_of_the_rule() -> None:
    assert rhythm_of(ReminderKind.DUE).days == tuple(-days for days in LEAD_DAYS)


@pytest.mark.parametrize("kind", [ReminderKind.OVERDUE, ReminderKind.CLEARANCE])
def test_what_the_rule_repeats_is_told_as_repeated(kind: ReminderKind) -> None:
    assert rhythm_of(kind).repeat_days == REPEAT_DAYS


def test_who_stands_in_for_whom_is_told_in_order() -> None:
    assert rhythm_of(ReminderKind.CLEARANCE).recipients == (
        "the managers of its unit",
        "the managers of the whole house",
    )


def test_the_days_followed_reach_further_than_the_rule() -> None:
    assert max(*LEAD_DAYS, REPEAT_DAYS * 3, NEW_DAYS) < 60


def test_the_page_says_it_in_words(reader: Callable[[Role], CheckedClient]) -> None:
    words = text_of(reader(Role.FOCAL_POINT).get("/help/reminders"))

    assert "14 days before the due day" in words
    assert "1 day after the due day then every 7 days until it is answered" in words
    assert "where there is none: the managers of the whole house" in words
