"""Due dates: when a day ends, and how many days remain."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.domain.errors import Invalid


@lru_cache(maxsize=4096)
def overdue_from(due_on: date, time_zone: str) -> datetime:
    """Return the moment (aware, UTC) at which an item due on ``due_on`` becomes overdue.

    That is the end of the due day in the lead unit's time zone: one moment, the same for every
    reader (DESIGN.md rule 3).
    """
    midnight = datetime.combine(due_on + timedelta(days=1), time(0), ZoneInfo(time_zone))
    return midnight.astimezone(UTC)


def begins_at(day: date, time_zone: str) -> datetime:
    """Return the moment (aware, UTC) at which a day begins in a time zone."""
    return overdue_from(day - timedelta(days=1), time_zone)


def days_left(due_on: date, today: date) -> int:
    """Return the whole days from ``today`` to ``due_on``; negative when it has passed."""
    return (due_on - today).days


def check_due_date(due_on: date, *, adopted_on: date | None) -> None:
    """Refuse a due date that lies before the adoption of what has to be done."""
    if adopted_on is not None and due_on < adopted_on:
        raise Invalid(
            "The due date %(due_on)s lies before the adoption on %(adopted_on)s. "
            "Enter a date after the adoption.",
            field="due_on",
            due_on=due_on,
            adopted_on=adopted_on,
        )


def check_extension(due_on: date, *, current: date) -> None:
    """Refuse an extension that does not give more time."""
    if due_on <= current:
        raise Invalid(
            "The new date %(due_on)s gives no more time than %(current)s. Enter a later date.",
            field="due_on",
            due_on=due_on,
            current=current,
        )
