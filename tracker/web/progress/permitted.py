"""What the reader of a progress report may do with it now."""

from dataclasses import dataclass

from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, Role, is_allowed
from tracker.domain.progress import Hindrance, Passed, clearing_hindrance, unit_returning
from tracker.domain.workflow import ANSWERED, Move, is_possible
from tracker.queries.progress import ReportPage


@dataclass(frozen=True, slots=True)
class Permitted:
    """The acts that the page offers; ``hindrance`` explains why clearing is not among them.

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
    hindrance: Hindrance | None


def permitted(page: ReportPage, actor: Actor) -> Permitted:
    """Return what ``actor`` may do with the report of ``page``; the services check it again."""
    stage, unit_id, clearing_unit_id = (
        page.line.stage,
        page.line.unit_id,
        page.line.clearing_unit_id,
    )
    takes_answers = page.waived is None and page.period_state is PeriodState.OPEN
    returning_unit_id = unit_returning(actor, unit_id, page.line.second_unit_id)

    def may(action: Action) -> bool:
        return is_allowed(actor, action, unit_id=unit_id)

    is_frozen = page.period_state is PeriodState.FROZEN
    may_clear = (
        is_allowed(actor, Action.CLEAR_REPORT, unit_id=clearing_unit_id)
        and is_possible(stage, Move.CLEAR)
        and not is_frozen
    )
    hindrance = _hindrance(page, actor) if may_clear else None
    is_due = takes_answers and stage.review not in ANSWERED
    return Permitted(
        write=takes_answers and may(Action.SUBMIT_REPORT) and is_possible(stage, Move.SUBMIT),
        names_giver=actor.is_mailbox or unit_id not in actor.units_acting_as(Role.FOCAL_POINT),
        take_back=takes_answers
        and may(Action.SUBMIT_REPORT)
        and is_possible(stage, Move.TAKE_BACK),
        clear=may_clear and hindrance is None,
        return_it=takes_answers
        and is_allowed(actor, Action.RETURN_REPORT, unit_id=returning_unit_id)
        and is_possible(stage, Move.RETURN),
        extend=is_due and may(Action.EXTEND_DUE_DATE),
        ask=takes_answers and may(Action.WRITE_PROGRESS) and not may(Action.CLEAR_REPORT),
        ask_for_time=is_due and may(Action.WRITE_PROGRESS) and not may(Action.EXTEND_DUE_DATE),
        answer=may(Action.RETURN_REPORT),
        waive=is_due and may(Action.OPEN_PERIOD),
        hindrance=hindrance,
    )


def _hindrance(page: ReportPage, actor: Actor) -> Hindrance | None:
    if page.submitted is None:
        return None
    passed = Passed(
        page.submitted.written_by_id,
        page.cleared_first.people_ids if page.cleared_first else frozenset(),
    )
    return clearing_hindrance(actor, unit_id=page.line.clearing_unit_id, passed=passed)
