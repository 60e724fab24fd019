"""The only clock: every moment and every date of work comes from here."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _system_now() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_now


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _source()


def today(time_zone: str = "UTC") -> date:
    """Return the present date in the named time zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def set_source(source: Callable[[], datetime]) -> None:
    """Let ``source`` say what moment it is; tests and rehearsals use this seam."""
    global _source  # noqa: PLW0603 - the one seam of the one clock
    _source = source


def use_system() -> None:
    """Take the moment from the machine's clock again."""
    set_source(_system_now)
