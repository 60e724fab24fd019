"""Rules of reminders: what they do, whose applies, what none can be, and no telling twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.reminding import DUE, FACTS
from tracker.domain.errors import Invalid
from tracker.domain.escalation import most_reminders, why_no_roll_up
from tracker.domain.reminder_limits import Limit, limits_with
from tracker.domain.reminder_rules import (
    HOUSE,
    USUAL_RULE,
    ReminderRule,
    RuleBook,
    RuleScope,
    RuleTarget,
    check_rule,
    read_days,
)
from tracker.domain.reminders import ReminderKind, occasions_of

KINDS = frozenset(kind.value for kind in ReminderKind)
BODY, UNIT, MANDATE = (
    RuleTarget(RuleScope.BODY, 1),
    RuleTarget(RuleScope.UNIT, 2),
    RuleTarget(RuleScope.MANDATE, 3),
)
RULE = ReminderRule(due_days=(30, 5), slot_days=(7,), repeat_days=10, most_repeats=3)


def names_on(rule: ReminderRule, day: date, *, slot_on: date | None = None) -> list[str]:
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    facts = replace(FACTS, rule=rule, slot_on=slot_on)
    return [each.name.removeprefix("due:42:2026-06-30:") for each in occasions_of(facts, at)]


@pytest.mark.parametrize(
    ("days", "name"),
    [
        pytest.param(-31, [], id="too-early"),
        pytest.param(-30, ["T-30"], id="first-step"),
        pytest.param(-5, ["T-5"], id="second-step"),
        pytest.param(0, ["T-5"], id="no-step-on-the-day"),
        pytest.param(1, ["W0"], id="overdue"),
        pytest.param(11, ["D10"], id="again-after-ten-days"),
        pytest.param(21, ["D20"], id="and-after-twenty"),
        pytest.param(90, ["D20"], id="three-times-at-most"),
    ],
)
def test_steps_are_those_of_the_rule(days: int, name: list[str]) -> None:
    assert names_on(RULE, DUE + timedelta(days=days)) == name


def test_steps_before_the_slot_go_on_after_the_due_day() -> None:
    slot_on = DUE + timedelta(days=20)

    assert names_on(RULE, slot_on - timedelta(days=8), slot_on=slot_on) == ["D10"]
    assert names_on(RULE, slot_on, slot_on=slot_on) == ["D10", f"slot:42:{slot_on}:T-7"]
    assert names_on(RULE, slot_on + timedelta(days=1), slot_on=slot_on) == ["D20"]


def test_a_day_has_one_name_whatever_the_pause_of_the_rule() -> None:
    fortnightly = replace(USUAL_RULE, repeat_days=14)
    day = DUE + timedelta(days=15)

    assert names_on(USUAL_RULE, day) == names_on(fortnightly, day) == ["W2"]


def test_a_silent_occasion_reminds_nobody() -> None:
    assert names_on(replace(RULE, silent=frozenset({"overdue"})), DUE + timedelta(days=9)) == []


def test_what_was_told_since_a_step_began_stands_for_it() -> None:
    at = datetime(2026, 6, 19, 9, tzinfo=UTC)  # eleven days before the due day
    (old,) = occasions_of(FACTS, at)
    facts = replace(FACTS, rule=ReminderRule(due_days=(15, 10)))
    (new,) = occasions_of(facts, at)
    (next_step,) = occasions_of(facts, at + timedelta(days=1))

    assert (old.name, new.name) == ("due:42:2026-06-30:T-14", "due:42:2026-06-30:T-15")
    assert new.was_told_by({old.series: at})
    assert not next_step.was_told_by({old.series: at})


@pytest.mark.parametrize(
    ("held", "applies"),
    [
        ((BODY, UNIT, MANDATE), MANDATE),
        ((BODY, UNIT), UNIT),
        ((BODY,), BODY),
        ((), HOUSE),
    ],
    ids=["mandate", "unit", "body", "house"],
)
def test_the_most_specific_rule_applies(held: tuple[RuleTarget, ...], applies: RuleTarget) -> None:
    book = RuleBook(dict.fromkeys(held, RULE))

    assert book.target_for(body_id=1, unit_id=2, mandate_id=3) == applies


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (replace(RULE, due_days=(366,)), "due_days"),
        (replace(RULE, due_days=(3, 3)), "due_days"),
        (replace(RULE, slot_days=tuple(range(11))), "slot_days"),
        (replace(RULE, repeat_days=0), "repeat_days"),
        (replace(RULE, most_repeats=53), "most_repeats"),
        (replace(RULE, silent=KINDS), "kinds"),
    ],
)
def test_what_no_rule_can_be_is_refused_at_its_field(rule: ReminderRule, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_rule(rule, HOUSE, KINDS)

    assert refusal.value.field == field


def test_days_are_read_as_people_type_them() -> None:
    assert read_days(" 3, 30;14 0", field="due_days") == (30, 14, 3, 0)
    with pytest.raises(Invalid, match="“soon” is no number of days"):
        read_days("3, soon", field="due_days")


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (USUAL_RULE, None),
        (ReminderRule(due_days=(14,), repeat_days=None), 2),
        (ReminderRule(due_days=(), repeat_days=7, most_repeats=2), 2),
        (ReminderRule(due_days=(14, 3), most_repeats=2, silent=frozenset({"due"})), 2),
        (ReminderRule(silent=frozenset({"overdue"})), 0),
    ],
    ids=["without-end", "told-once-after", "twice-after", "none-before", "none-after"],
)
def test_a_rule_gives_so_many_reminders_at_most_as_count_for_a_roll_up(
    rule: ReminderRule, most: int | None
) -> None:
    why = why_no_roll_up(rule, limits_with({Limit.REMINDERS: 3}))

    assert most_reminders(rule) == most
    assert (why is None) == (most is None)


def test_a_rule_that_gives_just_enough_reminders_is_not_warned_of() -> None:
    rule = ReminderRule(due_days=(14,), repeat_days=7, most_repeats=2)

    assert why_no_roll_up(rule, limits_with({Limit.REMINDERS: 3})) is None
    barred = str(why_no_roll_up(rule, limits_with({Limit.REMINDERS: 4})))
    assert barred.endswith("these steps give 3 at most.")
