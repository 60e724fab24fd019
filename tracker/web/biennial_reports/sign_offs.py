"""Views of the sign-off of an edition: handed in, signed, returned, taken back."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.services.sign_offs import hand_in, return_edition, sign_edition, take_back
from tracker.web.biennial_reports.editions import edition_page
from tracker.web.biennial_reports.forms import SignOffForm
from tracker.web.biennial_reports.views import blueprint
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction

Page = str | tuple[str, int] | Response


@blueprint.post("/editions/<int:edition_id>/hand-in")
@requires(Action.GENERATE_REPORT)
def hand_edition_in(edition_id: int) -> Page:
    form = SignOffForm()
    return _acted(
        edition_id,
        form,
        lambda session: hand_in(
            session,
            edition_id=edition_id,
            remark=form.remark.data or "",
            actor=actor(),
            at=clock.now(),
        ),
        gettext("The edition is handed in. Whoever signs next finds it on their start page."),
    )


@blueprint.post("/editions/<int:edition_id>/sign")
@requires(Action.SIGN_EDITION)
def sign(edition_id: int) -> Page:
    form = SignOffForm()
    if form.act.data == "return":
        return _acted(
            edition_id,
            form,
            lambda session: return_edition(
                session,
                edition_id=edition_id,
                version=form.seen_version,
                remark=form.remark.data or "",
                actor=actor(),
                at=clock.now(),
            ),
            gettext("The edition is returned to the editor."),
        )
    return _acted(
        edition_id,
        form,
        lambda session: sign_edition(
            session,
            edition_id=edition_id,
            version=form.seen_version,
            remark=form.remark.data or "",
            actor=actor(),
            at=clock.now(),
        ),
        gettext("The edition is signed."),
    )


@blueprint.post("/editions/<int:edition_id>/take-back")
@requires(Action.GENERATE_REPORT)
def take_edition_back(edition_id: int) -> Page:
    form = SignOffForm()
    return _acted(
        edition_id,
        form,
        lambda session: take_back(
            session,
            edition_id=edition_id,
            version=form.seen_version,
            actor=actor(),
            at=clock.now(),
        ),
        gettext("The edition is with the editor again."),
    )


def _acted(edition_id: int, form: SignOffForm, act: Callable[[Session], object], done: str) -> Page:
    """Do something with an edition and show it; a refusal stands on its page with what was said."""
    try:
        with transaction() as session:
            act(session)
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return edition_page(edition_id, form), status_of(refusal)
    flash(done, "success")
    return redirect(url_for("biennial_reports.read", edition_id=edition_id), 303)
