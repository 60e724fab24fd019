"""Views of followed meetings: the list, one of them, and a calendar that brings several."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.followed_meetings import MeetingRow
from tracker.domain.permissions import Action
from tracker.domain.rehearsal import Effect
from tracker.queries.followed_meetings import find_meeting, followed_meetings
from tracker.queries.people import units
from tracker.queries.resolutions import bodies
from tracker.reading.meetings import calendar_text, read_meetings
from tracker.services.followed_meetings import (
    change_meeting,
    follow_meeting,
    plan_calendar,
    take_calendar,
)
from tracker.web.errors import status_of
from tracker.web.meetings.forms import CalendarForm, MeetingForm, RehearsedCalendar
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("meetings", __name__, url_prefix="/admin/meetings")
Offered = TypeVar("Offered", CalendarForm, MeetingForm)


@blueprint.get("")
@requires(Action.SCHEDULE_SESSION)
def index() -> Page:
    return _index_page(_offered(CalendarForm()))


@blueprint.post("/calendar")
@requires(Action.SCHEDULE_SESSION)
def rehearse() -> Page:
    form = _offered(CalendarForm())
    if form.calendar.data is None:
        form.validate()
        form.refuse(Invalid("Choose the file of a calendar."), at="calendar")
        return _index_page(form), 400
    return _PAGES.rehearse(form, at="calendar")


@blueprint.post("/calendar/take")
@requires(Action.SCHEDULE_SESSION)
def take() -> Page:
    form = RehearsedCalendar()

    def take_rows(session: Session, rows: Sequence[MeetingRow], seal: str) -> Mapping[Effect, int]:
        return take_calendar(
            session,
            rows,
            subject=form.subject.data or "",
            seal=seal,
            actor=actor(),
            at=clock.now(),
        )

    return _PAGES.take(form, take_rows, _to_index)


@blueprint.route("/add", methods=["GET", "POST"])
@requires(Action.SCHEDULE_SESSION)
def add() -> Page:
    form = _offered(MeetingForm())
    if not form.is_submitted():
        return _form_page(form, None)
    if not form.validate():
        return _form_page(form, None), 400
    try:
        with transaction() as session:
            follow_meeting(
                session,
                details=form.details,
                subject=form.subject.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form, None), status_of(refusal)
    flash(gettext("The meeting stands in the calendars that follow it."), "success")
    return redirect(url_for("meetings.index"), 303)


@blueprint.get("/<int:meeting_id>")
@requires(Action.SCHEDULE_SESSION)
def show(meeting_id: int) -> Page:
    with reading() as session:
        found = find_meeting(session, meeting_id)
    if found is None:
        raise NotFound("There is no such meeting. Choose one from the list.")
    meeting, subject = found
    names = ("title", "organizer", "place", "starts_on", "ends_on", "address", "is_cancelled")
    values = {name: getattr(meeting, name) for name in names}
    form = MeetingForm(
        formdata=None, data={**values, "subject": subject, "version": meeting.version}
    )
    return _form_page(_offered(form), meeting_id)


@blueprint.post("/<int:meeting_id>")
@requires(Action.SCHEDULE_SESSION)
def change(meeting_id: int) -> Page:
    form = _offered(MeetingForm())
    if not form.validate():
        return _form_page(form, meeting_id), 400
    try:
        with transaction() as session:
            change_meeting(
                session,
                meeting_id=meeting_id,
                version=form.seen_version,
                details=form.details,
                subject=form.subject.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _form_page(form, meeting_id), status_of(refusal)
    flash(gettext("The meeting is changed, and so are the calendars that tell of it."), "success")
    return redirect(url_for("meetings.index"), 303)


def _offered(form: Offered) -> Offered:
    with reading() as session:
        form.offer(list(units(session)), [(key, name) for key, name, _ in bodies(session)])
    return form


def _index_page(form: CalendarForm) -> str:
    with reading() as session:
        listed = followed_meetings(session, since=clock.today(actor().time_zone))
    return render_template("meetings/index.html", form=form, meetings=listed)


def _form_page(form: MeetingForm, meeting_id: int | None) -> str:
    return render_template("meetings/form.html", form=form, meeting_id=meeting_id)


def _to_index() -> Response:
    return redirect(url_for("meetings.index"), 303)


def _rehearsal_page(rows: Sequence[MeetingRow], form: RehearsedForm) -> str:
    subject = form["subject"].data or ""
    with reading() as session:
        plan = plan_calendar(session, rows, subject=subject, actor=actor())
    choices = _offered(CalendarForm()).subject.iter_choices()
    whose = next((label for value, label, *_ in choices if value == subject), "")
    return render_template("meetings/rehearsal.html", whose=whose, **shown(plan, form))


def _empty_form() -> RehearsedCalendar:
    return RehearsedCalendar(formdata=None, data={"subject": request.form.get("subject", "")})


_PAGES = ListPages(calendar_text, read_meetings, _index_page, _rehearsal_page, _empty_form)
