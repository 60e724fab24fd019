"""Views of reminders: those about one report, and those to one person."""

from flask import Blueprint, render_template, request

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import NotFound
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
from tracker.queries.reminder_outlook import names_of, outlook
from tracker.queries.report_lines import find_report_line
from tracker.web.addresses import whole_number
from tracker.web.reminder_rules.words import applied_rule
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

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
