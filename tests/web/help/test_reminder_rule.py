"""The help about reminders says what the rule does."""

from collections.abc import Callable

import pytest

from tests.pages import CheckedClient
from tests.visitors import text_of
from tracker.domain.permissions import Role
from tracker.domain.reminder_rules import USUAL_RULE, ReminderRule
from tracker.domain.reminders import RULED, ReminderKind
from tracker.web.help.reminder_rule import IN_ORDER, Rhythm, rhythms


def rhythm_of(kind: ReminderKind) -> Rhythm:
    return next(rhythm for rhythm in rhythms() if rhythm.kind is kind)


def test_every_kind_of_reminder_is_told() -> None:
    every_kind = rhythms(ReminderRule(slot_days=(7,)))

    assert {rhythm.kind for rhythm in every_kind} == set(IN_ORDER) == RULED
    assert all(rhythm.recipients for rhythm in every_kind)


def test_reminders_before_the_due_day_are_those_of_the_rule() -> None:
    assert rhythm_of(ReminderKind.DUE).days == tuple(-days for days in USUAL_RULE.due_days)


@pytest.mark.parametrize("kind", [ReminderKind.OVERDUE, ReminderKind.CLEARANCE])
def test_what_the_rule_repeats_is_told_as_repeated(kind: ReminderKind) -> None:
    assert rhythm_of(kind).repeat_days == USUAL_RULE.repeat_days


def test_who_stands_in_for_whom_is_told_in_order() -> None:
    assert rhythm_of(ReminderKind.CLEARANCE).recipients == (
        "the managers of its unit",
        "the managers of the whole house",
    )


def test_a_rule_is_followed_as_far_as_it_reaches() -> None:
    rule = ReminderRule(due_days=(365,), slot_days=(200, 0), repeat_days=90, most_repeats=3)

    told = {rhythm.kind: rhythm for rhythm in rhythms(rule)}

    assert told[ReminderKind.DUE].days == (-365,)
    assert told[ReminderKind.SLOT].days == (-200, 0)
    assert (told[ReminderKind.OVERDUE].repeat_days, told[ReminderKind.OVERDUE].most) == (90, 3)


def test_an_occasion_of_which_nobody_is_reminded_is_not_told() -> None:
    told = {rhythm.kind for rhythm in rhythms(ReminderRule(silent=frozenset({"assigned"})))}

    assert told == set(IN_ORDER) - {ReminderKind.ASSIGNED, ReminderKind.SLOT}


def test_the_page_says_it_in_words(reader: Callable[[Role], CheckedClient]) -> None:
    words = text_of(reader(Role.FOCAL_POINT).get("/help/reminders"))

    assert "14 days before the due day" in words
    assert "1 day after the due day then every 7 days until it is answered" in words
    assert "where there is none: the managers of the whole house" in words
