"""The lines of the pace: how the answers of a period came in by week, and how that is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker import clock
from tracker.database import Session
from tracker.domain.answer_pace import PacePoint, last_day_of, pace
from tracker.domain.periods import PeriodState
from tracker.queries.answer_pace import AnswerDays, find_answer_days, find_period_before
from tracker.queries.compliance import ReportFilter, place_conditions
from tracker.queries.periods import NamedPeriod

# The picture of the pace, in the units of its own drawing.
WIDTH, HEIGHT = 720, 200


@dataclass(frozen=True, slots=True)
class PaceLine:
    """The answers of one period by week, and the line that draws them."""

    period_id: int
    days: AnswerDays
    points: tuple[PacePoint, ...]
    drawn: str

    @property
    def in_week(self) -> Mapping[int, PacePoint]:
        """Return what was received, by week."""
        return {point.week: point for point in self.points}

    def day_of(self, week: int) -> date:
        """Return the day with which a week ends."""
        return last_day_of(week, self.days.due_on)


def pace_lines(session: Session, period: NamedPeriod, wanted: ReportFilter) -> tuple[PaceLine, ...]:
    """Return the line of the period, and that of the one before where there is one.

    They are those of the unit and the subprogramme that are asked for.
    """
    narrowed = place_conditions(wanted)
    before = find_period_before(session, kind=period.kind, starts_on=period.starts_on)
    periods = [(period.id, period.state is PeriodState.OPEN)]
    periods += [(before, False)] if before is not None else []
    told = []
    for period_id, is_open in periods:
        days = find_answer_days(session, period_id, *narrowed)
        if days is None:
            continue
        until = clock.today("UTC") if is_open else None
        points = pace(days.first_texts, asked=days.asked, due_on=days.due_on, until=until)
        if points:
            told.append((period_id, days, points))
    # The due day is always seen.
    weeks = [0, *(point.week for _period_id, _days, points in told for point in points)]
    return tuple(
        PaceLine(period_id, days, points, _drawn(points, min(weeks), max(weeks)))
        for period_id, days, points in told
    )


def _drawn(points: tuple[PacePoint, ...], first: int, last: int) -> str:
    """Return the points of a line from the first week to the last, from nothing to all."""
    room = max(1, last - first)
    return " ".join(
        f"{(point.week - first) * WIDTH / room:.1f},{HEIGHT - point.percent * HEIGHT / 100:.1f}"
        for point in points
    )
