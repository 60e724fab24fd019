"""How the answers of a period came in: by week, counted from the day on which they were due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MOST_WEEKS = 60  # of a period whose texts came early or late, more are not shown


@dataclass(frozen=True, slots=True)
class PacePoint:
    """What was received by the end of a week; ``week`` 0 ends on the due day, -1 a week before."""

    week: int
    received: int
    percent: int


def pace(
    first_texts: Mapping[date, int], *, asked: int, due_on: date, until: date | None = None
) -> tuple[PacePoint, ...]:
    """Return how many of ``asked`` reports had a text by the end of each week, earliest first.

    ``first_texts`` says how many reports got their first submitted text on which day. The line
    begins the week before the first of them, at the latest eight weeks before the due day, and ends
    with the week of ``until``, else with the last text or the due day, whichever is later.
    """
    if not asked:
        return ()
    weeks: dict[int, int] = {}
    for day, count in first_texts.items():
        week = _week(day, due_on)
        weeks[week] = weeks.get(week, 0) + count
    last = max([0, *weeks]) if until is None else _week(until, due_on)
    first = max(min([-8, *(week - 1 for week in weeks)]), last - MOST_WEEKS)
    received = sum(count for week, count in weeks.items() if week < first)
    points = []
    for week in range(first, last + 1):
        received += weeks.get(week, 0)
        points.append(PacePoint(week, received, received * 100 // asked))
    return tuple(points)


def last_day_of(week: int, due_on: date) -> date:
    """Return the day with which a week ends."""
    return due_on + timedelta(days=7 * week)


def _week(day: date, due_on: date) -> int:
    return -((due_on - day).days // 7)
