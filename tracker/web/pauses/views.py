"""Views of pauses of reminders: the list, one entered, one ended."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.names import Named
from tracker.domain.pauses import PauseScope, PauseTarget
from tracker.domain.permissions import Action
from tracker.queries.mandate_pages import mandate_reference
from tracker.queries.pauses import listed_pauses
from tracker.queries.people import active_people, units
from tracker.services.pauses import end_pause, pause_reminders
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.pauses.forms import PauseForm
from tracker.web.security import actor, requires
from tracker.web.shown_names import named
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("pauses", __name__, url_prefix="/admin/pauses")
Page = str | tuple[str, int] | Response
Choices = Sequence[tuple[str, str]]


@blueprint.get("")
@requires(Action.PAUSE_REMINDERS)
def index() -> Page:
    return _page(PauseForm(formdata=None, data={"target": request.args.get("target", "house")}))


@blueprint.post("")
@requires(Action.PAUSE_REMINDERS)
def enter() -> Page:
    form = PauseForm()
    if not form.validate():
        return _page(form), 400
    first, last = form.starts_on.data, form.ends_on.data
    if first is None or last is None:
        raise ValueError("A form that is valid has its days.")
    try:
        with transaction() as session:
            pause_reminders(
                session,
                target=_target(form.target.data or ""),
                starts_on=first,
                ends_on=last,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form), status_of(refusal)
    flash(
        gettext(
            "The reminders are paused on these days. What then still holds comes in one mail "
            "afterwards."
        ),
        "success",
    )
    return redirect(url_for("pauses.index"), 303)


@blueprint.post("/<int:pause_id>/end")
@requires(Action.PAUSE_REMINDERS)
def end(pause_id: int) -> Page:
    form = PauseForm()
    try:
        with transaction() as session:
            end_pause(
                session,
                pause_id=pause_id,
                version=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except WrongState as refusal:
        flash(filters.said(refusal), "error")
        return redirect(url_for("pauses.index"), 303)
    flash(gettext("Reminders go out again."), "success")
    return redirect(url_for("pauses.index"), 303)


def _page(form: PauseForm) -> str:
    today = clock.today(actor().time_zone)
    with reading() as session:
        chosen = form.target.data or "house"
        groups = _groups(session, chosen)
        form.target.choices = groups
        return render_template(
            "pauses/index.html",
            form=form,
            pauses=listed_pauses(session, since=today),
            today=today,
        )


def _groups(session: Session, chosen: str) -> dict[str, Choices]:
    """Return what can be paused; of mandates only the one that led here."""
    groups: dict[str, Choices] = {gettext("All"): [("house", gettext("All reminders"))]}
    target = _target(chosen)
    if target.scope is PauseScope.MANDATE:
        reference = mandate_reference(session, target.id)
        groups[gettext("Mandate")] = [(str(target), filters.cited(reference))]
    groups[gettext("Units")] = [
        (f"unit:{unit.id}", named(Named.UNIT, unit.name))
        for unit in units(session)
        if unit.closed_at is None
    ]
    groups[gettext("People")] = [
        (f"person:{person.id}", person.name) for person in active_people(session)
    ]
    return groups


def _target(words: str) -> PauseTarget:
    scope, _, key = words.partition(":")
    number = whole_number(key or "0")
    if scope not in set(PauseScope) or number is None or (scope == PauseScope.HOUSE) != (not key):
        raise NotFound("What is to be paused is not there. Choose it again.")
    return PauseTarget(PauseScope(scope), number)
