"""The way of a progress report from open to frozen: one table of states and moves."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.errors import WrongState


class Review(StrEnum):
    """Where a progress report stands in its review."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLEARED = "cleared"
    FROZEN = "frozen"


class Move(StrEnum):
    """One step in the review of a progress report."""

    SAVE = "save"
    SUBMIT = "submit"
    RETURN = "return"
    CLEAR = "clear"
    FREEZE = "freeze"


TRANSITIONS: Mapping[tuple[Review, Move], Review] = {
    (Review.OPEN, Move.SAVE): Review.DRAFT,
    (Review.DRAFT, Move.SAVE): Review.DRAFT,
    (Review.RETURNED, Move.SAVE): Review.RETURNED,
    (Review.OPEN, Move.SUBMIT): Review.SUBMITTED,
    (Review.DRAFT, Move.SUBMIT): Review.SUBMITTED,
    (Review.RETURNED, Move.SUBMIT): Review.SUBMITTED,
    (Review.SUBMITTED, Move.RETURN): Review.RETURNED,
    (Review.CLEARED, Move.RETURN): Review.RETURNED,
    (Review.SUBMITTED, Move.CLEAR): Review.CLEARED,
    (Review.CLEARED, Move.FREEZE): Review.FROZEN,
}

ANSWERED = frozenset({Review.SUBMITTED, Review.CLEARED, Review.FROZEN})

_REFUSALS: Mapping[Move, str] = {
    Move.SAVE: "This report is %(state)s, so its text cannot be changed now. "
    "Ask the manager to return it first.",
    Move.SUBMIT: "This report is %(state)s and cannot be submitted again. "
    "Ask the manager to return it if the text must change.",
    Move.RETURN: "This report is %(state)s, so there is nothing to return.",
    Move.CLEAR: "This report is %(state)s; only a submitted report can be cleared.",
    Move.FREEZE: "This report is %(state)s; only a cleared report can be frozen.",
}


def next_state(state: Review, move: Move) -> Review:
    """Return the state that ``move`` leads to; raise WrongState where there is no such move."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise WrongState(_REFUSALS[move], state=state.value) from None


def is_possible(state: Review, move: Move) -> bool:
    """Tell whether the table has ``move`` from ``state``."""
    return (state, move) in TRANSITIONS
