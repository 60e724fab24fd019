"""The list of activities as a file."""

from flask import Response
from flask_babel import gettext

from tracker.domain.activities import MEASURE_OF
from tracker.domain.permissions import Action
from tracker.domain.subjects import AboutKind
from tracker.queries.activities import ActivityOrder, all_activities
from tracker.queries.names import titles_in
from tracker.queries.subjects import all_subjects
from tracker.web import filters
from tracker.web.activities.views import blueprint, wanted_activities
from tracker.web.exports import FORMS, Exported, identifiers, list_file, named, page_addresses
from tracker.web.lists import asked_order
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.subjects.shown import subject_names
from tracker.web.transactions import reading


@blueprint.get(f"/activities/list.{FORMS}")
@requires(Action.READ)
def export(form: str) -> Response:
    order, is_descending = asked_order(ActivityOrder.TITLE)
    with reading() as session:
        about = all_subjects(session, AboutKind.ACTIVITY)
        address = page_addresses("activities.show", "activity_id")
        titles = titles_in(session, None, filters.language())
        return list_file(
            form,
            name="activities",
            title=gettext("Activities"),
            columns=[
                Exported(gettext("Title"), lambda row: titles.get(row.id, row.title), 60),
                Exported(
                    gettext("What it is"), named(lambda row: row.deliverable, filters.label), 30
                ),
                Exported(gettext("Unit"), named(lambda row: row.unit, unit_name), 30),
                Exported(gettext("Starts on"), lambda row: row.starts_on, 12),
                Exported(gettext("Ends on"), lambda row: row.ends_on, 12),
                Exported(gettext("Planned"), lambda row: row.planned, 10),
                Exported(gettext("Actual"), lambda row: row.actual, 10),
                Exported(
                    gettext("Counted in"),
                    named(lambda row: MEASURE_OF[row.deliverable], filters.label),
                ),
                Exported(gettext("Mandates"), lambda row: row.mandate_count, 10),
                Exported(gettext("Subjects"), lambda row: subject_names(about.get(row.id, ())), 40),
                *identifiers(lambda row: row.id, lambda row: address(row.id)),
            ],
            rows=all_activities(
                session, wanted_activities(), order=order, is_descending=is_descending
            ),
        )
