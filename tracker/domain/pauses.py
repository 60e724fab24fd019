"""Pauses of reminders: from when until when nobody is reminded of what, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.errors import Invalid

LONGEST = timedelta(days=366)
LONGEST_REASON = 500  # characters


class PauseScope(StrEnum):
    """What is paused."""

    HOUSE = "house"
    UNIT = "unit"
    MANDATE = "mandate"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PauseTarget:
    """Of what nobody is reminded, or who is not: everything, or one unit, mandate or person."""

    scope: PauseScope = PauseScope.HOUSE
    id: int = 0

    def __str__(self) -> str:
        """Return how addresses and forms name it."""
        return f"{self.scope}:{self.id}" if self.id else self.scope.value


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who would be reminded of what: the person in their time zone, the unit and the mandate."""

    person_id: int
    time_zone: str
    unit_id: int | None
    mandate_id: int | None


@dataclass(frozen=True, slots=True)
class Pause:
    """The days, both included, of a pause; they are those of whoever would be reminded."""

    target: PauseTarget
    starts_on: date
    ends_on: date
    reason: str

    def stops(self, reminded: Reminded, at: datetime) -> bool:
        """Tell whether nothing of this goes to them at the moment."""
        today = at.astimezone(ZoneInfo(reminded.time_zone)).date()
        return self.starts_on <= today <= self.ends_on and self._is_about(reminded)

    def _is_about(self, reminded: Reminded) -> bool:
        if self.target.scope is PauseScope.HOUSE:
            return True
        ids = {
            PauseScope.UNIT: reminded.unit_id,
            PauseScope.MANDATE: reminded.mandate_id,
            PauseScope.PERSON: reminded.person_id,
        }
        return self.target.id == ids[self.target.scope]


def find_pause(pauses: Iterable[Pause], reminded: Reminded, at: datetime) -> Pause | None:
    """Return the pause that holds for them at the moment, of several the one that ends last."""
    holding = [each for each in pauses if each.stops(reminded, at)]
    return max(holding, key=lambda each: each.ends_on, default=None)


def check_pause(starts_on: date, ends_on: date, reason: str, *, today: date) -> None:
    """Refuse, at its field, a pause that cannot be."""
    if ends_on < starts_on:
        raise Invalid(
            "The last day lies before the first one, %(day)s. Enter that day or a later one.",
            field="ends_on",
            day=starts_on,
        )
    if ends_on < today:
        raise Invalid(
            "This pause is over already. Enter a last day from today on.", field="ends_on"
        )
    if ends_on - starts_on > LONGEST:
        raise Invalid(
            "A pause lasts a year at most. Enter an earlier last day; it can be paused again then.",
            field="ends_on",
        )
    if not reason.strip():
        raise Invalid("Say why; those who wait for a mail read it.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("Say it in %(most)s characters at most.", field="reason", most=LONGEST_REASON)
