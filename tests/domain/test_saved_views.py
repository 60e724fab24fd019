"""What a view keeps of the address of a list, and what it is called."""

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.saved_views import (
    LONGEST_FILTER,
    LONGEST_NAME,
    SharedWith,
    Sharing,
    check_name,
    filter_of,
    numbers_named,
)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?unit=3&sort=-due", "unit=3&sort=-due"),
        ("unit=3&after=%5B1%5D&view=9&page=4&all=unit", "unit=3"),
        ("q=%22small+ports%22+-ferries", "q=%22small+ports%22+-ferries"),
        ("unit=&nature=procedural", "nature=procedural"),
        ("kind=a&kind=b", "kind=a&kind=b"),
    ],
)
def test_a_view_keeps_filter_and_order_and_not_the_place_in_the_list(query: str, kept: str) -> None:
    assert filter_of(query) == kept


def test_a_filter_that_nobody_writes_is_refused() -> None:
    with pytest.raises(Invalid, match="too long"):
        filter_of("q=" + "a" * LONGEST_FILTER)


@pytest.mark.parametrize("name", ["", "   ", "a" * (LONGEST_NAME + 1)])
def test_a_view_needs_a_name_of_a_line(name: str) -> None:
    with pytest.raises(Invalid, match="Enter a name"):
        check_name(name)


def test_blanks_around_a_name_are_taken_away() -> None:
    assert check_name("  Late   in Trade ") == "Late in Trade"


def test_only_what_is_named_by_number_can_be_gone() -> None:
    written = "unit=3&session=x&body=2&year=2025&unit=99999999999"

    assert numbers_named(written, {"unit", "session"}) == (("unit", 3),)


def test_with_whom_a_view_is_shared_is_one_word_of_a_form() -> None:
    assert str(SharedWith(Sharing.UNIT, 3)) == "unit:3"
    assert str(SharedWith(Sharing.EVERYBODY)) == "everybody"
