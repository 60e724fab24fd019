"""One's calendars with their secret addresses, and the feed that calendar programs read."""

from hashlib import sha256
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField

from tracker import clock
from tracker.database import Session
from tracker.domain.calendars import FeedKind
from tracker.domain.errors import Invalid, LinkRefused
from tracker.domain.names import Named
from tracker.domain.permissions import Action, may_ever
from tracker.queries.calendars import FeedRow, feeds_of
from tracker.queries.people import units
from tracker.queries.resolutions import bodies
from tracker.services.calendars import (
    end_feed,
    keep_told,
    make_feed,
    readable_feed,
    renew_address,
    secret_of,
    to_tell,
    told_now,
)
from tracker.web import filters
from tracker.web.forms import TrackerForm
from tracker.web.security import actor, public, requires
from tracker.web.shown_names import named
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.calendar import MEDIA_TYPE, calendar_file

blueprint = Blueprint("calendars", __name__)
Page = str | tuple[str, int] | BaseResponse


class CalendarForm(TrackerForm):
    subject = SelectField(
        lazy_gettext("Whose dates"),
        description=lazy_gettext(
            "Your own are the reports that you answer for; rounds of reporting, slots and sessions "
            "are in each."
        ),
    )


@blueprint.get("/account/calendars")
@requires(Action.READ)
def index() -> Page:
    return _page(CalendarForm(formdata=None, data={"subject": request.args.get("subject")}))


@blueprint.post("/account/calendars")
@requires(Action.READ)
def make() -> Page:
    form = CalendarForm()
    with reading() as session:
        form.subject.choices = _choices(session)
    if not form.validate_on_submit():
        return _page(form)
    try:
        with transaction() as session:
            make_feed(session, subject=form.subject.data, actor=actor(), at=clock.now())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(form)
    told = gettext("The calendar has its address. Subscribe to it in your calendar program.")
    flash(told, "success")
    return _back()


@blueprint.post("/account/calendars/<int:feed_id>/new-address")
@requires(Action.READ)
def renew(feed_id: int) -> BaseResponse:
    with transaction() as session:
        renew_address(session, feed_id=feed_id, actor=actor(), at=clock.now())
    told = gettext("The calendar has a new address; the old one leads nowhere any more.")
    flash(told, "success")
    return _back()


@blueprint.post("/account/calendars/<int:feed_id>/end")
@requires(Action.READ)
def end(feed_id: int) -> BaseResponse:
    with transaction() as session:
        end_feed(session, feed_id=feed_id, actor=actor(), at=clock.now())
    told = gettext("The calendar has ended. Take it out of your calendar program, too.")
    flash(told, "success")
    return _back()


@blueprint.get("/calendar/<secret>.ics")
@public
def feed(secret: str) -> BaseResponse:
    """Tell the feed; what it told is kept, so that the next move or cancellation can be told."""
    at, parts = clock.now(), installation()
    try:
        with reading() as session:
            found = readable_feed(session, secret=secret, tokens=parts.tokens, at=at)
    except LinkRefused as refusal:
        return Response(filters.said(refusal), status=410, mimetype="text/plain")
    news = to_tell(found, at=at)
    if news:
        with transaction() as session:
            keep_told(session, found.feed_id, news)
    base_url = parts.settings.base_url
    content = calendar_file(
        told_now(found, news, at=at),
        name=found.name,
        language=found.language,
        feed_id=found.feed_id,
        host=urlsplit(base_url).hostname or "localhost",
        base_url=base_url,
    )
    answer = Response(content, content_type=MEDIA_TYPE)
    answer.set_etag(sha256(content).hexdigest())
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)


def _page(form: CalendarForm) -> Page:
    with reading() as session:
        form.subject.choices = _choices(session)
        feeds = feeds_of(session, actor().person_id)
    shown = [(row, _name(row), _address(row)) for row in feeds]
    page = render_template(
        "calendars/index.html",
        form=form,
        feeds=shown,
        may_follow=may_ever(actor(), Action.SCHEDULE_SESSION),
    )
    return page, 400 if form.errors or form.form_errors else 200


def _choices(session: Session) -> list[tuple[str, str]]:
    """Return the feeds that can be had: one's own, those of units, those of bodies."""
    return [
        (FeedKind.PERSON.value, gettext("My own dates")),
        *((f"unit:{unit.id}", named(Named.UNIT, unit.name)) for unit in units(session)),
        *((f"body:{key}", named(Named.BODY, name)) for key, name, _ in bodies(session)),
    ]


def _address(row: FeedRow) -> str:
    parts = installation()
    secret = secret_of(parts.tokens, row.feed_id, row.number)
    return f"{parts.settings.base_url}{url_for('calendars.feed', secret=secret)}"


def _name(row: FeedRow) -> str:
    if row.kind is FeedKind.PERSON:
        return gettext("My own dates")
    return named(Named.UNIT if row.kind is FeedKind.UNIT else Named.BODY, row.name)


def _back() -> BaseResponse:
    return redirect(url_for("calendars.index"), 303)
