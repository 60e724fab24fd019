"""Views of what people ask about a report: a question, more time, and the answers."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Refused, WrongState
from tracker.domain.permissions import Action
from tracker.services.conversations import (
    answer_question,
    ask_for_more_time,
    ask_manager,
    give_more_time,
    refuse_more_time,
)
from tracker.web.errors import status_of
from tracker.web.progress.forms import MoreTimeForm, QuestionForm
from tracker.web.progress.views import Page, blueprint, report_page
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction


@blueprint.post("/<int:report_id>/question")
@requires(Action.WRITE_PROGRESS)
def ask(report_id: int) -> Page:
    form = QuestionForm()
    try:
        with transaction() as session:
            ask_manager(
                session,
                report_id=report_id,
                text=form.text.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal)
        return report_page(report_id, question_form=form), status_of(refusal)
    flash(gettext("Your question is asked. The answer comes here and on My work."), "success")
    return _back_to(report_id)


@blueprint.post("/<int:report_id>/more-time")
@requires(Action.WRITE_PROGRESS)
def ask_for_time(report_id: int) -> Page:
    form = MoreTimeForm()
    if not form.validate() or form.due_on.data is None:
        if not form.errors:
            form.refuse(Invalid("Enter the new due date.", field="due_on"))
        return report_page(report_id, time_form=form), 400
    try:
        with transaction() as session:
            ask_for_more_time(
                session,
                report_id=report_id,
                wanted_on=form.due_on.data,
                reason=form.text.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Duplicate, WrongState) as refusal:
        form.refuse(refusal)
        return report_page(report_id, time_form=form), status_of(refusal)
    flash(gettext("More time is asked for. Until a manager gives it, the date stays."), "success")
    return _back_to(report_id)


@blueprint.post("/<int:report_id>/messages/<int:message_id>/answer")
@requires(Action.RETURN_REPORT)
def answer(report_id: int, message_id: int) -> Page:
    def act() -> None:
        with transaction() as session:
            answer_question(
                session, message_id=message_id, text=_text(), actor=actor(), at=clock.now()
            )

    return _settle(report_id, message_id, act, gettext("Your answer stands with the report."))


@blueprint.post("/<int:report_id>/messages/<int:message_id>/give-time")
@requires(Action.EXTEND_DUE_DATE)
def give_time(report_id: int, message_id: int) -> Page:
    def act() -> None:
        with transaction() as session:
            give_more_time(session, message_id=message_id, actor=actor(), at=clock.now())

    return _settle(report_id, message_id, act, gettext("More time is given."))


@blueprint.post("/<int:report_id>/messages/<int:message_id>/refuse-time")
@requires(Action.EXTEND_DUE_DATE)
def refuse_time(report_id: int, message_id: int) -> Page:
    def act() -> None:
        with transaction() as session:
            refuse_more_time(
                session, message_id=message_id, text=_text(), actor=actor(), at=clock.now()
            )

    return _settle(report_id, message_id, act, gettext("More time is refused; the date stays."))


def _settle(report_id: int, message_id: int, act: Callable[[], None], told: str) -> Page:
    try:
        act()
    except (Invalid, WrongState) as refusal:
        return _page_with_answer(report_id, message_id, refusal), status_of(refusal)
    flash(told, "success")
    return _back_to(report_id)


def _page_with_answer(report_id: int, message_id: int, refusal: Refused) -> str:
    """Return the page with the refusal and what was written, so that nothing is lost."""
    return report_page(report_id, refusal=refusal, written_answer=(message_id, _text()))


def _text() -> str:
    return request.form.get("text", "")


def _back_to(report_id: int) -> Page:
    return redirect(url_for("progress.edit", report_id=report_id, _anchor="conversation"), 303)
