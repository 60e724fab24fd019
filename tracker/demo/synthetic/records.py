"""What the parts of a synthetic body must know of one another, by the keys of their rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True, slots=True)
class SyntheticUnit:
    """A unit with its subprogramme and the people who write and clear for it."""

    id: int
    subprogramme_id: int
    focal_point_ids: tuple[int, ...]
    manager_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SyntheticMandate:
    """A mandate that requires our action: who answers for it, and the year of its adoption."""

    id: int
    unit: SyntheticUnit
    focal_point_id: int
    adopted_in: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class SyntheticHouse:
    """Who is there, and the years of the sessions, earliest first."""

    coordinator_id: int
    units: tuple[SyntheticUnit, ...]
    years: tuple[int, ...]
    today: date


def at_nine(day: date) -> datetime:
    """Return nine in the morning of a day (UTC), when synthetic people do what they do."""
    return datetime.combine(day, time(9), UTC)
