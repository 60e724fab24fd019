"""Views of the review before a renewal: its table, one mandate, its file, and where it is on."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.recommendations import LONGEST_REASON, LONGEST_REQUEST, Recommendation
from tracker.models.mandates import Mandate
from tracker.queries.recommendations import (
    ReviewedBody,
    ReviewRow,
    ReviewTable,
    review_table,
    reviewed_bodies,
)
from tracker.services.recommendations import recommend, set_review
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.choices import label_choices
from tracker.web.errors import status_of
from tracker.web.exports import FORMS, Exported, list_file
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.security import actor, requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("recommendations", __name__)
Page = str | tuple[str, int] | Redirection


class RecommendForm(TrackerForm):
    """What is recommended for one mandate."""

    recommendation = RadioField(lazy_gettext("At the renewal"), validate_choice=False)
    reason = TextAreaField(
        lazy_gettext("Why"),
        description=lazy_gettext("For the house alone, unless the body has asked for it."),
        render_kw={"maxlength": LONGEST_REASON},
    )
    seen = HiddenField(default="0")


class ReviewForm(VersionedForm):
    """Whether the mandates of a body are reviewed."""

    is_on = BooleanField(lazy_gettext("Review mandates of this body before a renewal"))
    request = StringField(
        lazy_gettext("The body's request for the result"),
        description=lazy_gettext(
            "The paragraph by which the body asked for it, for example 45(X), paragraph 9. Without "
            "it the result is in no file and in no document."
        ),
        render_kw={"maxlength": LONGEST_REQUEST},
    )
    requested_on = DayField(lazy_gettext("Day of the request"))


@blueprint.get("/resolutions/<int:instrument_id>/review")
@requires(Action.REVIEW_MANDATE)
def show(instrument_id: int) -> str:
    table = _table(instrument_id)
    return render_template(
        "recommendations/show.html",
        review=table,
        kinds=list(Recommendation),
        may_review={
            row.mandate.id
            for row in table.rows
            if is_allowed(actor(), Action.REVIEW_MANDATE, unit_id=row.unit_id)
        },
    )


@blueprint.get(f"/resolutions/<int:instrument_id>/review.{FORMS}")
@requires(Action.REVIEW_MANDATE)
def export(instrument_id: int, form: str) -> Response:
    table = _table(instrument_id)
    if not table.body.may_leave_the_house:
        raise WrongState(
            "The body has not asked for this review, so it is in no file. Once it does, an "
            "administrator records the paragraph."
        )
    return list_file(
        form,
        name=f"review_{instrument_id}",
        title=gettext("Review before a renewal"),
        columns=[
            Exported[ReviewRow](
                gettext("Mandate"), lambda row: filters.cited(row.mandate.reference)
            ),
            Exported[ReviewRow](gettext("Text"), lambda row: row.mandate.text, 80),
            Exported[ReviewRow](gettext("Unit"), lambda row: unit_name(row.mandate.unit_name), 30),
            Exported[ReviewRow](
                gettext("At the renewal"),
                lambda row: (
                    filters.label(row.recommended.recommendation) if row.recommended else None
                ),
            ),
            Exported[ReviewRow](
                gettext("Why"), lambda row: row.recommended.reason if row.recommended else None, 60
            ),
        ],
        rows=table.rows,
    )


@blueprint.get("/mandates/<int:mandate_id>/review")
@requires(Action.REVIEW_MANDATE)
def decide(mandate_id: int) -> str:
    table, row = _row(mandate_id)
    told = row.recommended
    form = RecommendForm(
        formdata=None,
        data={
            "recommendation": told.recommendation.value if told else "",
            "reason": told.reason if told else "",
            "seen": str(told.id if told else 0),
        },
    )
    return _decide_page(table, row, form)


@blueprint.post("/mandates/<int:mandate_id>/review")
@requires(Action.REVIEW_MANDATE)
def keep(mandate_id: int) -> Page:
    table, row = _row(mandate_id)
    form = RecommendForm()
    try:
        chosen = _chosen(form)
        with transaction() as session:
            recommend(
                session,
                mandate_id=mandate_id,
                recommendation=chosen,
                reason=form.reason.data or "",
                seen_id=whole_number(form.seen.data or "") or 0,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        if isinstance(refusal, Stale):  # what somebody else wrote is shown; saving again writes on
            form.seen.data = str(row.recommended.id if row.recommended else 0)
        return _decide_page(table, row, form), status_of(refusal)
    flash(gettext("The recommendation is kept."), "success")
    return redirect(url_for("recommendations.show", instrument_id=table.instrument_id), 303)


@blueprint.get("/admin/reviews")
@requires(Action.SET_UP_HOUSE)
def bodies() -> str:
    with reading() as session:
        return render_template("recommendations/bodies.html", bodies=reviewed_bodies(session))


@blueprint.get("/admin/reviews/<int:body_id>")
@requires(Action.SET_UP_HOUSE)
def body(body_id: int) -> str:
    found = _body(body_id)
    form = ReviewForm(
        formdata=None,
        data={
            "is_on": found.is_on,
            "request": found.request,
            "requested_on": found.requested_on,
            "version": str(found.version),
        },
    )
    return render_template("recommendations/body.html", body=found, form=form)


@blueprint.post("/admin/reviews/<int:body_id>")
@requires(Action.SET_UP_HOUSE)
def set_body(body_id: int) -> Page:
    found, form = _body(body_id), ReviewForm()
    if not form.validate():
        return render_template("recommendations/body.html", body=found, form=form), 400
    try:
        with transaction() as session:
            set_review(
                session,
                body_id=body_id,
                version=form.seen_version,
                is_on=form.is_on.data,
                request=form.request.data or "",
                requested_on=form.requested_on.data,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        page = render_template("recommendations/body.html", body=found, form=form)
        return page, status_of(refusal)
    flash(gettext("This holds from now on."), "success")
    return redirect(url_for("recommendations.bodies"), 303)


def _chosen(form: RecommendForm) -> Recommendation:
    if form.recommendation.data not in set(Recommendation):
        raise Invalid("Choose what is recommended.", field="recommendation")
    return Recommendation(form.recommendation.data)


def _table(instrument_id: int) -> ReviewTable:
    with reading() as session:
        table = review_table(session, instrument_id)
    if table is None:
        raise NotFound("There is no such resolution. Choose one from the list.")
    if not table.body.is_on:
        raise WrongState(
            "The review is switched off for this body. An administrator can switch it on."
        )
    return table


def _row(mandate_id: int) -> tuple[ReviewTable, ReviewRow]:
    with reading() as session:
        mandate = session.get(Mandate, mandate_id)
    table = _table(mandate.instrument_id if mandate else 0)
    row = next((row for row in table.rows if row.mandate.id == mandate_id), None)
    if row is None:
        raise NotFound("This mandate is no longer in force, or asks nothing of us.")
    return table, row


def _decide_page(table: ReviewTable, row: ReviewRow, form: RecommendForm) -> str:
    form.recommendation.choices = label_choices(Recommendation)
    return render_template("recommendations/decide.html", review=table, row=row, form=form)


def _body(body_id: int) -> ReviewedBody:
    with reading() as session:
        found = reviewed_bodies(session, body_id=body_id)
    if not found:
        raise NotFound("There is no such body. Choose one from the list.")
    return found[0]
