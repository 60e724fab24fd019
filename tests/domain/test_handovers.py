"""Who takes what of a hand-over."""

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.handovers import STAYS, Choices, OpenItem, OpenKind, check_successors

BEA, CARL, DORA = 2, 3, 4
MANDATE = OpenItem(OpenKind.FOCAL_POINT, 7, 1)


@pytest.mark.parametrize(
    ("choices", "successor"),
    [
        (Choices(), None),
        (Choices(everything=BEA), BEA),
        (Choices(everything=BEA, by_kind={OpenKind.FOCAL_POINT: CARL}), CARL),
        (Choices(everything=BEA, by_kind={OpenKind.DEPUTY: CARL}), BEA),
        (Choices(BEA, {OpenKind.FOCAL_POINT: CARL}, {"focal_point-7": DORA}), DORA),
        (Choices(BEA, {}, {"focal_point-7": STAYS}), None),
        (Choices(BEA, {OpenKind.FOCAL_POINT: STAYS}, {"focal_point-8": DORA}), None),
    ],
    ids=["nobody", "all", "kind", "other-kind", "item", "stays", "kind-stays"],
)
def test_the_nearest_choice_holds(choices: Choices, successor: int | None) -> None:
    assert choices.successor_of(MANDATE) == successor


@pytest.mark.parametrize(
    ("successors", "sentence"),
    [
        ({}, "Choose at least one"),
        ({1: True}, "to themselves"),
        ({BEA: True, CARL: False}, "deactivated"),
    ],
    ids=["nobody", "oneself", "deactivated"],
)
def test_successors_that_can_take_nothing_are_told(
    successors: dict[int, bool], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        check_successors(1, successors)
