"""Views of the directory of national focal points: the list, one added, changed, ended, a file."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.countries import countries, country_name, find_country
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.national_focal_points import (
    COLUMNS,
    FocalPointDetails,
    FocalPointOrder,
    FocalPointRow,
)
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.rehearsal import Effect
from tracker.models.national_focal_points import NationalFocalPoint
from tracker.queries.national_focal_points import find_focal_point, listed_focal_points
from tracker.reading.focal_point_list import focal_point_list_text, read_focal_point_list
from tracker.services.national_focal_points import (
    add_focal_point,
    change_focal_point,
    end_focal_point,
    plan_focal_points,
    take_focal_points,
)
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.focal_points.forms import FocalPointForm, FocalPointListForm
from tracker.web.lists import asked_order
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("focal_points", __name__, url_prefix="/focal-points")


@blueprint.get("")
@requires(Action.READ)
def index() -> Page:
    order, is_descending = asked_order(FocalPointOrder.COUNTRY)
    country = find_country(request.args.get("country", ""))
    shows_ended = request.args.get("show") == "ended"
    words = request.args.get("q", "").strip()
    with reading() as session:
        rows = listed_focal_points(
            session,
            language=filters.language(),
            on=clock.today(actor().time_zone),
            words=words,
            country=country,
            shows_ended=shows_ended,
            order=order,
            is_descending=is_descending,
        )
    return render_template(
        "focal_points/index.html",
        rows=rows,
        words=words,
        country=country,
        countries=countries(filters.language()),
        shows_ended=shows_ended,
        keeps=is_allowed(actor(), Action.KEEP_FOCAL_POINTS),
    )


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Action.KEEP_FOCAL_POINTS)
def add() -> Page:
    form = FocalPointForm().offer()
    if request.method == "GET":
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 400
    try:
        with transaction() as session:
            add_focal_point(session, details=form.details, actor=actor(), at=clock.now())
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), status_of(refusal)
    flash(gettext("The national focal point is added."), "success")
    return redirect(url_for("focal_points.index"), 303)


@blueprint.route("/<int:focal_point_id>", methods=["GET", "POST"])
@requires(Action.KEEP_FOCAL_POINTS)
def change(focal_point_id: int) -> Page:
    found = _found(focal_point_id)
    if request.method == "GET":
        values = {name: getattr(found, name) for name in FocalPointDetails.__slots__}
        return _form_page(FocalPointForm(data=values | {"version": found.version}).offer(), found)
    form = FocalPointForm().offer()
    if not form.validate():
        return _form_page(form, found), 400
    try:
        with transaction() as session:
            change_focal_point(
                session,
                focal_point_id=focal_point_id,
                version=form.seen_version,
                details=form.details,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form, found), status_of(refusal)
    flash(gettext("The national focal point is saved."), "success")
    return redirect(url_for("focal_points.index"), 303)


@blueprint.post("/<int:focal_point_id>/end")
@requires(Action.KEEP_FOCAL_POINTS)
def end(focal_point_id: int) -> Page:
    form = FocalPointForm().offer()
    try:
        with transaction() as session:
            end_focal_point(
                session,
                focal_point_id=focal_point_id,
                version=form.seen_version,
                on=clock.today(actor().time_zone),
                actor=actor(),
                at=clock.now(),
            )
    except WrongState as refusal:
        flash(filters.said(refusal), "notice")
        return redirect(url_for("focal_points.change", focal_point_id=focal_point_id), 303)
    flash(gettext("Today is the last day of this focal point."), "success")
    return redirect(url_for("focal_points.index"), 303)


@blueprint.get("/import")
@requires(Action.KEEP_FOCAL_POINTS)
def upload() -> Page:
    return _upload_page(FocalPointListForm())


@blueprint.post("/import")
@requires(Action.KEEP_FOCAL_POINTS)
def rehearse() -> Page:
    return _PAGES.rehearse(FocalPointListForm(), at="focal_points")


@blueprint.post("/import/take")
@requires(Action.KEEP_FOCAL_POINTS)
def take() -> Page:
    def take_rows(
        session: Session, rows: Sequence[FocalPointRow], seal: str
    ) -> Mapping[Effect, int]:
        return take_focal_points(session, rows, seal=seal, actor=actor(), at=clock.now())

    return _PAGES.take(RehearsedForm(), take_rows, _to_index)


def _to_index() -> Response:
    return redirect(url_for("focal_points.index"), 303)


def _upload_page(form: FocalPointListForm) -> str:
    return render_template("focal_points/upload.html", form=form, columns=COLUMNS)


def _rehearsal_page(rows: Sequence[FocalPointRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_focal_points(session, rows, actor=actor())
    return render_template("focal_points/rehearsal.html", **shown(plan, form))


def _found(focal_point_id: int) -> NationalFocalPoint:
    with reading() as session:
        found = find_focal_point(session, focal_point_id)
    if found is None:
        raise NotFound("There is no such focal point. Choose one from the directory.")
    return found


def _form_page(form: FocalPointForm, found: NationalFocalPoint | None = None) -> str:
    return render_template(
        "focal_points/form.html",
        form=form,
        found=found,
        country=country_name(found.country, filters.language()) if found else "",
    )


_PAGES = ListPages(focal_point_list_text, read_focal_point_list, _upload_page, _rehearsal_page)
