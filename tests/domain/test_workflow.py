"""The table of the review: every state and move either leads on or is refused."""

from itertools import product

import pytest

from tracker.domain.errors import WrongState
from tracker.domain.workflow import ANSWERED, Move, Review, is_possible, next_state

ALLOWED = {
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
REFUSED = [pair for pair in product(Review, Move) if pair not in ALLOWED]


def name_of(pair: tuple[Review, Move]) -> str:
    return " ".join(pair)


@pytest.mark.parametrize(("pair", "expected"), ALLOWED.items(), ids=map(name_of, ALLOWED))
def test_a_move_of_the_table_leads_on(pair: tuple[Review, Move], expected: Review) -> None:
    assert next_state(*pair) is expected
    assert is_possible(*pair)


@pytest.mark.parametrize("pair", REFUSED, ids=map(name_of, REFUSED))
def test_every_other_move_is_refused_with_the_state(pair: tuple[Review, Move]) -> None:
    with pytest.raises(WrongState) as refusal:
        next_state(*pair)

    assert str(refusal.value)
    assert not is_possible(*pair)


def test_nothing_leads_out_of_the_final_edition() -> None:
    assert not any(is_possible(Review.FROZEN, move) for move in Move)


def test_a_returned_report_is_not_answered() -> None:
    assert {Review.SUBMITTED, Review.CLEARED, Review.FROZEN} == ANSWERED
