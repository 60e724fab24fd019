"""Compliance in detail: the pace of the answers, the map of resolutions and units, sessions."""

from dataclasses import dataclass
from datetime import date

from flask import Response, render_template
from flask_babel import gettext

from tracker import clock
from tracker.database import Session
from tracker.domain.answer_pace import PacePoint, last_day_of, pace
from tracker.domain.compliance import Compliance
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action
from tracker.models.progress import ReportingPeriod
from tracker.queries.answer_pace import AnswerDays, find_answer_days, find_period_before
from tracker.queries.compliance_map import ResolutionCounts, compliance_map, fitted
from tracker.queries.periods import period_names
from tracker.web.dashboard.views import asked_period, blueprint
from tracker.web.exports import FORMS, Exported, list_file, page_address
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading

# The picture of the pace, in the units of its own drawing.
WIDTH, HEIGHT = 720, 200


@dataclass(frozen=True, slots=True)
class PaceLine:
    """The answers of one period by week, and the line that draws them."""

    period_id: int
    days: AnswerDays
    points: tuple[PacePoint, ...]
    drawn: str

    def day_of(self, week: int) -> date:
        """Return the day with which a week ends."""
        return last_day_of(week, self.days.due_on)


@blueprint.get("/compliance/detail")
@requires(Action.SEE_COMPLIANCE)
def compliance_detail() -> str:
    at = clock.now()
    with reading() as session:
        period = asked_period(session)
        whole = compliance_map(session, period.id if period else 0, at=at)
        lines = _pace_lines(session, period) if period else ()
        return render_template(
            "dashboard/detail.html",
            period=period,
            periods=period_names(session),
            map=fitted(whole),
            whole=whole,
            lines=lines,
            weeks=sorted({0, *(point.week for line in lines for point in line.points)}),
            standings=list(Compliance),
            width=WIDTH,
            height=HEIGHT,
        )


@blueprint.get(f"/compliance/map.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_map(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        whole = compliance_map(session, period.id if period else 0, at=clock.now())
    return list_file(
        form,
        name=f"compliance_by_resolution_{period.id}" if period else "compliance_by_resolution",
        title=gettext("Compliance by resolution"),
        columns=[
            Exported[ResolutionCounts](gettext("Resolution"), lambda row: row.symbol, 18),
            Exported[ResolutionCounts](gettext("Title"), lambda row: row.title, 60),
            Exported[ResolutionCounts](gettext("Asked"), lambda row: row.asked, 10),
            Exported[ResolutionCounts](gettext("Answered"), lambda row: row.answered, 12),
            Exported[ResolutionCounts](gettext("Overdue"), lambda row: row.late, 12),
            *(_unit_column(unit.unit_id, unit.unit) for unit in whole.units),
            Exported[ResolutionCounts](
                gettext("Address of the page"),
                lambda row: page_address(
                    "dashboard.compliance",
                    period=period.id if period else None,
                    resolution=row.instrument_id,
                ),
                40,
            ),
        ],
        rows=whole.rows,
    )


def _unit_column(unit_id: int, name: str) -> Exported[ResolutionCounts]:
    def told(row: ResolutionCounts) -> str | None:
        counts = row.by_unit.get(unit_id)
        return f"{counts.answered}/{counts.asked}" if counts and counts.asked else None

    return Exported(unit_name(name) or name, told, 16)


def _pace_lines(session: Session, period: ReportingPeriod) -> tuple[PaceLine, ...]:
    """Return the line of the period, and that of the one before where there is one."""
    before = find_period_before(session, kind=period.kind, starts_on=period.starts_on)
    wanted = [(period.id, period.state is PeriodState.OPEN)]
    wanted += [(before, False)] if before is not None else []
    told = []
    for period_id, is_open in wanted:
        days = find_answer_days(session, period_id)
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
