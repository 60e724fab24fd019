"""Views of when one's digests come, and of duty stations with their holidays."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale
from tracker.domain.holidays import changes_between, with_calendar
from tracker.domain.permissions import Action
from tracker.domain.rehearsal import Effect
from tracker.models.digest_times import DutyStation, Holiday
from tracker.queries.digest_times import find_choice, find_station, station_choices, stations
from tracker.queries.reminder_rules import usual_times
from tracker.reading.holidays import horizon_of, read_calendar, read_holidays
from tracker.services.digest_times import add_station, choose_seat, choose_times, keep_holidays
from tracker.web.digests.forms import HolidaysForm, StationForm, TimesForm, as_lines
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("digests", __name__)
Page = str | tuple[str, int] | Response


@blueprint.get("/account/digests")
@requires(Action.READ)
def times() -> Page:
    with reading() as session:
        choice = find_choice(session, actor().person_id)
        usual = usual_times(session)
        weekdays = list(choice.weekdays) if choice else list(map(str, sorted(usual.weekdays)))
        values = {
            "weekdays": weekdays,
            "hour": str(choice.hour if choice else usual.hour),
            "duty_station_id": str(choice.duty_station_id or "") if choice else "",
        }
    return _times_page(TimesForm(formdata=None, data=values))


@blueprint.post("/account/digests")
@requires(Action.READ)
def choose() -> Page:
    form = TimesForm()
    with reading() as session:
        form.offer(list(station_choices(session)))
    if not form.validate_on_submit():
        return _times_page(form)
    try:
        with transaction() as session:
            choose_times(
                session,
                hour=int(form.hour.data),
                weekdays=frozenset(map(int, form.weekdays.data or ())),
                duty_station_id=int(form.duty_station_id.data or 0) or None,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _times_page(form)
    flash(gettext("Your reminders come at these times from now on."), "success")
    return redirect(url_for("account.show"), 303)


@blueprint.route("/admin/duty-stations", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def index() -> Page:
    form = StationForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                station = add_station(
                    session, name=form.name.data or "", actor=actor(), at=clock.now()
                )
                station_id = station.id
        except (Invalid, Duplicate) as refusal:
            form.refuse(refusal, at="name")
            return _index_page(form), status_of(refusal)
        return redirect(url_for("digests.station", station_id=station_id), 303)
    return _index_page(form)


@blueprint.post("/admin/duty-stations/<int:station_id>/seat")
@requires(Action.SET_UP_HOUSE)
def make_seat(station_id: int) -> Page:
    with transaction() as session:
        seat = choose_seat(session, station_id=station_id, actor=actor(), at=clock.now())
        name = seat.name
    flash(
        gettext("The holidays at %(place)s count in the plan of a period.", place=name), "success"
    )
    return redirect(url_for("digests.station", station_id=station_id), 303)


@blueprint.route("/admin/duty-stations/<int:station_id>", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def station(station_id: int) -> Page:
    form = HolidaysForm()
    if not form.validate_on_submit():
        return _station_page(station_id, None)
    try:
        days = read_holidays(form.holidays.data or "")
        if brought := _of_file(form):
            return _rehearsal_page(station_id, form, days, brought)
        with transaction() as session:
            keep_holidays(
                session,
                station_id=station_id,
                version=form.seen_version,
                days=days,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _station_page(station_id, form), status_of(refusal)
    flash(gettext("The holidays are kept: no reminder comes on them."), "success")
    return redirect(url_for("digests.station", station_id=station_id), 303)


def _of_file(form: HolidaysForm) -> dict[date, str]:
    upload = form.calendar.data
    if not upload or not upload.filename:
        return {}
    content = upload.read()
    installation().uploads.look_at(content)
    if not upload.filename.lower().endswith(".csv"):
        return read_calendar(content, today=clock.today(actor().time_zone))
    try:
        return read_holidays(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Invalid(
            "The list is not in UTF-8. Save it as “CSV UTF-8” and bring it again.", field="calendar"
        ) from error


def _rehearsal_page(
    station_id: int, form: HolidaysForm, days: dict[date, str], brought: dict[date, str]
) -> str:
    """Show what a calendar would change; the days as they would be then wait to be saved."""
    lines = as_lines(with_calendar(days, brought, replaces=bool(form.replaces.data)))
    after = read_holidays(lines)
    form.holidays.data = lines
    found = _found(station_id)
    plan = changes_between({row.day: row.name for row in found[1]}, after)
    return render_template(
        "digests/rehearsal.html",
        form=form,
        station=found[0],
        horizon=horizon_of(clock.today(actor().time_zone)),
        plan=[each for each in plan if each.effect is not Effect.SAME],
        counts=Counter(each.effect.value for each in plan),
    )


def _times_page(form: TimesForm) -> Page:
    with reading() as session:
        form.offer(list(station_choices(session)))
    page = render_template("digests/times.html", form=form, zone=actor().time_zone)
    return page, 400 if form.is_submitted() else 200


def _index_page(form: StationForm) -> str:
    with reading() as session:
        found = stations(session, today=clock.today(actor().time_zone))
    return render_template("digests/stations.html", form=form, stations=found)


def _station_page(station_id: int, form: HolidaysForm | None) -> str:
    station, days = _found(station_id)
    if form is None:
        lines = as_lines({row.day: row.name for row in days})
        form = HolidaysForm(formdata=None, data={"version": station.version, "holidays": lines})
    return render_template(
        "digests/holidays.html",
        form=form,
        station=station,
        horizon=horizon_of(clock.today(actor().time_zone)),
    )


def _found(station_id: int) -> tuple[DutyStation, Sequence[Holiday]]:
    with reading() as session:
        found = find_station(session, station_id)
    if found is None:
        raise NotFound("There is no such duty station. Choose one from the list.")
    return found
