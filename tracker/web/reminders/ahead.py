"""Views of the mails to come: worked out for the page, or before, where very many reports wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.deadlines import begins_at
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.jobs import TaskProgress
from tracker.queries.kept_outlooks import (
    KeptOutlook,
    find_kept_outlook,
    find_outlook_task,
    is_worked_out_apart,
    kept_mails,
)
from tracker.queries.pauses import listed_pauses
from tracker.queries.reminder_outlook import Ahead, mails_ahead
from tracker.services.outlooks import ask_for_outlook
from tracker.web.reminders.views import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

DAYS_AHEAD = 14
MOST_MAILS = 150  # on one page, which then has less than 100 kB
FURTHEST_DAY = 92  # days from today: what holds much later is not known


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The first mails to come and how many there are; ``kept`` says when they were worked out.

    It is None where they were worked out for the page. ``task`` works them out anew, or did.
    ``is_beyond`` says that what is kept does not reach the day that is asked for.
    """

    mails: Sequence[Ahead] = ()
    total: int = 0
    is_apart: bool = False
    kept: KeptOutlook | None = None
    task: TaskProgress | None = None
    is_beyond: bool = False


@blueprint.get("/admin/deliveries/ahead")
@requires(Action.SEE_DELIVERIES)
def ahead() -> str:
    today = clock.today(actor().time_zone)
    day = _asked_day(today)
    with reading() as session:
        foreseen = (
            _kept(session, day)
            if is_worked_out_apart(session)
            else _worked_out_now(session, day, today)
        )
        pauses = listed_pauses(session, since=today)
    task = foreseen.task
    return render_template(
        "reminders/ahead.html",
        foreseen=foreseen,
        day=day,
        days=DAYS_AHEAD,
        more=foreseen.total - len(foreseen.mails),
        pauses=pauses,
        today=today,
        furthest=today + timedelta(days=FURTHEST_DAY),
        may_cancel=task is not None
        and (
            task.requested_by_id == actor().person_id or is_allowed(actor(), Action.SETTLE_DELIVERY)
        ),
    )


@blueprint.post("/admin/deliveries/ahead")
@requires(Action.SEE_DELIVERIES)
def work_out_ahead() -> Response:
    with transaction() as session:
        ask_for_outlook(session, actor=actor(), at=clock.now())
    return redirect(url_for("reminders.ahead"), 303)


def _worked_out_now(session: Session, day: date | None, today: date) -> Foreseen:
    days = DAYS_AHEAD if day is None else (day - today).days + 1
    zone = ZoneInfo(actor().time_zone)
    mails = [
        mail
        for mail in mails_ahead(session, after=clock.now(), days=days)
        if day is None or mail.at.astimezone(zone).date() == day
    ]
    return Foreseen(mails[:MOST_MAILS], len(mails))


def _kept(session: Session, day: date | None) -> Foreseen:
    kept, task = find_kept_outlook(session), find_outlook_task(session)
    if kept is None:
        return Foreseen(is_apart=True, task=task)
    after, until = _span(day)
    mails, total = kept_mails(session, kept.id, after=after, until=until, most=MOST_MAILS)
    is_beyond = until > kept.reaches_until
    return Foreseen(mails, total, is_apart=True, kept=kept, task=task, is_beyond=is_beyond)


def _span(day: date | None) -> tuple[datetime, datetime]:
    """Return after which moment mails are asked for and until which: of a day, or in those to come.

    ``day`` is one of the reader.
    """
    now = clock.now()
    if day is None:
        return now, now + timedelta(days=DAYS_AHEAD)
    zone, instant = actor().time_zone, timedelta(microseconds=1)
    ends = begins_at(day + timedelta(days=1), zone) - instant
    return max(now, begins_at(day, zone) - instant), ends


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
