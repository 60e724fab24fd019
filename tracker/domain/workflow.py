"""The way of a progress report from open to frozen: one table of stages and moves."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

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
    CLEAR_FIRST = "clear_first"
    CLEAR = "clear"
    FREEZE = "freeze"


class Level(IntEnum):
    """At which clearance a report is: that of its unit, or that of a unit asked besides."""

    FIRST = 1
    SECOND = 2


class Stage(NamedTuple):
    """Where a report stands: the state of its review, and the level of clearance it has come to."""

    review: Review
    level: Level = Level.FIRST


WAITS_AT_SECOND = Stage(Review.SUBMITTED, Level.SECOND)
_CLEARED_AT_SECOND = Stage(Review.CLEARED, Level.SECOND)


TRANSITIONS: Mapping[tuple[Stage, Move], Stage] = {
    (Stage(Review.OPEN), Move.SAVE): Stage(Review.DRAFT),
    (Stage(Review.DRAFT), Move.SAVE): Stage(Review.DRAFT),
    (Stage(Review.RETURNED), Move.SAVE): Stage(Review.RETURNED),
    (Stage(Review.OPEN), Move.SUBMIT): Stage(Review.SUBMITTED),
    (Stage(Review.DRAFT), Move.SUBMIT): Stage(Review.SUBMITTED),
    (Stage(Review.RETURNED), Move.SUBMIT): Stage(Review.SUBMITTED),
    (Stage(Review.SUBMITTED), Move.TAKE_BACK): Stage(Review.DRAFT),
    (Stage(Review.SUBMITTED), Move.RETURN): Stage(Review.RETURNED),
    (Stage(Review.CLEARED), Move.RETURN): Stage(Review.RETURNED),
    (Stage(Review.SUBMITTED), Move.CLEAR): Stage(Review.CLEARED),
    (Stage(Review.CLEARED), Move.FREEZE): Stage(Review.FROZEN),
    # Where a unit asks for a second level: the text stays submitted until that level has cleared
    # it, and a returned one passes both again.
    (Stage(Review.SUBMITTED), Move.CLEAR_FIRST): WAITS_AT_SECOND,
    (WAITS_AT_SECOND, Move.RETURN): Stage(Review.RETURNED),
    (WAITS_AT_SECOND, Move.CLEAR): _CLEARED_AT_SECOND,
    (_CLEARED_AT_SECOND, Move.RETURN): Stage(Review.RETURNED),
    (_CLEARED_AT_SECOND, Move.FREEZE): Stage(Review.FROZEN, Level.SECOND),
}

ANSWERED = frozenset({Review.SUBMITTED, Review.CLEARED, Review.FROZEN})
ANSWERABLE = frozenset(Review) - ANSWERED
"""Where a text can still be written and submitted."""
DECISIONS = frozenset({Move.RETURN, Move.CLEAR_FIRST, Move.CLEAR})
"""What a manager decides on a submitted text; each is a row of clearances."""

_NOT_CLEARED_NOW = N_(
    "This report cannot be cleared: it was not submitted, or somebody cleared it already. "
    "Open it to see where it stands."
)
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
    Move.CLEAR_FIRST: _NOT_CLEARED_NOW,
    Move.CLEAR: _NOT_CLEARED_NOW,
    Move.FREEZE: N_("Only a cleared report can be frozen. Clear it first."),
}


def next_stage(stage: Stage, move: Move) -> Stage:
    """Return the stage that ``move`` leads to; raise WrongState where there is no such move."""
    try:
        return TRANSITIONS[stage, move]
    except KeyError:
        raise WrongState(_REFUSALS[move]) from None


def is_possible(stage: Stage, move: Move) -> bool:
    """Tell whether the table has ``move`` from ``stage``."""
    return (stage, move) in TRANSITIONS


def clearing_move(stage: Stage, *, asks_second: bool) -> Move:
    """Return which move a clearance is at ``stage``, in a unit that asks for a second one or not.

    What waits at the second level is cleared there for good, whatever the unit asks for by now.
    """
    is_first_of_two = asks_second and stage.level is Level.FIRST
    return Move.CLEAR_FIRST if is_first_of_two else Move.CLEAR
