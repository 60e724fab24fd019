"""Views of the house on its public pages: where they are on, and which records are kept off."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField

from tracker import clock
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.permissions import Action
from tracker.domain.public_pages import LONGEST_REASON
from tracker.queries.public_pages import (
    PublicBody,
    find_body,
    find_public_body,
    newest_holds,
    public_bodies,
)
from tracker.queries.resolution_pages import ResolutionPage, resolution_at
from tracker.queries.resolutions import resolution_address
from tracker.services.public_pages import hold_record, set_publication
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.public_pages.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response
WITHHOLD, SHOW = "withhold", "show"


class PublicationForm(VersionedForm):
    """Whether a body has public pages."""

    is_on = BooleanField(lazy_gettext("Show public pages of this body's resolutions"))
    is_indexed = BooleanField(lazy_gettext("Let search engines take them up"))


class HoldForm(TrackerForm):
    """What is kept off the public pages, until when and why."""

    record = SelectField(lazy_gettext("What"), validate_choice=False)
    act = RadioField(lazy_gettext("On the public pages"), validate_choice=False)
    until = DayField(
        lazy_gettext("Embargo until"),
        description=lazy_gettext(
            "The first day on which it is shown again. Leave it empty to keep it off until "
            "somebody shows it again."
        ),
    )
    reason = TextAreaField(
        lazy_gettext("Why"),
        description=lazy_gettext("For the house alone."),
        render_kw={"maxlength": LONGEST_REASON},
    )
    seen = HiddenField(default="0")


@blueprint.get("/admin/public-pages")
@requires(Action.SET_UP_HOUSE)
def bodies() -> str:
    with reading() as session:
        return render_template("public_pages/bodies.html", bodies=public_bodies(session))


@blueprint.get("/admin/public-pages/<int:body_id>")
@requires(Action.SET_UP_HOUSE)
def body(body_id: int) -> str:
    found = _body(body_id)
    form = PublicationForm(
        formdata=None,
        data={
            "is_on": found.is_on,
            "is_indexed": found.is_indexed,
            "version": str(found.version),
        },
    )
    return render_template("public_pages/body.html", body=found, form=form)


@blueprint.post("/admin/public-pages/<int:body_id>")
@requires(Action.SET_UP_HOUSE)
def set_body(body_id: int) -> Page:
    found, form = _body(body_id), PublicationForm()
    try:
        with transaction() as session:
            set_publication(
                session,
                body_id=body_id,
                version=form.seen_version,
                is_on=form.is_on.data,
                is_indexed=form.is_indexed.data,
                actor=actor(),
                at=clock.now(),
            )
    except Stale as refusal:
        form.refuse(refusal)
        page = render_template("public_pages/body.html", body=found, form=form)
        return page, status_of(refusal)
    flash(gettext("This holds from now on."), "success")
    return redirect(url_for("public_pages.bodies"), 303)


@blueprint.get("/resolutions/<int:instrument_id>/public")
@requires(Action.KEEP_PUBLIC_PAGES)
def holds(instrument_id: int) -> str:
    form = HoldForm(formdata=None, data={"record": request.args.get("record", "")})
    return _holds_page(instrument_id, form, begins=True)


@blueprint.post("/resolutions/<int:instrument_id>/public")
@requires(Action.KEEP_PUBLIC_PAGES)
def hold(instrument_id: int) -> Page:
    form = HoldForm()
    if not form.validate():
        return _holds_page(instrument_id, form), 400
    try:
        clause_id, is_held = _asked(form)
        with transaction() as session:
            hold_record(
                session,
                instrument_id=instrument_id,
                clause_id=clause_id,
                is_held=is_held,
                until=form.until.data,
                reason=form.reason.data or "",
                seen_id=whole_number(form.seen.data or "") or 0,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        page = _holds_page(instrument_id, form, begins=isinstance(refusal, Stale))
        return page, status_of(refusal)
    flash(gettext("This holds from now on."), "success")
    return redirect(url_for("public_pages.holds", instrument_id=instrument_id), 303)


def _asked(form: HoldForm) -> tuple[int | None, bool]:
    """Return the clause, None for the whole text, and whether it is kept off; else refuse."""
    chosen = form.record.data or ""
    clause_id = whole_number(chosen)
    if chosen and clause_id is None:
        raise Invalid("Choose the whole text or one of its paragraphs.", field="record")
    if form.act.data not in {WITHHOLD, SHOW}:
        raise Invalid("Choose whether it is kept off or shown.", field="act")
    return clause_id, form.act.data == WITHHOLD


def _holds_page(instrument_id: int, form: HoldForm, *, begins: bool = False) -> str:
    """Return the page; ``begins`` lets the form start from what is decided now."""
    with reading() as session:
        found = _resolution(instrument_id)
        kept = newest_holds(session, instrument_id)
        is_on = find_public_body(session, found.body_key) is not None
    if begins:
        form.seen.data = str(max((each.id for each in kept.values()), default=0))
    paragraphs = {
        each.clause_id: each for each in found.clauses if each.kind is BlockKind.OPERATIVE
    }
    form.act.choices = [(WITHHOLD, gettext("Keep it off")), (SHOW, gettext("Show it again"))]
    form.record.choices = [
        ("", gettext("The whole text")),
        *(
            (str(key), f"{filters.cited_number(each.path or '')} {filters.gist(each.text, 80)}")
            for key, each in paragraphs.items()
        ),
    ]
    shown = [
        (paragraphs.get(each.clause_id or 0), each, each.is_in_force(clock.today()))
        for each in kept.values()
    ]
    return render_template(
        "public_pages/holds.html", resolution=found, form=form, holds=shown, is_on=is_on
    )


def _resolution(instrument_id: int) -> ResolutionPage:
    with reading() as session:
        body_key, slug = resolution_address(session, instrument_id)
        return resolution_at(session, body_key, slug)


def _body(body_id: int) -> PublicBody:
    with reading() as session:
        found = find_body(session, body_id)
    if found is None:
        raise NotFound("There is no such body. Choose one from the list.")
    return found
