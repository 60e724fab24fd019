"""Whose holidays count in the plan of a period, and what the pages say about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.period_plan import (
    PeriodPlan,
    PlanStep,
    plan_back,
    skipped_days,
    steps_off,
    unknown_years,
)
from tracker.queries.digest_times import find_seat_id, holidays_at, station_choices
from tracker.web.periods.forms import PlanForm
from tracker.web.transactions import reading


@dataclass(frozen=True, slots=True)
class HolidayNotes:
    """Whose holidays count in a plan (None: nobody's), which it skips, and where it falls on one.

    ``unknown`` are the years that it reaches into and of which no holiday is known.
    """

    station: str | None
    skipped: Sequence[tuple[date, str]]
    off: Sequence[tuple[PlanStep, date, str]]
    unknown: Sequence[int]


def offer_stations(form: PlanForm) -> None:
    """Offer the duty stations; who has not chosen yet has the seat."""
    with reading() as session:
        stations, seat_id = station_choices(session), find_seat_id(session)
    form.offer_stations({str(key): name for key, name in stations}, str(seat_id or ""))


def counted_holidays(form: PlanForm) -> Mapping[date, str]:
    """Return name by day of the holidays that the form counts; none where nobody's are chosen."""
    if form.station_id.data not in form.stations:
        return {}
    with reading() as session:
        return holidays_at(session, int(form.station_id.data))


def show_counted_back(form: PlanForm, slot_on: date) -> None:
    """Write into the form the plan that leads to the slot over the holidays that it counts."""
    form.show(plan_back(slot_on, counted_holidays(form)))


def notes_on(form: PlanForm, plan: PeriodPlan) -> HolidayNotes:
    """Return what the page says about holidays in a plan."""
    holidays = counted_holidays(form)
    station = form.stations.get(form.station_id.data or "")
    return HolidayNotes(
        station=station,
        skipped=skipped_days(plan, holidays),
        off=[(step, day, holidays.get(day, "")) for step, day in steps_off(plan, holidays)],
        unknown=unknown_years(plan, holidays) if station else (),
    )
