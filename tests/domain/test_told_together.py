"""Who is looked at together: parts lose nobody, keep apart what can be, and end with the last."""

import pytest

from tracker.domain.told_together import parts_of

REPORTS = {1: [10, 11], 2: [11], 3: [12], 4: [13, 14, 15], 5: []}


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (1, [[1], [2], [3], [4], [5]]),
        (2, [[1], [2, 3], [4], [5]]),
        (3, [[1, 2, 3], [4], [5]]),
        (99, [[1, 2, 3, 4], [5]]),
    ],
)
def test_a_part_ends_once_it_has_reports_enough(most: int, expected: list[list[int]]) -> None:
    assert list(parts_of(REPORTS, [], [5], most=most)) == expected


def test_those_who_are_bound_stay_together_also_by_a_third() -> None:
    parts = list(parts_of(REPORTS, [{1, 3}, {3, 4}], [5], most=1))

    assert parts == [[1, 3, 4], [2], [5]]


def test_whoever_is_bound_to_one_of_the_last_comes_last_too() -> None:
    parts = list(parts_of(REPORTS, [{2, 9}, {9, 5}], [5, 6], most=1))

    assert parts == [[1], [3], [4], [2, 5, 6]]


def test_where_nobody_comes_last_all_come_in_their_order() -> None:
    assert list(parts_of(REPORTS, [], [], most=99)) == [[1, 2, 3, 4, 5]]
