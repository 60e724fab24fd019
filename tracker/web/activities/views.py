"""Views of activities: the list, the sheet of one, and the form that adds and changes one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.activities import CATEGORY_OF, MEASURE_OF, Category, CountryPart
from tracker.domain.countries import find_country
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.permissions import Action, is_allowed, may_ever, require
from tracker.domain.records import may_see
from tracker.domain.subjects import AboutKind
from tracker.queries.activities import (
    ActivityFilter,
    ActivityOrder,
    activities_page,
)
from tracker.queries.activity_sheets import ActivitySheet, find_activity_sheet, subprogrammes
from tracker.queries.cooperation import notices_of_activity
from tracker.queries.names import titles_in
from tracker.queries.people import units
from tracker.queries.subjects import subjects_of
from tracker.services.activities import add_activity, change_activity
from tracker.web import filters
from tracker.web.activities.comparison import differences
from tracker.web.activities.forms import ActivityForm, empty_values, values_of
from tracker.web.addresses import whole_number
from tracker.web.choices import unit_choices, units_within_reach
from tracker.web.lists import asked_order, asked_place
from tracker.web.security import actor, requires
from tracker.web.shown_names import names
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("activities", __name__)
Page = str | tuple[str, int] | Response


@blueprint.get("/activities")
@requires(Action.READ)
def index() -> str:
    order, is_descending = asked_order(ActivityOrder.TITLE)
    wanted = wanted_activities()
    with reading() as session:
        page = activities_page(
            session,
            wanted,
            order=order,
            is_descending=is_descending,
            place=asked_place(),
        )
        return render_template(
            "activities/index.html",
            page=page,
            titles=titles_in(session, [row.id for row in page.rows], filters.language()),
            wanted=wanted,
            units=units(session),
            categories=list(Category),
            category_of=CATEGORY_OF,
            measure_of=MEASURE_OF,
            may_add=may_ever(actor(), Action.EDIT_ACTIVITY),
        )


@blueprint.get("/activities/<int:activity_id>")
@requires(Action.READ)
def show(activity_id: int) -> str:
    sheet = sheet_of(activity_id)
    with reading() as session:
        titles = titles_in(session, [activity_id], filters.language())
        notices = notices_of_activity(session, activity_id)
        subjects = subjects_of(session, AboutKind.ACTIVITY, activity_id)
    return render_template(
        "activities/show.html",
        subjects=subjects,
        sheet=sheet,
        notices=notices,
        title=titles.get(activity_id),
        country_parts=list(CountryPart),
        category=CATEGORY_OF[sheet.details.deliverable],
        measure=MEASURE_OF[sheet.details.deliverable],
        may_edit=is_allowed(actor(), Action.EDIT_ACTIVITY, unit_id=sheet.details.unit_id),
        may_link=is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=sheet.details.unit_id),
        may_unlink={
            mandate.mandate_id
            for mandate in sheet.mandates
            if is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=sheet.details.unit_id)
            or is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=mandate.lead_unit_id)
        },
    )


@blueprint.route("/activities/new", methods=["GET", "POST"])
@requires(Action.EDIT_ACTIVITY)
def new() -> Page:
    if request.method == "GET":
        today = clock.today(actor().time_zone)
        return _form_page(ActivityForm(data=empty_values(today, actor().language)))
    form = ActivityForm()
    if "more" in request.form:
        form.add_rows(request.form["more"])
        return _form_page(form)
    if not _offered(form).validate():
        return _form_page(form), 400
    try:
        with transaction() as session:
            activity = add_activity(
                session, details=form.read_details(), actor=actor(), at=clock.now()
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), 400
    flash(
        gettext(
            "“%(title)s” is added. Link it to the mandates that it carries out.",
            title=activity.title,
        ),
        "success",
    )
    return redirect(url_for("activities.show", activity_id=activity.id), 303)


@blueprint.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
@requires(Action.EDIT_ACTIVITY)
def edit(activity_id: int) -> Page:
    sheet = sheet_of(activity_id)
    require(actor(), Action.EDIT_ACTIVITY, unit_id=sheet.details.unit_id)
    if request.method == "GET":
        return _form_page(ActivityForm(data=values_of(sheet.details, sheet.version)), sheet)
    form = ActivityForm()
    if "more" in request.form:
        form.add_rows(request.form["more"])
        return _form_page(form, sheet)
    if not _offered(form, sheet).validate():
        return _form_page(form, sheet), 400
    try:
        with transaction() as session:
            change_activity(
                session,
                activity_id=activity_id,
                version=form.seen_version,
                details=form.read_details(),
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form, sheet), 400
    except Stale:
        return _stale_page(form, activity_id)
    flash(gettext("The activity is saved."), "success")
    return redirect(url_for("activities.show", activity_id=activity_id), 303)


def sheet_of(activity_id: int) -> ActivitySheet:
    """Return everything about one activity; raise NotFound when there is no such one."""
    with reading() as session:
        sheet = find_activity_sheet(session, activity_id)
    if sheet is None or not may_see(actor(), sheet.details.sensitivity, sheet.details.unit_id):
        raise NotFound("There is no such activity. Choose one from the list of activities.")
    return sheet


def _offered(form: ActivityForm, sheet: ActivitySheet | None = None) -> ActivityForm:
    with reading() as session:
        reachable = units_within_reach(units(session), actor(), Action.EDIT_ACTIVITY)
        choices = unit_choices(reachable)
        if sheet is not None and sheet.details.unit_id not in {unit.id for unit in reachable}:
            choices.append((str(sheet.details.unit_id), sheet.unit))
        return form.offer(units=choices, subprogrammes=subprogrammes(session, names()))


def _form_page(
    form: ActivityForm,
    sheet: ActivitySheet | None = None,
    *,
    theirs: list[tuple[str, str]] | None = None,
) -> str:
    return render_template(
        "activities/form.html",
        form=_offered(form, sheet),
        sheet=sheet,
        theirs=theirs or [],
        more=request.form.get("more"),
    )


def _stale_page(form: ActivityForm, activity_id: int) -> Page:
    """Show what stands now beside what was typed; saving once more writes over it knowingly."""
    sheet = sheet_of(activity_id)
    form.version.data = str(sheet.version)
    theirs = differences(sheet, form.read_details())
    return _form_page(form, sheet, theirs=theirs), 409


def wanted_activities() -> ActivityFilter:
    """Return which activities the address asks for; a word that is none of ours asks nothing."""
    sent = request.args
    linked = {"yes": True, "no": False}
    return ActivityFilter(
        words=sent.get("q", "").strip(),
        unit_id=whole_number(sent.get("unit", "")),
        category=sent.get("category", type=Category),
        year=_year(whole_number(sent.get("year", ""))),
        is_linked=linked.get(sent.get("linked", "")),
        country=find_country(sent.get("country", "")),
        is_good_practice=True if sent.get("practice") == "yes" else None,
        has_twin=sent.get("twins") == "yes",
        seen_by=actor(),
    )


def _year(year: int | None) -> int | None:
    return year if year is not None and 1 <= year <= 9999 else None
