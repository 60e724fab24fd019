"""The table of the review: every stage and move either leads on or is refused."""

from itertools import product

import pytest

from tracker.domain.errors import WrongState
from tracker.domain.workflow import (
    ANSWERED,
    Level,
    Move,
    Review,
    Stage,
    clearing_move,
    is_possible,
    next_stage,
)

AT_SECOND = Stage(Review.SUBMITTED, Level.SECOND)
CLEARED_TWICE = Stage(Review.CLEARED, Level.SECOND)
ALLOWED = {
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
    (Stage(Review.SUBMITTED), Move.CLEAR_FIRST): AT_SECOND,
    (Stage(Review.CLEARED), Move.FREEZE): Stage(Review.FROZEN),
    (AT_SECOND, Move.RETURN): Stage(Review.RETURNED),
    (AT_SECOND, Move.CLEAR): CLEARED_TWICE,
    (CLEARED_TWICE, Move.RETURN): Stage(Review.RETURNED),
    (CLEARED_TWICE, Move.FREEZE): Stage(Review.FROZEN, Level.SECOND),
}
STAGES = [Stage(review, level) for review, level in product(Review, Level)]
REFUSED = [pair for pair in product(STAGES, Move) if pair not in ALLOWED]


def name_of(pair: tuple[Stage, Move]) -> str:
    stage, move = pair
    return f"{stage.review} {stage.level.name.lower()} {move}"


@pytest.mark.parametrize(("pair", "expected"), ALLOWED.items(), ids=map(name_of, ALLOWED))
def test_a_move_of_the_table_leads_on(pair: tuple[Stage, Move], expected: Stage) -> None:
    assert next_stage(*pair) == expected
    assert is_possible(*pair)


@pytest.mark.parametrize("pair", REFUSED, ids=map(name_of, REFUSED))
def test_every_other_move_is_refused_with_the_state(pair: tuple[Stage, Move]) -> None:
    with pytest.raises(WrongState) as refusal:
        next_stage(*pair)

    assert str(refusal.value)
    assert not is_possible(*pair)


def test_nothing_leads_out_of_the_final_edition() -> None:
    frozen = [Stage(Review.FROZEN, level) for level in Level]

    assert not any(is_possible(stage, move) for stage, move in product(frozen, Move))


def test_a_returned_report_is_not_answered() -> None:
    assert {Review.SUBMITTED, Review.CLEARED, Review.FROZEN} == ANSWERED


@pytest.mark.parametrize(
    ("stage", "asks_second", "move"),
    [
        pytest.param(Stage(Review.SUBMITTED), False, Move.CLEAR, id="one-level"),
        pytest.param(Stage(Review.SUBMITTED), True, Move.CLEAR_FIRST, id="first-of-two"),
        pytest.param(AT_SECOND, True, Move.CLEAR, id="second"),
        pytest.param(AT_SECOND, False, Move.CLEAR, id="second-asked-for-no-more"),
    ],
)
def test_a_clearance_is_the_last_where_no_other_is_asked_for(
    stage: Stage, asks_second: bool, move: Move
) -> None:
    assert clearing_move(stage, asks_second=asks_second) is move
