"""The days of a period are counted back from the slot in working days, and follow one another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import Invalid
from tracker.domain.period_plan import (
    PeriodPlan,
    PlanStep,
    check_plan,
    moved_steps,
    plan_back,
    skipped_days,
    slot_before,
    steps_off,
    unknown_years,
    working_days_before,
)

MONDAY, WEDNESDAY, FRIDAY, SUNDAY = (
    date(2026, 6, 1), date(2026, 6, 3), date(2026, 6, 5), date(2026, 6, 7),
)  # fmt: skip
STARTS_ON = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (WEDNESDAY, 0, WEDNESDAY),
        (SUNDAY, 0, FRIDAY),
        (WEDNESDAY, 2, MONDAY),
        (WEDNESDAY, 3, date(2026, 5, 29)),
        (MONDAY, 1, date(2026, 5, 29)),
        (FRIDAY, 5, date(2026, 5, 29)),
        (SUNDAY, 1, date(2026, 6, 4)),
        (MONDAY, 50, date(2026, 3, 23)),
    ],
)
def test_working_days_pass_over_weekends(day: date, count: int, found: date) -> None:
    assert working_days_before(day, count) == found


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), count=st.integers(min_value=1, max_value=80)
)
def test_one_working_day_more_is_one_working_day_earlier(day: date, count: int) -> None:
    nearer, farther = working_days_before(day, count - 1), working_days_before(day, count)

    assert farther == working_days_before(nearer, 1)
    assert farther < nearer
    assert farther.weekday() < 5


def test_a_session_on_a_tuesday_has_its_slot_ten_weeks_before() -> None:
    assert slot_before(date(2026, 4, 21)) == date(2026, 2, 10)
    assert slot_before(date(2026, 4, 19)) == date(2026, 2, 6)  # that Sunday's Friday


def test_the_days_lead_to_the_slot() -> None:
    plan = plan_back(date(2026, 2, 10))

    assert list(plan.steps()) == [
        (PlanStep.CALL, date(2025, 12, 2)),
        (PlanStep.DRAFTS, date(2026, 1, 13)),
        (PlanStep.CLEARANCE, date(2026, 1, 27)),
        (PlanStep.FRONT_OFFICE, date(2026, 2, 3)),
        (PlanStep.SUBMISSION, date(2026, 2, 10)),
    ]
    check_plan(plan, starts_on=STARTS_ON, session_opens_on=date(2026, 4, 21))


HOLIDAYS = {
    date(2025, 12, 25): "Christmas Day",
    date(2026, 1, 1): "New Year",
    date(2026, 1, 31): "A Saturday",
    date(2026, 6, 1): "After the plan",
}


def test_holidays_are_passed_over_like_weekends_and_named() -> None:
    plan = plan_back(date(2026, 2, 10), HOLIDAYS)

    assert plan.call_on == date(2025, 11, 28)  # two working days before 2 December
    assert plan.due_on == date(2026, 1, 13)
    assert [name for _day, name in skipped_days(plan, HOLIDAYS)] == ["Christmas Day", "New Year"]
    assert steps_off(plan, HOLIDAYS) == ()
    assert unknown_years(plan, HOLIDAYS) == ()
    assert unknown_years(plan_back(date(2028, 2, 8), HOLIDAYS), HOLIDAYS) == (2027, 2028)


def test_a_slot_of_a_session_on_a_holiday_is_the_working_day_before() -> None:
    assert slot_before(date(2026, 4, 21), {date(2026, 2, 10)}) == date(2026, 2, 9)


def test_steps_that_fall_on_a_day_off_are_told() -> None:
    plan = PeriodPlan(date(2026, 1, 1), slot_on=date(2026, 1, 31))

    assert [step for step, _day in steps_off(plan, HOLIDAYS)] == [
        PlanStep.DRAFTS,
        PlanStep.SUBMISSION,
    ]


def test_a_plan_needs_no_more_than_the_day_on_which_reports_are_due() -> None:
    check_plan(PeriodPlan(FRIDAY), starts_on=STARTS_ON, session_opens_on=None)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        pytest.param(PeriodPlan(date(2023, 12, 31)), "due_on", id="due before it begins"),
        pytest.param(PeriodPlan(FRIDAY, slot_on=MONDAY), "slot_on", id="slot before due"),
        pytest.param(PeriodPlan(MONDAY, call_on=FRIDAY), "due_on", id="due before the call"),
        pytest.param(
            PeriodPlan(MONDAY, clearance_on=FRIDAY, front_office_on=WEDNESDAY),
            "front_office_on",
            id="front office before clearance",
        ),
        pytest.param(
            PeriodPlan(MONDAY, slot_on=date(2026, 7, 1)), "slot_on", id="slot in the session"
        ),
    ],
)
def test_a_plan_out_of_order_is_refused_at_the_step(plan: PeriodPlan, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_plan(plan, starts_on=STARTS_ON, session_opens_on=date(2026, 7, 1))

    assert refusal.value.field == field


def test_only_steps_with_another_day_move() -> None:
    before = PeriodPlan(MONDAY, clearance_on=WEDNESDAY)
    after = PeriodPlan(MONDAY, clearance_on=FRIDAY, slot_on=SUNDAY)

    assert [(move.step, move.before, move.after) for move in moved_steps(before, after)] == [
        (PlanStep.CLEARANCE, WEDNESDAY, FRIDAY),
        (PlanStep.SUBMISSION, None, SUNDAY),
    ]
