"""Views that link activities to the mandates that they carry out, from either side."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.activity_details import ended_before_adoption
from tracker.domain.errors import Duplicate, Invalid, NotFound
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.linking import (
    MOST,
    LinkableMandate,
    activities_to_link,
    find_linkable_mandate,
    mandates_to_link,
)
from tracker.services.activities import link_activity, unlink_activity
from tracker.web import filters
from tracker.web.activities.link_forms import ActivityLinkForm, MandateLinkForm
from tracker.web.activities.views import Page, blueprint, sheet_of
from tracker.web.forms import TrackerForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.route("/activities/<int:activity_id>/link", methods=["GET", "POST"])
@requires(Action.LINK_ACTIVITY)
def link(activity_id: int) -> Page:
    form = MandateLinkForm()
    if request.method == "GET":
        return _mandates_page(form, activity_id)
    if not form.validate():
        return _mandates_page(form, activity_id), 400
    try:
        _link(activity_id, form.mandate_id.data, form.contribution.data or "")
    except (Invalid, Duplicate) as refusal:
        _refuse(form, refusal, "mandate_id")
        return _mandates_page(form, activity_id), 400
    return redirect(url_for("activities.show", activity_id=activity_id), 303)


@blueprint.route("/mandates/<int:mandate_id>/activities/link", methods=["GET", "POST"])
@requires(Action.LINK_ACTIVITY)
def link_to_mandate(mandate_id: int) -> Page:
    form = ActivityLinkForm()
    if request.method == "GET":
        return _activities_page(form, mandate_id)
    if not form.validate():
        return _activities_page(form, mandate_id), 400
    try:
        _link(form.activity_id.data, mandate_id, form.contribution.data or "")
    except (Invalid, Duplicate, NotFound) as refusal:
        _refuse(form, refusal, "activity_id")
        return _activities_page(form, mandate_id), 400
    return redirect(url_for("mandates.by_id", mandate_id=mandate_id), 303)


@blueprint.post("/activities/<int:activity_id>/unlink/<int:mandate_id>")
@requires(Action.LINK_ACTIVITY)
def unlink(activity_id: int, mandate_id: int) -> Page:
    with transaction() as session:
        unlink_activity(
            session,
            activity_id=activity_id,
            mandate_id=mandate_id,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The link is removed; the history of both keeps it."), "success")
    return redirect(url_for("activities.show", activity_id=activity_id), 303)


def _link(activity_id: int, mandate_id: int, contribution: str) -> None:
    with transaction() as session:
        is_plausible = link_activity(
            session,
            activity_id=activity_id,
            mandate_id=mandate_id,
            contribution=contribution,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The activity is linked to the mandate."), "success")
    if not is_plausible:
        flash(
            gettext(
                "The activity ended before the resolution was adopted. If that is a slip, correct "
                "the dates of the activity or remove the link."
            ),
            "notice",
        )


def _refuse(form: TrackerForm, refusal: Invalid | Duplicate | NotFound, field: str) -> None:
    form.refuse(Invalid(refusal.sentence, field=field, **refusal.values))


def _mandates_page(form: MandateLinkForm, activity_id: int) -> str:
    sheet = sheet_of(activity_id)
    words = request.args.get("q", "").strip()
    with reading() as session:
        found = mandates_to_link(session, words, activity_id=activity_id) if words else ()
    may_link_own = is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=sheet.details.unit_id)
    reachable = [
        mandate
        for mandate in found[:MOST]
        if may_link_own or is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=mandate.lead_unit_id)
    ]
    form.mandate_id.choices = [(mandate.id, mandate.symbol) for mandate in reachable]
    last_day = sheet.details.ends_on or sheet.details.starts_on
    return render_template(
        "activities/link.html",
        form=form,
        sheet=sheet,
        words=words,
        mandates=reachable,
        has_more=len(found) > MOST,
        early={
            mandate.id
            for mandate in reachable
            if ended_before_adoption(last_day, mandate.adopted_on)
        },
    )


def _activities_page(form: ActivityLinkForm, mandate_id: int) -> str:
    mandate = _mandate(mandate_id)
    words = request.args.get("q", "").strip()
    with reading() as session:
        found = activities_to_link(session, words, mandate_id=mandate_id)
    may_link_own = is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=mandate.lead_unit_id)
    reachable = [
        activity
        for activity in filters.seen(found[:MOST])
        if may_link_own or is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=activity.unit_id)
    ]
    form.activity_id.choices = [(activity.id, activity.title) for activity in reachable]
    return render_template(
        "activities/link_to_mandate.html",
        form=form,
        mandate=mandate,
        words=words,
        activities=reachable,
        has_more=len(found) > MOST,
    )


def _mandate(mandate_id: int) -> LinkableMandate:
    with reading() as session:
        mandate = find_linkable_mandate(session, mandate_id)
    if mandate is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    return mandate
