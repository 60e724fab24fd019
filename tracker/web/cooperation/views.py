"""Views of requests and offers: the list, one of them with what fits, entered, followed, closed."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.cooperation import NoticeDetails, NoticeKind
from tracker.domain.countries import countries, country_name, find_country
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action, may_ever
from tracker.models.activities import Activity
from tracker.models.cooperation import CooperationNotice
from tracker.queries.cooperation import (
    MOST_LISTED,
    NoticeFilter,
    find_notice,
    fitting_activities,
    fitting_notices,
    listed_notices,
)
from tracker.services.cooperation import (
    change_notice,
    close_notice,
    enter_notice,
    follow_notice,
    reopen_notice,
)
from tracker.web import filters
from tracker.web.cooperation.forms import CloseForm, FollowForm, NoticeForm
from tracker.web.errors import status_of
from tracker.web.exports import FORMS, Exported, identifiers, list_file, page_address
from tracker.web.forms import VersionedForm
from tracker.web.rehearsals import Page
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("cooperation", __name__)


@blueprint.get("/cooperation")
@requires(Action.READ)
def index() -> Page:
    wanted = _wanted()
    with reading() as session:
        rows = listed_notices(session, wanted, on=_today())
    return render_template(
        "cooperation/index.html",
        rows=rows[:MOST_LISTED],
        has_more=len(rows) > MOST_LISTED,
        wanted=wanted,
        kinds=list(NoticeKind),
        countries=countries(filters.language()),
        keeps=_keeps(),
    )


@blueprint.get(f"/cooperation/list.{FORMS}")
@requires(Action.READ)
def export(form: str) -> Response:
    language = filters.language()
    with reading() as session:
        return list_file(
            form,
            name="cooperation",
            title=gettext("Requests and offers"),
            columns=[
                Exported(gettext("What it is"), lambda row: filters.label(row.kind), 12),
                Exported(gettext("Who asks or offers"), lambda row: row.party, 30),
                Exported(gettext("What they are"), lambda row: filters.label(row.party_kind), 20),
                Exported(
                    gettext("Country"),
                    lambda row: country_name(row.country, language) if row.country else "",
                    20,
                ),
                Exported(gettext("What is asked for or offered"), lambda row: row.title, 50),
                Exported(gettext("Sector"), lambda row: row.sector, 20),
                Exported(gettext("Subject words"), lambda row: row.words, 30),
                Exported(gettext("Agreement"), lambda row: row.agreement, 30),
                Exported(gettext("Came on"), lambda row: row.received_on, 12),
                Exported(gettext("Holds until"), lambda row: row.valid_to, 12),
                Exported(gettext("How it stands"), _standing, 14),
                Exported(gettext("Number of the activity"), lambda row: row.activity_id, 10),
                Exported(gettext("Why it was closed"), lambda row: row.closed_because, 30),
                *identifiers(
                    lambda row: row.id,
                    lambda row: page_address("cooperation.show", notice_id=row.id),
                ),
            ],
            rows=listed_notices(session, _wanted(), on=_today(), limit=None),
        )


@blueprint.route("/cooperation/enter", methods=["GET", "POST"])
@requires(Action.KEEP_COOPERATION)
def enter() -> Page:
    if request.method == "GET":
        kind = "offer" if request.args.get("kind") == "offer" else "request"
        return _form_page(NoticeForm(formdata=None, data={"kind": kind}).offer())
    form = NoticeForm().offer()
    if not form.validate():
        return _form_page(form), 400
    try:
        with transaction() as session:
            made = enter_notice(session, details=form.details, actor=actor(), at=clock.now())
            session.flush()
            notice_id = made.id
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), status_of(refusal)
    flash(gettext("It is kept. Below stands what fits it."), "success")
    return redirect(url_for("cooperation.show", notice_id=notice_id), 303)


@blueprint.get("/cooperation/<int:notice_id>")
@requires(Action.READ)
def show(notice_id: int) -> Page:
    return _show_page(notice_id, CloseForm(formdata=None))


@blueprint.route("/cooperation/<int:notice_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_COOPERATION)
def change(notice_id: int) -> Page:
    found = _found(notice_id)
    if request.method == "GET":
        values = {name: getattr(found, name) for name in NoticeDetails.__slots__}
        data = values | {"version": found.version, "country": found.country or ""}
        return _form_page(NoticeForm(formdata=None, data=data).offer(), found)
    form = NoticeForm().offer()
    if not form.validate():
        return _form_page(form, found), 400
    try:
        with transaction() as session:
            change_notice(
                session,
                notice_id=notice_id,
                version=form.seen_version,
                details=form.details,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _form_page(form, found), status_of(refusal)
    flash(gettext("The change is kept."), "success")
    return redirect(url_for("cooperation.show", notice_id=notice_id), 303)


@blueprint.post("/cooperation/<int:notice_id>/follow")
@requires(Action.KEEP_COOPERATION)
def follow(notice_id: int) -> Page:
    form = FollowForm()
    try:
        with transaction() as session:
            follow_notice(
                session,
                notice_id=notice_id,
                version=form.seen_version,
                activity_id=form.chosen,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        return _refused(notice_id, refusal)
    flash(gettext("It is followed to the activity."), "success")
    return redirect(url_for("cooperation.show", notice_id=notice_id), 303)


@blueprint.post("/cooperation/<int:notice_id>/close")
@requires(Action.KEEP_COOPERATION)
def close(notice_id: int) -> Page:
    form = CloseForm()
    try:
        with transaction() as session:
            close_notice(
                session,
                notice_id=notice_id,
                version=form.seen_version,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _show_page(notice_id, form), status_of(refusal)
    flash(gettext("It is closed."), "success")
    return redirect(url_for("cooperation.show", notice_id=notice_id), 303)


@blueprint.post("/cooperation/<int:notice_id>/reopen")
@requires(Action.KEEP_COOPERATION)
def reopen(notice_id: int) -> Page:
    try:
        with transaction() as session:
            reopen_notice(
                session,
                notice_id=notice_id,
                version=VersionedForm().seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Stale, WrongState) as refusal:
        return _refused(notice_id, refusal)
    flash(gettext("It is open again."), "success")
    return redirect(url_for("cooperation.show", notice_id=notice_id), 303)


def _refused(notice_id: int, refusal: Refused) -> Page:
    form = CloseForm(formdata=None)
    form.refuse(Invalid(refusal.sentence, field=None, **refusal.values))
    return _show_page(notice_id, form), status_of(refusal)


def _wanted() -> NoticeFilter:
    kind = request.args.get("kind", "")
    return NoticeFilter(
        kind=NoticeKind(kind) if kind in set(NoticeKind) else None,
        country=find_country(request.args.get("country", "")),
        words=request.args.get("q", "").strip(),
        shows_closed=request.args.get("show") == "all",
    )


def _standing(row: CooperationNotice) -> str:
    if row.activity_id is not None:
        return gettext("Followed")
    return gettext("Closed") if row.closed_at else gettext("Open")


def _keeps() -> bool:
    return may_ever(actor(), Action.KEEP_COOPERATION)


def _today() -> date:
    return clock.today(actor().time_zone)


def _found(notice_id: int) -> CooperationNotice:
    with reading() as session:
        found = find_notice(session, notice_id)
    if found is None:
        raise NotFound("There is no such request or offer. Choose one from the list.")
    return found


def _form_page(form: NoticeForm, found: CooperationNotice | None = None) -> str:
    return render_template("cooperation/form.html", form=form, found=found)


def _show_page(notice_id: int, form: CloseForm) -> str:
    found = _found(notice_id)
    words = request.args.get("q", "").strip()
    is_open = found.closed_at is None and found.activity_id is None
    form.version.data = str(found.version)
    with reading() as session:
        return render_template(
            "cooperation/show.html",
            notice=found,
            form=form,
            is_open=is_open,
            words=words,
            keeps=_keeps(),
            activity=session.get(Activity, found.activity_id) if found.activity_id else None,
            fits=fitting_notices(session, found, on=_today()) if is_open else (),
            activities=fitting_activities(session, found, seen_by=actor(), words=words)
            if is_open and _keeps()
            else (),
        )
