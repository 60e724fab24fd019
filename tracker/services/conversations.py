"""Asking about a report and answering: questions to the manager, and more time."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.conversation import MessageKind, check_message, check_settles
from tracker.domain.deadlines import check_extension
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.workflow import ANSWERED
from tracker.models.conversations import ReportMessage
from tracker.models.progress import ProgressReport
from tracker.queries.conversations import is_open
from tracker.services import audit
from tracker.services.due_dates import extend_due_date
from tracker.services.report_rows import check_takes_answers, take_report


def ask_manager(
    session: Session, *, report_id: int, text: str, actor: Actor, at: datetime
) -> ReportMessage:
    """Put a question about the report to whoever clears it."""
    report = take_report(session, report_id)
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    return append_message(
        session, report, MessageKind.QUESTION, check_message(text), actor=actor, at=at
    )


def answer_question(
    session: Session, *, message_id: int, text: str, actor: Actor, at: datetime
) -> ReportMessage:
    """Answer a question on the item; raises WrongState when somebody has answered it already."""
    asked, report = _take_asked(session, message_id)
    permissions.require(actor, Action.RETURN_REPORT, unit_id=report.unit_id)
    check_settles(asked.kind, MessageKind.ANSWER, is_settled=not is_open(session, asked.id))
    return append_message(
        session,
        report,
        MessageKind.ANSWER,
        check_message(text),
        answers_id=asked.id,
        actor=actor,
        at=at,
    )


def ask_for_more_time(
    session: Session, *, report_id: int, wanted_on: date, reason: str, actor: Actor, at: datetime
) -> ReportMessage:
    """Ask for a later due date; it holds only once a manager gives it.

    Raises Invalid when the date is not later, WrongState when the report is answered and Duplicate
    when a request waits already.
    """
    report = take_report(session, report_id)
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    check_takes_answers(report)
    if report.review in ANSWERED:
        raise WrongState("This report is answered already, so it needs no more time.")
    check_extension(wanted_on, current=report.due_on)
    if _open_request(session, report.id) is not None:
        raise Duplicate("More time is asked for already. Wait for the manager's decision.")
    return append_message(
        session,
        report,
        MessageKind.MORE_TIME_ASKED,
        check_message(reason),
        wanted_on=wanted_on,
        actor=actor,
        at=at,
    )


def give_more_time(
    session: Session,
    *,
    message_id: int,
    due_on: date | None = None,
    text: str = "",
    actor: Actor,
    at: datetime,
) -> ReportMessage:
    """Give the date that was asked for, or another later one; the due date's history says why."""
    asked, report = _take_asked(session, message_id)
    check_settles(
        asked.kind, MessageKind.MORE_TIME_GIVEN, is_settled=not is_open(session, asked.id)
    )
    given_on = due_on or asked.wanted_on
    if given_on is None:
        raise Invalid("Enter the new due date.", field="due_on")
    extend_due_date(
        session, report_id=report.id, due_on=given_on, reason=asked.text, actor=actor, at=at
    )
    return append_message(
        session,
        report,
        MessageKind.MORE_TIME_GIVEN,
        text.strip(),
        wanted_on=given_on,
        answers_id=asked.id,
        actor=actor,
        at=at,
    )


def refuse_more_time(
    session: Session, *, message_id: int, text: str, actor: Actor, at: datetime
) -> ReportMessage:
    """Refuse more time with a reason; the due date stays."""
    asked, report = _take_asked(session, message_id)
    permissions.require(actor, Action.EXTEND_DUE_DATE, unit_id=report.unit_id)
    check_settles(
        asked.kind, MessageKind.MORE_TIME_REFUSED, is_settled=not is_open(session, asked.id)
    )
    return append_message(
        session,
        report,
        MessageKind.MORE_TIME_REFUSED,
        check_message(text),
        answers_id=asked.id,
        actor=actor,
        at=at,
    )


def _take_asked(session: Session, message_id: int) -> tuple[ReportMessage, ProgressReport]:
    """Return what was asked and its report, which is kept from others: two answers meet here."""
    asked = session.get(ReportMessage, message_id)
    if asked is None:
        raise NotFound("There is no such question. Open the report to see what was asked.")
    return asked, take_report(session, asked.report_id)


def _open_request(session: Session, report_id: int) -> int | None:
    requests = session.scalars(
        select(ReportMessage.id).where(
            ReportMessage.report_id == report_id, ReportMessage.kind == MessageKind.MORE_TIME_ASKED
        )
    )
    return next((found for found in requests if is_open(session, found)), None)


def append_message(
    session: Session,
    report: ProgressReport,
    kind: MessageKind,
    text: str,
    *,
    wanted_on: date | None = None,
    answers_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> ReportMessage:
    """Add a message, which was checked, to the conversation about a report."""
    message = ReportMessage(
        report_id=report.id,
        kind=kind,
        text=text,
        wanted_on=wanted_on,
        answers_id=answers_id,
        written_at=at,
        written_by_id=actor.person_id,
    )
    session.add(message)
    audit.record(
        session,
        actor=actor,
        at=at,
        action=kind.value,
        subject=report,
        after={"text": text, "wanted_on": wanted_on},
    )
    return message
