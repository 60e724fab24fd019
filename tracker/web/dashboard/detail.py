"""Compliance in detail: the pace of the answers, the map of resolutions and units, sessions."""

from collections.abc import Sequence

from flask import Response, render_template, request
from flask_babel import gettext

from tracker import clock
from tracker.domain.compliance import Compliance
from tracker.domain.permissions import Action
from tracker.queries.compliance_map import ResolutionCounts, compliance_map
from tracker.web import filters
from tracker.web.dashboard.pace_lines import HEIGHT, WIDTH, PaceLine, pace_lines
from tracker.web.dashboard.places import asked_places, narrowed_places, said_of_places
from tracker.web.dashboard.views import asked_period, blueprint
from tracker.web.exports import FORMS, Exported, list_file, page_address
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading


@blueprint.get("/compliance/detail")
@requires(Action.SEE_COMPLIANCE)
def compliance_detail() -> str:
    at = clock.now()
    with reading() as session:
        period = asked_period(session)
        part = request.args.get("part", 1, type=int)
        wanted = asked_places(period.id if period else 0)
        lines = pace_lines(session, period, wanted) if period else ()
        return render_template(
            "dashboard/detail.html",
            period=period,
            **said_of_places(session, wanted),
            map=compliance_map(session, wanted, at=at, part=part),
            lines=lines,
            weeks=_weeks(lines),
            standings=list(Compliance),
            width=WIDTH,
            height=HEIGHT,
        )


@blueprint.get(f"/compliance/map.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_map(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        wanted = asked_places(period.id if period else 0)
        whole = compliance_map(session, wanted, at=clock.now())
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
                    **narrowed_places(wanted),
                ),
                40,
            ),
        ],
        rows=whole.rows,
    )


@blueprint.get(f"/compliance/pace.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_pace(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        wanted = asked_places(period.id if period else 0)
        lines = pace_lines(session, period, wanted) if period else ()
    return list_file(
        form,
        name=f"compliance_by_week_{wanted.period_id}",
        title=gettext("How the texts came in"),
        columns=[
            Exported[int](gettext("Weeks after the due day"), lambda week: week, 24),
            *(_pace_column(line) for line in lines),
        ],
        rows=_weeks(lines),
    )


def _weeks(lines: Sequence[PaceLine]) -> list[int]:
    return sorted({0, *(point.week for line in lines for point in line.points)})


def _pace_column(line: PaceLine) -> Exported[int]:
    def received(week: int) -> int | None:
        point = line.in_week.get(week)
        return point.received if point else None

    asked = gettext("%(count)s asked about", count=filters.number(line.days.asked))
    return Exported(f"{line.days.name} ({asked})", received, 24)


def _unit_column(unit_id: int, name: str) -> Exported[ResolutionCounts]:
    def told(row: ResolutionCounts) -> str | None:
        counts = row.by_unit.get(unit_id)
        return f"{counts.answered}/{counts.asked}" if counts and counts.asked else None

    return Exported(unit_name(name) or name, told, 16)
