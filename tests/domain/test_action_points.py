"""The status of a mandate follows from its action points, whatever they say and in any order."""

from itertools import combinations_with_replacement, permutations

import pytest

from tracker.domain.action_points import (
    LONGEST_POINT,
    MOST_POINTS,
    SaidPoint,
    check_points,
    derived_status,
)
from tracker.domain.errors import Invalid
from tracker.domain.mandates import Implementation as Status

SAID: list[Status | None] = [*Status, None]
GROUPS = [group for size in (1, 2, 3) for group in combinations_with_replacement(SAID, size)]
BEGUN = {Status.IN_PROGRESS, Status.ONGOING, Status.COMPLETED}
MIXED = [
    ({Status.COMPLETED, Status.ONGOING}, Status.ONGOING),
    ({Status.COMPLETED, Status.NOT_STARTED}, Status.IN_PROGRESS),
    ({Status.ONGOING, Status.POSTPONED}, Status.IN_PROGRESS),
    ({Status.COMPLETED, None}, Status.IN_PROGRESS),
    ({Status.IN_PROGRESS, Status.COMPLETED}, Status.IN_PROGRESS),
    ({Status.NOT_STARTED, Status.POSTPONED}, Status.NOT_STARTED),
    ({Status.POSTPONED, Status.NOT_IMPLEMENTED}, Status.POSTPONED),
    ({Status.NOT_IMPLEMENTED, Status.NO_INFORMATION}, Status.NO_INFORMATION),
    ({Status.NOT_IMPLEMENTED, None}, Status.NO_INFORMATION),
    ({Status.NOT_CALLED_UPON, Status.COMPLETED}, Status.COMPLETED),
    ({Status.NOT_CALLED_UPON, Status.NOT_STARTED}, Status.NOT_STARTED),
]


@pytest.mark.parametrize(("statuses", "expected"), MIXED)
def test_points_that_differ_give_what_a_reader_would_say(
    statuses: set[Status | None], expected: Status
) -> None:
    assert derived_status(list(statuses)) is expected


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_points_that_are_alike_give_that(status: Status, count: int) -> None:
    assert derived_status([status] * count) is status


@pytest.mark.parametrize("count", [0, 1, 3])
def test_points_of_which_nothing_is_said_give_nothing(count: int) -> None:
    assert derived_status([None] * count) is None


def test_the_order_of_the_points_changes_nothing() -> None:
    changing = [
        group
        for group in GROUPS
        if len({derived_status(each) for each in permutations(group)}) != 1
    ]

    assert changing == []


def test_saying_a_point_twice_changes_nothing() -> None:
    changing = [
        group for group in GROUPS if derived_status([*group, *group]) is not derived_status(group)
    ]

    assert changing == []


def test_a_mandate_is_completed_only_when_all_that_was_called_upon_is() -> None:
    completed = [group for group in GROUPS if derived_status(group) is Status.COMPLETED]

    assert completed == [
        group for group in GROUPS if set(group) - {Status.NOT_CALLED_UPON} == {Status.COMPLETED}
    ]


def test_a_mandate_is_begun_exactly_when_one_of_its_points_is() -> None:
    begun = [group for group in GROUPS if derived_status(group) in BEGUN]

    assert begun == [group for group in GROUPS if set(group) & BEGUN]


def test_points_without_words_are_left_out_and_spaces_put_right() -> None:
    points = [SaidPoint("  Count \n the islands "), SaidPoint("  "), SaidPoint("Report")]

    assert [point.text for point in check_points(points)] == ["Count the islands", "Report"]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([SaidPoint("x" * (LONGEST_POINT + 1))], "at most 2000 characters"),
        ([SaidPoint("Report"), SaidPoint(" Report ")], "say the same"),
        ([SaidPoint(str(number)) for number in range(MOST_POINTS + 1)], "at most 20 action"),
    ],
    ids=["too long", "twice", "too many"],
)
def test_what_cannot_be_kept_is_refused(points: list[SaidPoint], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_points(points)

    assert sentence in str(refused.value)
