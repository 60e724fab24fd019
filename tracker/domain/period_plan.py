"""The plan of a reporting period: its days, counted back from the slot of the document."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from tracker.domain.digest_times import LAST_WORKING_DAY
from tracker.domain.errors import Invalid

# The document reaches the conference service about ten weeks before the session (DESIGN.md, slot).
SLOT_BEFORE_SESSION = timedelta(weeks=10)
_ONE_DAY = timedelta(days=1)


class PlanStep(StrEnum):
    """A day of the plan, by the field that holds it, in the order in which they come."""

    CALL = "call_on"
    DRAFTS = "due_on"
    CLEARANCE = "clearance_on"
    FRONT_OFFICE = "front_office_on"
    SUBMISSION = "slot_on"


# Six weeks to write, two to clear, one to put the document together, one for the front office.
WORKING_DAYS_BEFORE_SLOT: Mapping[PlanStep, int] = {
    PlanStep.CALL: 50,
    PlanStep.DRAFTS: 20,
    PlanStep.CLEARANCE: 10,
    PlanStep.FRONT_OFFICE: 5,
    PlanStep.SUBMISSION: 0,
}


@dataclass(frozen=True, slots=True)
class PeriodPlan:
    """The days of a period; all but the day on which reports are due can be left open.

    Until ``call_on`` nobody is written to; by the others something is ready: the units' texts,
    their clearance, the document for the front office, the document for the conference service.
    """

    due_on: date
    call_on: date | None = None
    clearance_on: date | None = None
    front_office_on: date | None = None
    slot_on: date | None = None

    def on(self, step: PlanStep) -> date | None:
        """Return the day of a step."""
        day: date | None = getattr(self, step.value)
        return day

    def steps(self) -> Iterator[tuple[PlanStep, date]]:
        """Yield the steps that have a day, in their order."""
        for step in PlanStep:
            day = self.on(step)
            if day is not None:
                yield step, day

    def values(self) -> dict[str, date | None]:
        """Return the days by the names of their fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class MovedStep:
    """A step whose day changes; None is a day that is not set."""

    step: PlanStep
    before: date | None
    after: date | None


def slot_before(session_opens_on: date, holidays: Container[date] = ()) -> date:
    """Return the slot of a session that opens on this day: ten weeks before, on a working day."""
    return working_days_before(session_opens_on - SLOT_BEFORE_SESSION, 0, holidays)


def working_days_before(day: date, count: int, holidays: Container[date] = ()) -> date:
    """Return the working day that lies ``count`` working days before ``day``.

    Those are Monday to Friday without ``holidays``. Counting begins at the last working day that is
    not after ``day``.
    """
    found, left = _last_working_day(day, holidays), count
    while left:
        found = _last_working_day(found - _ONE_DAY, holidays)
        left -= 1
    return found


def _last_working_day(day: date, holidays: Container[date]) -> date:
    while not is_working_day(day, holidays):
        day -= _ONE_DAY
    return day


def is_working_day(day: date, holidays: Container[date] = ()) -> bool:
    """Tell whether somebody works on a day: Monday to Friday, and no holiday."""
    return day.weekday() <= LAST_WORKING_DAY and day not in holidays


def skipped_days(plan: PeriodPlan, holidays: Mapping[date, str]) -> tuple[tuple[date, str], ...]:
    """Return the holidays on weekdays between the first step of a plan and its last, in order."""
    days = [day for _step, day in plan.steps()]
    return tuple(
        (day, name)
        for day, name in sorted(holidays.items())
        if min(days) <= day <= max(days) and is_working_day(day)
    )


def steps_off(plan: PeriodPlan, holidays: Container[date]) -> tuple[tuple[PlanStep, date], ...]:
    """Return the steps of a plan that fall on a day on which nobody works."""
    return tuple((step, day) for step, day in plan.steps() if not is_working_day(day, holidays))


def unknown_years(plan: PeriodPlan, holidays: Iterable[date]) -> tuple[int, ...]:
    """Return the years that a plan reaches into and of which no holiday is known."""
    known = {day.year for day in holidays}
    return tuple(sorted({day.year for _step, day in plan.steps()} - known))


def plan_back(slot_on: date, holidays: Container[date] = ()) -> PeriodPlan:
    """Return the plan that leads to the slot; the slot itself stays as it is."""
    days = {
        step: working_days_before(slot_on, count, holidays)
        for step, count in WORKING_DAYS_BEFORE_SLOT.items()
    }
    return PeriodPlan(
        call_on=days[PlanStep.CALL],
        due_on=days[PlanStep.DRAFTS],
        clearance_on=days[PlanStep.CLEARANCE],
        front_office_on=days[PlanStep.FRONT_OFFICE],
        slot_on=slot_on,
    )


def moved_steps(before: PeriodPlan, after: PeriodPlan) -> tuple[MovedStep, ...]:
    """Return the steps whose day differs between two plans, in their order."""
    return tuple(
        MovedStep(step, before.on(step), after.on(step))
        for step in PlanStep
        if before.on(step) != after.on(step)
    )


def check_plan(plan: PeriodPlan, *, starts_on: date, session_opens_on: date | None) -> None:
    """Refuse a plan whose steps do not follow one another, at the field of the step.

    Two steps may fall on one day. Raises Invalid.
    """
    if plan.due_on < starts_on:
        raise Invalid(
            "The reports would be due on %(due_on)s, before the period begins. "
            "Enter a date on or after %(starts_on)s.",
            field="due_on",
            due_on=plan.due_on,
            starts_on=starts_on,
        )
    if plan.slot_on is not None and plan.slot_on < plan.due_on:
        raise Invalid(
            "The slot on %(slot_on)s lies before the reports are due on %(due_on)s. Enter a later "
            "slot or an earlier due date.",
            field="slot_on",
            slot_on=plan.slot_on,
            due_on=plan.due_on,
        )
    steps = list(plan.steps())
    for (_, earlier), (step, later) in pairwise(steps):
        if later < earlier:
            raise Invalid(
                "%(later)s comes before the step that precedes it, on %(earlier)s. Enter a later "
                "date here, or an earlier one there.",
                field=step.value,
                later=later,
                earlier=earlier,
            )
    if plan.slot_on and session_opens_on and plan.slot_on >= session_opens_on:
        raise Invalid(
            "The session opens on %(opens_on)s, so the document must be there before. Enter an "
            "earlier slot.",
            field="slot_on",
            opens_on=session_opens_on,
        )
