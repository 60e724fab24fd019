"""Views of deciding on many mandates in one press, and of taking that back."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.permissions import Action
from tracker.queries.mandates import unconfirmed_ids
from tracker.queries.resolutions import resolution_address
from tracker.services.assignments import MOST_AT_ONCE
from tracker.services.decisions import Decided, decide_as_proposed, take_back_decisions
from tracker.web.addresses import whole_number
from tracker.web.mandates.selection import read_selection
from tracker.web.mandates.views import blueprint
from tracker.web.mandates.wanted import wanted_mandates
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.post("/mandates/decide")
@requires(Action.CONFIRM_MANDATE)
def decide() -> Response:
    with transaction() as session:
        decided = decide_as_proposed(
            session,
            mandate_ids=unconfirmed_ids(session, wanted_mandates(), most=MOST_AT_ONCE),
            actor=actor(),
            at=clock.now(),
        )
    _tell(decided)
    if request.form.get("here"):
        return _to_resolution(request.args.get("resolution", ""), decided=1)
    address = url_for(
        "mandates.index",
        owner="none" if decided.confirmed_count else None,
        asking=None if decided.confirmed_count else "unconfirmed",
        session=request.args.get("session"),
        resolution=request.args.get("resolution"),
        decided=1,
    )
    return redirect(address, 303)


@blueprint.post("/mandates/decide/take-back")
@requires(Action.CONFIRM_MANDATE)
def take_back() -> Response:
    versions = read_selection(request.form).versions
    with transaction() as session:
        count = take_back_decisions(session, versions=versions, actor=actor(), at=clock.now())
    flash(
        ngettext(
            "The decision on %(num)s mandate is taken back.",
            "The decisions on %(num)s mandates are taken back.",
            count,
        ),
        "success",
    )
    if request.form.get("here"):
        return _to_resolution(request.form["here"])
    return redirect(url_for("mandates.index", asking="unconfirmed"), 303)


def _to_resolution(instrument_id: str, *, decided: int | None = None) -> Response:
    with reading() as session:
        body, slug = resolution_address(session, whole_number(instrument_id) or 0)
    return redirect(url_for("resolutions.show", body=body, slug=slug, decided=decided), 303)


def _tell(decided: Decided) -> None:
    flash(
        gettext(
            "As proposed: %(confirmed)s confirmed as requiring our action, %(aside)s set aside.",
            confirmed=decided.confirmed_count,
            aside=decided.set_aside_count,
        ),
        "success",
    )
    if decided.doubtful_count:
        flash(
            ngettext(
                "%(num)s doubtful mandate stays: decide on it yourself.",
                "%(num)s doubtful mandates stay: decide on them yourself.",
                decided.doubtful_count,
            ),
            "notice",
        )
