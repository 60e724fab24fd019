"""The holidays of a duty station, and what others in their place would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.rehearsal import Effect


@dataclass(frozen=True, slots=True)
class PlannedHoliday:
    """A day, its name, and what becomes of it; ``was`` is the name that a changed one had."""

    day: date
    name: str
    effect: Effect
    was: str = ""


def with_calendar(
    days: Mapping[date, str], brought: Mapping[date, str], *, replaces: bool
) -> dict[date, str]:
    """Return the days with those of a calendar, which take the place of the same days.

    With ``replaces`` the other days of the years that it covers are taken away.
    """
    years = {day.year for day in brought} if replaces else set()
    return {**{day: name for day, name in days.items() if day.year not in years}, **brought}


def changes_between(
    before: Mapping[date, str], after: Mapping[date, str]
) -> tuple[PlannedHoliday, ...]:
    """Return what becomes of each day, in their order."""
    return tuple(_planned(day, before, after) for day in sorted({*before, *after}))


def _planned(day: date, before: Mapping[date, str], after: Mapping[date, str]) -> PlannedHoliday:
    if day not in after:
        return PlannedHoliday(day, before[day], Effect.REMOVED)
    if day not in before:
        return PlannedHoliday(day, after[day], Effect.MADE)
    if before[day] == after[day]:
        return PlannedHoliday(day, after[day], Effect.SAME)
    return PlannedHoliday(day, after[day], Effect.CHANGED, before[day])
