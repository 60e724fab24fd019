"""What the reader of a progress report may do with it now."""

from dataclasses import dataclass

from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, Role, is_allowed
from tracker.domain.progress import clears_no_own_text
from tracker.domain.workflow import ANSWERED, Move, is_possible
from tracker.queries.progress import ReportPage


@dataclass(frozen=True, slots=True)
class Permitted:
    """The acts that the page offers; ``is_own_text`` explains why clearing is not among them.

    ``names_giver`` tells that the reader enters other people's answers: as a shared mailbox, or as
    somebody who is no focal point of the unit.
    """

    write: bool
    names_giver: bool
    take_back: bool
    clear: bool
    return_it: bool
    extend: bool
    ask: bool
    ask_for_time: bool
    answer: bool
    waive: bool
    is_own_text: bool


def permitted(page: ReportPage, actor: Actor) -> Permitted:
    """Return what ``actor`` may do with the report of ``page``; the services check it again."""
    review, unit_id = page.line.review, page.line.unit_id
    takes_answers = page.waived is None and page.period_state is PeriodState.OPEN
    is_own_text = page.submitted is not None and not clears_no_own_text(
        actor, unit_id=unit_id, written_by_id=page.submitted.written_by_id
    )

    def may(action: Action) -> bool:
        return is_allowed(actor, action, unit_id=unit_id)

    is_frozen = page.period_state is PeriodState.FROZEN
    may_clear = may(Action.CLEAR_REPORT) and is_possible(review, Move.CLEAR) and not is_frozen
    is_due = takes_answers and review not in ANSWERED
    return Permitted(
        write=takes_answers and may(Action.SUBMIT_REPORT) and is_possible(review, Move.SUBMIT),
        names_giver=actor.is_mailbox or unit_id not in actor.units_acting_as(Role.FOCAL_POINT),
        take_back=takes_answers
        and may(Action.SUBMIT_REPORT)
        and is_possible(review, Move.TAKE_BACK),
        clear=may_clear and not is_own_text,
        return_it=takes_answers and may(Action.RETURN_REPORT) and is_possible(review, Move.RETURN),
        extend=is_due and may(Action.EXTEND_DUE_DATE),
        ask=takes_answers and may(Action.WRITE_PROGRESS) and not may(Action.CLEAR_REPORT),
        ask_for_time=is_due and may(Action.WRITE_PROGRESS) and not may(Action.EXTEND_DUE_DATE),
        answer=may(Action.RETURN_REPORT),
        waive=is_due and may(Action.OPEN_PERIOD),
        is_own_text=may_clear and is_own_text,
    )
