"""From a list of reports to an act: ask those who answer for exactly these, or assign these."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action
from tracker.domain.reminder_requests import MOST_REQUESTED
from tracker.queries.compliance import chosen_reports
from tracker.queries.reminder_history import reminders_called
from tracker.queries.reminder_requests import (
    made_requests,
    occasions_of_request,
    rehearse_request,
)
from tracker.services.assignments import MOST_AT_ONCE
from tracker.services.reminder_requests import request_reports
from tracker.web.addresses import whole_number
from tracker.web.dashboard.views import asked_period, blueprint, wanted_reports
from tracker.web.errors import refused
from tracker.web.mandates.assigning import assign_page
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/compliance/remind")
@requires(Action.REQUEST_REPORTS)
def rehearse_reminders() -> Page:
    at = clock.now()
    try:
        report_ids = [report_id for report_id, _mandate_id in _chosen(MOST_REQUESTED)]
    except Invalid as refusal:
        return refused(refusal, list_url=url_for("dashboard.compliance"))
    with reading() as session:
        rehearsal = rehearse_request(session, report_ids, asked_by=actor().person_id, at=at)
    return render_template(
        "dashboard/remind.html",
        rehearsal=rehearsal,
        total=len(report_ids),
        at=at,
        today=clock.today(actor().time_zone),
    )


@blueprint.post("/compliance/remind")
@requires(Action.REQUEST_REPORTS)
def remind() -> Response:
    chosen = _pairs()
    with transaction() as session:
        made = request_reports(session, chosen, actor=actor(), at=clock.now())
        made_id = made.id
    with reading() as session:
        (told,) = made_requests(session, request_id=made_id)
    flash(
        ngettext(
            "%(num)s person is asked and gets one mail with the next delivery.",
            "%(num)s people are asked; each gets one mail with the next delivery.",
            told.person_count,
        ),
        "success",
    )
    if told.report_count < len({report_id for report_id, _person_id in chosen}):
        flash(
            gettext(
                "What was answered, given to somebody else or reminded of meanwhile is left out."
            ),
            "notice",
        )
    return redirect(url_for("dashboard.show_request", request_id=made_id), 303)


@blueprint.get("/compliance/requests")
@requires(Action.REQUEST_REPORTS)
def list_requests() -> str:
    with reading() as session:
        return render_template("dashboard/requests.html", requests=made_requests(session))


@blueprint.get("/compliance/requests/<int:request_id>")
@requires(Action.REQUEST_REPORTS)
def show_request(request_id: int) -> str:
    with reading() as session:
        found = made_requests(session, request_id=request_id)
        if not found:
            raise NotFound("There is no such request. Choose one from the list.")
        before = whole_number(request.args.get("before", ""))
        occasions = occasions_of_request(session, found[0])
        history = reminders_called(session, occasions, before=before)
    return render_template("dashboard/request.html", made=found[0], history=history)


@blueprint.get("/compliance/assign")
@requires(Action.ASSIGN_MANDATE)
def assign_chosen() -> Page:
    try:
        mandate_ids = [mandate_id for _report_id, mandate_id in _chosen(MOST_AT_ONCE)]
    except Invalid as refusal:
        return refused(refusal, list_url=url_for("dashboard.compliance"))
    return assign_page(list(dict.fromkeys(mandate_ids)))


def _chosen(most: int) -> list[tuple[int, int]]:
    """Return the reports that the address asks for, with their mandates."""
    with reading() as session:
        period = asked_period(session)
        wanted = wanted_reports(request.args, period.id if period else 0)
        found = chosen_reports(session, wanted, at=clock.now(), most=most + 1)
    if len(found) > most:
        raise Invalid(
            "More than %(most)s reports are like this, too many for one step. Narrow the list "
            "first.",
            most=most,
        )
    return list(found)


def _pairs() -> set[tuple[int, int]]:
    """Return what was sent: each report with the person who is asked for it, "12:5"."""
    found = set()
    for value in request.form.getlist("asked"):
        first, _, last = value.partition(":")
        report_id, person_id = whole_number(first), whole_number(last)
        if report_id is not None and person_id is not None:
            found.add((report_id, person_id))
    if not found:
        raise Invalid("Nobody was chosen, so nothing was sent. Open the list of reports again.")
    return found
