"""The list of activities: a template to fill in, the rehearsal of what it would do, its taking."""

import csv
import io
from collections.abc import Mapping, Sequence

from flask import Response as Download
from flask import redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired

from tracker import clock
from tracker.database import Session
from tracker.domain.activities import Deliverable, PartnerKind
from tracker.domain.activity_list import COLUMNS, ActivityRow
from tracker.domain.errors import Invalid, Refused
from tracker.domain.permissions import Action
from tracker.domain.rehearsal import Effect
from tracker.queries.people import units
from tracker.reading.activity_list import activity_list_text, heading_of, read_activity_list
from tracker.services.activity_list import plan_activities, take_activities
from tracker.web import filters
from tracker.web.activities.views import blueprint
from tracker.web.choices import units_within_reach
from tracker.web.forms import TrackerForm
from tracker.web.house import house
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.transactions import reading
from tracker.writing.list_workbook import write_list_template


class ActivityListForm(TrackerForm):
    activities = FileField(
        lazy_gettext("List of activities"),
        description=lazy_gettext(
            "A workbook (XLSX) or a CSV file in UTF-8, one activity a row, 1,000 at most."
        ),
        validators=[FileRequired(lazy_gettext("Choose the file with the list of activities."))],
    )


@blueprint.get("/activities/import")
@requires(Action.EDIT_ACTIVITY)
def upload_list() -> Page:
    return _upload_page(ActivityListForm())


@blueprint.get("/activities/import/template.csv")
@requires(Action.EDIT_ACTIVITY)
def list_template() -> Download:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(_headings())
    return Download(
        f"\ufeff{written.getvalue()}",
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=activities.csv"},
    )


@blueprint.get("/activities/import/template.xlsx")
@requires(Action.EDIT_ACTIVITY)
def list_template_workbook() -> Download:
    with reading() as session:
        within_reach = units_within_reach(units(session), actor(), Action.EDIT_ACTIVITY)
    choices = {
        COLUMNS.index("deliverable"): [filters.label(kind) for kind in Deliverable],
        COLUMNS.index("unit"): [unit.key for unit in within_reach],
    }
    return Download(
        write_list_template(gettext("Activities"), _headings(), choices),
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": "attachment; filename=activities.xlsx"},
    )


@blueprint.post("/activities/import")
@requires(Action.EDIT_ACTIVITY)
def rehearse_list() -> Page:
    return _PAGES.rehearse(ActivityListForm(), at="activities")


@blueprint.post("/activities/import/take")
@requires(Action.EDIT_ACTIVITY)
def take_list() -> Page:
    return _PAGES.take(RehearsedForm(), _take, lambda: redirect(url_for("activities.index"), 303))


def _take(session: Session, rows: Sequence[ActivityRow], seal: str) -> Mapping[Effect, int]:
    return take_activities(
        session, rows, languages=house().languages, actor=actor(), at=clock.now(), seal=seal
    )


def _headings() -> list[str]:
    """Return the columns of the template in the reader's language, with this biennium's years."""
    first = clock.today(actor().time_zone).year
    first -= first % 2
    yearly = [f"{name}_{first + place}" for place in (0, 1) for name in ("planned", "actual")]
    return [heading_of(column, filters.language()) for column in (*COLUMNS, *yearly)]


def _upload_page(form: ActivityListForm) -> str:
    with reading() as session:
        return render_template(
            "activities/list_upload.html",
            form=form,
            heading_of=lambda column: heading_of(column, filters.language()),
            deliverables=list(Deliverable),
            kinds=list(PartnerKind),
            units=units_within_reach(units(session), actor(), Action.EDIT_ACTIVITY),
            language_codes=house().languages,
        )


def _rehearsal_page(rows: Sequence[ActivityRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_activities(session, rows, languages=house().languages, actor=actor())
    page = shown(plan, form)
    page["sentences"] = {done.row.line: [*map(_said, done.refusals)] for done in plan}
    return render_template("activities/list_rehearsal.html", **page)


def _said(refusal: Refused) -> str:
    """Return what a refusal says, with the column of its cell."""
    column = refusal.field if isinstance(refusal, Invalid) else None
    if column is None or (column not in {*COLUMNS} and not column[-4:].isdecimal()):
        return filters.said(refusal)
    return (
        f"{heading_of(column, filters.language())}{filters.translated(':')} {filters.said(refusal)}"
    )


_PAGES = ListPages(activity_list_text, read_activity_list, _upload_page, _rehearsal_page)
