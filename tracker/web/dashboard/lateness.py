"""For how long reports are overdue, unit by unit: each number opens its reports; also a file."""

from flask import Response, render_template
from flask_babel import gettext

from tracker import clock
from tracker.domain.compliance import Lateness
from tracker.domain.permissions import Action
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import place_conditions
from tracker.queries.lateness import LateCounts, late_counts, of_all_units
from tracker.web import filters
from tracker.web.dashboard.places import asked_places, said_of_places
from tracker.web.dashboard.views import asked_period, blueprint
from tracker.web.exports import FORMS, Exported, list_file
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading


@blueprint.get("/compliance/lateness")
@requires(Action.SEE_COMPLIANCE)
def show_lateness() -> str:
    with reading() as session:
        period = asked_period(session)
        wanted = asked_places(period.id if period else 0)
        of_period = ProgressReport.period_id == wanted.period_id
        counts = late_counts(session, of_period, *place_conditions(wanted), at=clock.now())
        return render_template(
            "dashboard/lateness.html",
            period=period,
            **said_of_places(session, wanted),
            counts=counts,
            total=of_all_units(counts),
            ages=list(Lateness),
        )


@blueprint.get(f"/compliance/lateness.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_lateness(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        wanted = asked_places(period.id if period else 0)
        of_period = ProgressReport.period_id == wanted.period_id
        counts = late_counts(session, of_period, *place_conditions(wanted), at=clock.now())
    return list_file(
        form,
        name=f"overdue_{wanted.period_id}",
        title=gettext("How long it is overdue"),
        columns=[
            Exported[LateCounts](gettext("Unit"), _unit, 34),
            *(_column(each) for each in Lateness),
            Exported[LateCounts](gettext("Overdue"), lambda row: row.total, 12),
        ],
        rows=[*counts, of_all_units(counts)],
    )


def _unit(row: LateCounts) -> str | None:
    return gettext("All units") if row.unit_id is None else unit_name(row.unit)


def _column(lateness: Lateness) -> Exported[LateCounts]:
    return Exported(filters.label(lateness), lambda row: row.by_lateness.get(lateness, 0), 16)
