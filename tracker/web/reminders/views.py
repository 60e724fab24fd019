"""Views of reminders: those about one report, those to one person, and the mails to come."""

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action
from tracker.queries.people import find_person
from tracker.queries.reminder_history import (
    reminders_of_person,
    reminders_of_report,
    silence_about,
)
from tracker.queries.reminder_outlook import mails_ahead, names_of, outlook
from tracker.queries.report_lines import find_report_line
from tracker.web.addresses import whole_number
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

DAYS_AHEAD = 14
MOST_MAILS = 200  # on one page
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
        silence = silence_about(session, report_id)
        ahead = outlook(session, after=at, days=_DAYS_AHEAD_OF_REPORT, report_ids=[report_id])
        names = names_of(session, {occasion.recipient_id for _moment, occasion in ahead})
    return render_template(
        "reminders/of_report.html",
        line=line,
        history=history,
        silence=silence,
        ahead=ahead,
        names=names,
    )


@blueprint.get("/account/reminders")
@requires(Action.READ)
def mine() -> str:
    with reading() as session:
        history = reminders_of_person(session, actor().person_id, before=_before())
    return render_template("reminders/of_person.html", history=history, person=None)


@blueprint.get("/admin/people/<int:person_id>/reminders")
@requires(Action.SEE_DELIVERIES)
def of_person(person_id: int) -> str:
    with reading() as session:
        person = find_person(session, person_id)
        if person is None:
            raise NotFound("There is no such person. Choose one from the list of people.")
        history = reminders_of_person(session, person_id, before=_before())
    return render_template("reminders/of_person.html", history=history, person=person)


@blueprint.get("/admin/deliveries/ahead")
@requires(Action.SEE_DELIVERIES)
def ahead() -> str:
    with reading() as session:
        mails = mails_ahead(session, after=clock.now(), days=DAYS_AHEAD)
    return render_template(
        "reminders/ahead.html",
        mails=mails[:MOST_MAILS],
        more=max(len(mails) - MOST_MAILS, 0),
        days=DAYS_AHEAD,
        total=len(mails),
    )


def _before() -> int | None:
    return whole_number(request.args.get("before", ""))
