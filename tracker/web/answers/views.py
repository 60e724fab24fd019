"""Views behind the buttons of a mail: a GET only shows, a POST answers; each link works once."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from flask import Blueprint, Response, render_template
from flask_babel import force_locale

from tracker import clock
from tracker.domain.errors import (
    Duplicate,
    Invalid,
    LinkRefused,
    NotAllowed,
    Refused,
    Stale,
    WrongState,
)
from tracker.queries.progress import ReportPage, find_report_page
from tracker.services.mail_answers import (
    OpenedLink,
    accept_by_link,
    ask_for_time_by_link,
    decline_by_link,
    language_of_link,
    open_link,
    say_last_text_holds,
    submit_text_by_link,
)
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.forms import TrackerForm
from tracker.web.languages import page_language, reading_language
from tracker.web.mandates.answers import DeclineForm
from tracker.web.progress.forms import AttestationForm, MoreTimeForm, ProgressForm
from tracker.web.security import public
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("answers", __name__, url_prefix="/answer/<token>")
Page = str | tuple[str, int]
_NO_LONGER = (LinkRefused, NotAllowed, WrongState, Stale, Duplicate)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Let no browser and no proxy keep what a link shows: it is somebody's, signed in or not."""
    response.headers["Cache-Control"] = "no-store"
    return response


class Way(StrEnum):
    """How one can answer from a mail; the words are the ends of the links."""

    UPDATE = "update"
    ACCEPT = "accept"
    LAST_TEXT = "last-text"
    MORE_TIME = "more-time"
    NOT_MINE = "not-mine"


@blueprint.get("/<any(update, accept, 'last-text', 'more-time', 'not-mine'):way>")
@public
def show(token: str, way: str) -> Page:
    return _page(token, Way(way))


@blueprint.post("/update")
@public
def update(token: str) -> Page:
    form = ProgressForm()
    if not form.validate():
        return _page(token, Way.UPDATE, form)
    given_by = form.given_by.data or ""
    act = partial(submit_text_by_link, text=form.text, given_by=given_by)
    return _answer(token, Way.UPDATE, form, act)


@blueprint.post("/accept")
@public
def accept(token: str) -> Page:
    return _answer(token, Way.ACCEPT, TrackerForm(), accept_by_link)


@blueprint.post("/last-text")
@public
def say_last_text(token: str) -> Page:
    form = AttestationForm()
    act = partial(say_last_text_holds, given_by=form.given_by.data or "")
    return _answer(token, Way.LAST_TEXT, form, act)


@blueprint.post("/more-time")
@public
def ask_for_time(token: str) -> Page:
    form = MoreTimeForm()
    if form.validate() and form.due_on.data is None:
        form.refuse(Invalid("Enter the new due date.", field="due_on"))
    if form.errors or form.due_on.data is None:
        return _page(token, Way.MORE_TIME, form)
    act = partial(ask_for_time_by_link, wanted_on=form.due_on.data, reason=form.text.data or "")
    return _answer(token, Way.MORE_TIME, form, act)


@blueprint.post("/not-mine")
@public
def decline(token: str) -> Page:
    form = DeclineForm()
    if not form.validate():
        return _page(token, Way.NOT_MINE, form)
    act = partial(decline_by_link, reason=form.reason.data or "")
    return _answer(token, Way.NOT_MINE, form, act)


def _answer(token: str, way: Way, form: TrackerForm, act: Callable[..., OpenedLink]) -> Page:
    """Do what the form asks for, and say what became of it."""
    try:
        with transaction() as session:
            opened = act(session, token=token, tokens=installation().tokens, at=clock.now())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(token, way, form)
    except _NO_LONGER as refusal:
        return _refused(token, refusal, form if isinstance(form, ProgressForm) else None)
    with force_locale(reading_language(opened.actor.language)):
        return render_template("answers/done.html", way=way, name=opened.actor.name, token=token)


def _page(token: str, way: Way, form: TrackerForm | None = None) -> Page:
    """Show one way to answer; ``form`` holds what was sent and not taken."""
    try:
        with reading() as session:
            opened = open_link(session, token=token, tokens=installation().tokens, at=clock.now())
            page = find_report_page(
                session,
                opened.report.report_id,
                reader_id=opened.actor.person_id,
                at=clock.now(),
            )
    except LinkRefused as refusal:
        return _refused(token, refusal, form if isinstance(form, ProgressForm) else None)
    assert page is not None  # noqa: S101 - its report was found
    ways = _ways(opened)
    if way not in ways:
        way = Way.UPDATE
    with force_locale(reading_language(opened.actor.language)):
        shown = render_template(
            "answers/show.html",
            page=page,
            way=way,
            others=[other for other in ways if other is not way],
            token=token,
            form=form or _form_of(way, page, opened),
            person=opened.actor.name,
            is_mailbox=opened.actor.is_mailbox,
            today=clock.today(opened.actor.time_zone),
        )
    return shown, 400 if form else 200


def _ways(opened: OpenedLink) -> list[Way]:
    offered = {
        Way.UPDATE: True,
        Way.ACCEPT: opened.may_accept,
        Way.LAST_TEXT: opened.report.offer is not None,
        Way.MORE_TIME: True,
        Way.NOT_MINE: opened.may_decline,
    }
    return [way for way, is_offered in offered.items() if is_offered]


def _form_of(way: Way, page: ReportPage, opened: OpenedLink) -> TrackerForm:
    match way:
        case Way.UPDATE:
            return ProgressForm(start=page.starting_text, language=opened.actor.language)
        case Way.ACCEPT:
            return TrackerForm()
        case Way.LAST_TEXT:
            return AttestationForm()
        case Way.MORE_TIME:
            return MoreTimeForm()
        case Way.NOT_MINE:
            return DeclineForm()


def _refused(token: str, refusal: Refused, form: ProgressForm | None = None) -> Page:
    """Say why a link no longer holds; a text that was sent with it is shown, so that it stays."""
    with reading() as session:
        language = language_of_link(session, token=token, tokens=installation().tokens)
    with force_locale(reading_language(language or page_language())):
        page = render_template(
            "answers/refused.html",
            sentence=filters.said(refusal),
            text=form.text.stripped() if form else None,
        )
    return page, status_of(refusal)
