"""The plan of a reporting period: its days, counted back from the slot of the document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from tracker.domain.errors import Invalid
from tracker.domain.reminders import LAST_WORKING_DAY

# The document reaches the conference service about ten weeks before the session (DESIGN.md, slot).
SLOT_BEFORE_SESSION = timedelta(weeks=10)


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


def slot_before(session_opens_on: date) -> date:
    """Return the slot of a session that opens on this day: ten weeks before, on a working day."""
    return working_days_before(session_opens_on - SLOT_BEFORE_SESSION, 0)


def working_days_before(day: date, count: int) -> date:
    """Return the working day (Monday to Friday) that lies ``count`` working days before ``day``.

    Counting begins at the last working day that is not after ``day``. Weeks are counted whole, so
    that holidays of a duty station are left to whoever sets the day.
    """
    start = day - timedelta(days=max(day.weekday() - LAST_WORKING_DAY, 0))
    weeks, rest = divmod(count, LAST_WORKING_DAY + 1)
    found = start - timedelta(weeks=weeks)
    passes_weekend = found.weekday() < rest
    return found - timedelta(days=rest + (2 if passes_weekend else 0))


def plan_back(slot_on: date) -> PeriodPlan:
    """Return the plan that leads to the slot."""
    days = {
        step: working_days_before(slot_on, count)
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
