"""Views of reminders: those about one report, those to one person, and the mails to come."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.pauses import PauseScope, PauseTarget
from tracker.domain.permissions import Action, is_allowed
from tracker.models.reminders import Delivery
from tracker.queries.pauses import listed_pauses, pauses_of
from tracker.queries.people import find_person
from tracker.queries.reminder_history import (
    ReminderPage,
    reminders_of_person,
    reminders_of_report,
    silence_about,
)
from tracker.queries.reminder_outlook import mails_ahead, names_of, outlook
from tracker.queries.report_lines import find_report_line
from tracker.web.addresses import whole_number
from tracker.web.reminder_rules.words import applied_rule
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

DAYS_AHEAD = 14
MOST_MAILS = 150  # on one page, which then has less than 100 kB
FURTHEST_DAY = 92  # days from today: what holds much later is not known
_DAYS_AHEAD_OF_REPORT = 60  # long enough to see what comes before the due day and after it

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/progress/<int:report_id>/reminders")
@requires(Action.READ)
def of_report(report_id: int) -> str:
    at = clock.now()
    with reading() as session:
        line = find_report_line(session, report_id, at=at)
        if line is None:
            raise NotFound(
                "There is no such progress report. Choose one from the list of your work."
            )
        history = reminders_of_report(session, report_id, before=_before())
        silence = silence_about(session, report_id, at=at)
        ahead = outlook(session, after=at, days=_DAYS_AHEAD_OF_REPORT, report_ids=[report_id])
        names = names_of(session, {occasion.recipient_id for _moment, occasion in ahead})
        rule = applied_rule(session, line.mandate_id, unit_id=line.unit_id)
        shown = _with_pauses(
            session,
            history,
            PauseTarget(PauseScope.UNIT, line.unit_id),
            PauseTarget(PauseScope.MANDATE, line.mandate_id),
        )
    return render_template(
        "reminders/of_report.html",
        line=line,
        history=history,
        silence=silence,
        ahead=ahead,
        names=names,
        rule=rule,
        **shown,
    )


@blueprint.get("/account/reminders")
@requires(Action.READ)
def mine() -> str:
    with reading() as session:
        history = reminders_of_person(session, actor().person_id, before=_before())
        me = PauseTarget(PauseScope.PERSON, actor().person_id)
        shown = _with_pauses(session, history, me)
    return render_template("reminders/of_person.html", history=history, person=None, **shown)


@blueprint.get("/admin/people/<int:person_id>/reminders")
@requires(Action.SEE_DELIVERIES)
def of_person(person_id: int) -> str:
    with reading() as session:
        person = find_person(session, person_id)
        if person is None:
            raise NotFound("There is no such person. Choose one from the list of people.")
        history = reminders_of_person(session, person_id, before=_before())
        shown = _with_pauses(session, history, PauseTarget(PauseScope.PERSON, person_id))
    return render_template("reminders/of_person.html", history=history, person=person, **shown)


@blueprint.get("/admin/deliveries/ahead")
@requires(Action.SEE_DELIVERIES)
def ahead() -> str:
    today = clock.today(actor().time_zone)
    day = _asked_day(today)
    days = DAYS_AHEAD if day is None else (day - today).days + 1
    zone = ZoneInfo(actor().time_zone)
    with reading() as session:
        mails = [
            mail
            for mail in mails_ahead(session, after=clock.now(), days=days)
            if day is None or mail.at.astimezone(zone).date() == day
        ]
        pauses = listed_pauses(session, since=today)
    return render_template(
        "reminders/ahead.html",
        day=day,
        mails=mails[:MOST_MAILS],
        more=max(len(mails) - MOST_MAILS, 0),
        days=days,
        total=len(mails),
        pauses=pauses,
        today=today,
        furthest=today + timedelta(days=FURTHEST_DAY),
    )


def _asked_day(today: date) -> date | None:
    """Return the one day for which the mails are tried; None stands for the days to come."""
    text = request.args.get("day", "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not today <= day <= today + timedelta(days=FURTHEST_DAY):
        raise Invalid(
            "Mails are foretold for a day from today to three months ahead, such as %(day)s. What "
            "went out before is under Deliveries.",
            day=today,
        )
    return day


def _with_pauses(
    session: Session, history: ReminderPage, *targets: PauseTarget
) -> dict[str, object]:
    """Return what a page of reminders tells of pauses: all of them, and those of ``targets``."""
    today = clock.today(actor().time_zone)
    waiting = [
        (row.report_id, row.recipient_id)
        for row in history.rows
        if row.state is Delivery.PENDING and row.report_id is not None
    ]
    return {
        "paused": pauses_of(session, waiting, at=clock.now()),
        "pauses": listed_pauses(session, since=today, targets=[PauseTarget(), *targets]),
        "today": today,
        "may_pause": is_allowed(actor(), Action.PAUSE_REMINDERS),
    }


def _before() -> int | None:
    return whole_number(request.args.get("before", ""))
