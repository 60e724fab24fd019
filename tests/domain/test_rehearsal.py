"""A list is taken as it was rehearsed, or not at all."""

from dataclasses import dataclass

import pytest

from tracker.domain.errors import Invalid, Stale
from tracker.domain.rehearsal import (
    Effect,
    Planned,
    counts_of,
    require_as_rehearsed,
    seal_of,
)


@dataclass(frozen=True, slots=True)
class Written:
    line: int
    words: str = ""


MADE = Planned(Written(2), Effect.MADE)
REFUSED = Planned(Written(3), Effect.REFUSED, (Invalid("The row has no title."),))


def test_one_refused_row_holds_the_whole_list_back() -> None:
    with pytest.raises(Invalid, match="Some rows are refused"):
        require_as_rehearsed([MADE, REFUSED], seal=None)


def test_a_list_is_taken_as_it_was_shown() -> None:
    require_as_rehearsed([MADE], seal=seal_of([MADE]))


@pytest.mark.parametrize(
    "by_now",
    [[], [MADE, MADE], [Planned(Written(2), Effect.SAME)], [Planned(Written(2, "x"), Effect.MADE)]],
    ids=["row gone", "row more", "other effect", "other words"],
)
def test_what_would_do_something_else_by_now_is_stale(by_now: list[Planned[Written]]) -> None:
    with pytest.raises(Stale):
        require_as_rehearsed(by_now, seal=seal_of([MADE]))


def test_rows_are_counted_by_what_they_do() -> None:
    assert counts_of([MADE, MADE, REFUSED]) == {Effect.MADE: 2, Effect.REFUSED: 1}
