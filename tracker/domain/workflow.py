"""The way of a progress report from open to frozen: one table of states and moves."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.errors import N_, WrongState


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
    TAKE_BACK = "take_back"
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
    (Review.SUBMITTED, Move.TAKE_BACK): Review.DRAFT,
    (Review.SUBMITTED, Move.RETURN): Review.RETURNED,
    (Review.CLEARED, Move.RETURN): Review.RETURNED,
    (Review.SUBMITTED, Move.CLEAR): Review.CLEARED,
    (Review.CLEARED, Move.FREEZE): Review.FROZEN,
}

ANSWERED = frozenset({Review.SUBMITTED, Review.CLEARED, Review.FROZEN})

_REFUSALS: Mapping[Move, str] = {
    Move.SAVE: N_(
        "This report was submitted, so its text cannot be changed now. "
        "Ask the manager to return it first."
    ),
    Move.SUBMIT: N_(
        "This report was submitted already. Ask the manager to return it if the text must change."
    ),
    Move.TAKE_BACK: N_(
        "This report cannot be taken back: it was not submitted, or the manager has decided on it "
        "already. Open it to see where it stands."
    ),
    Move.RETURN: N_(
        "This report cannot be returned: it was not submitted, or its text is frozen in the "
        "biennial report. Open it to see where it stands."
    ),
    Move.CLEAR: N_(
        "This report cannot be cleared: it was not submitted, or somebody cleared it already. "
        "Open it to see where it stands."
    ),
    Move.FREEZE: N_("Only a cleared report can be frozen. Clear it first."),
}


def next_state(state: Review, move: Move) -> Review:
    """Return the state that ``move`` leads to; raise WrongState where there is no such move."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise WrongState(_REFUSALS[move]) from None


def is_possible(state: Review, move: Move) -> bool:
    """Tell whether the table has ``move`` from ``state``."""
    return (state, move) in TRANSITIONS
