"""Compliance in detail: the pace of the answers, the map of resolutions and units, sessions."""

from flask import Response, render_template, request
from flask_babel import gettext

from tracker import clock
from tracker.domain.compliance import Compliance
from tracker.domain.permissions import Action
from tracker.queries.compliance_map import ResolutionCounts, compliance_map
from tracker.queries.periods import period_names
from tracker.web.dashboard.pace_lines import HEIGHT, WIDTH, pace_lines
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
        lines = pace_lines(session, period) if period else ()
        return render_template(
            "dashboard/detail.html",
            period=period,
            periods=period_names(session),
            map=compliance_map(session, period.id if period else 0, at=at, part=part),
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
