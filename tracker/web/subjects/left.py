"""Views of what is left to decide of one subject: looked at, confirmed in a step, taken back."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.domain.subjects import AboutKind
from tracker.queries.left_subjects import last_step, left_of_subject
from tracker.services.subjects import confirm_left, seal_of_choices, take_back_step
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.security import actor, requires
from tracker.web.subjects.views import asked_subject, blueprint
from tracker.web.transactions import reading, transaction

SHOWN = 25  # of what would be confirmed; the rest is counted


@blueprint.get("/<kind>/<key>/left")
@requires(Action.CONFIRM_SUBJECT)
def left(kind: str, key: str) -> str:
    subject, about, before = asked_subject(kind, key), _about(), _before()
    with reading() as session:
        found = left_of_subject(session, subject, about, actor(), before)
        step = last_step(session, subject, about, actor())
    return render_template(
        "subjects/left.html",
        subject=subject,
        about=about,
        before=before,
        found=found,
        shown=[(row, words) for row, words in zip(found.rows, found.words.values(), strict=True)][
            :SHOWN
        ],
        seal=seal_of_choices(found.words),
        step=step,
    )


@blueprint.post("/<kind>/<key>/left")
@requires(Action.CONFIRM_SUBJECT)
def confirm_all_left(kind: str, key: str) -> Response:
    subject, about, before = asked_subject(kind, key), _about(), _before()
    try:
        with transaction() as session:
            count = confirm_left(
                session,
                left=left_of_subject(session, subject, about, actor(), before).words,
                seal=request.form.get("seal", ""),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        flash(filters.said(refusal), "error")
        return redirect(url_for(".left", kind=kind, key=key, of=about.value, before=before), 303)
    flash(
        ngettext("%(num)s subject is confirmed.", "%(num)s subjects are confirmed.", count),
        "success",
    )
    return redirect(url_for(".left", kind=kind, key=key, of=about.value), 303)


@blueprint.post("/<kind>/<key>/left/take-back")
@requires(Action.CONFIRM_SUBJECT)
def take_back(kind: str, key: str) -> Response:
    subject, about = asked_subject(kind, key), _about()
    try:
        with transaction() as session:
            count = take_back_step(
                session,
                subject=subject,
                about=about,
                decided_at=_moment(request.form.get("step", "")),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        flash(filters.said(refusal), "error")
    else:
        flash(
            ngettext(
                "%(num)s subject is taken back and waits again.",
                "%(num)s subjects are taken back and wait again.",
                count,
            ),
            "success",
        )
    return redirect(url_for(".left", kind=kind, key=key, of=about.value), 303)


def _about() -> AboutKind:
    is_activity = request.values.get("of") == AboutKind.ACTIVITY.value
    return AboutKind.ACTIVITY if is_activity else AboutKind.MANDATE


def _before() -> int | None:
    return whole_number(request.values.get("before", ""))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Open the page again, then press once more.") from error
    if moment.tzinfo is None:
        raise Invalid("Open the page again, then press once more.")
    return moment
