"""Stretches of long lists: as many items as fit a page, all of them over all pages."""

from tracker.domain.differences import PartKind, word_difference
from tracker.web.stretches import (
    MOST_MARKED_BYTES,
    Items,
    difference_bytes,
    shown_difference,
    stretch_of,
)

SIZES = Items([5, 5, 30, 1, 1, 1, 1, 200, 4, 6])


def pages(*, most: int = 4, most_bytes: int = 20) -> list[tuple[int, list[int], int | None]]:
    """Return each stretch: where it begins, its items, and where the one before begins."""
    found = []
    start: int | None = 0
    while start is not None:
        stretch = stretch_of(SIZES, start, bytes_of=int, most=most, most_bytes=most_bytes)
        found.append((stretch.first, list(stretch.items), stretch.before))
        start = stretch.following
    return found


def test_a_stretch_holds_what_fits_and_one_item_at_least() -> None:
    items = [items for _first, items, _before in pages()]

    assert items == [[5, 5], [30], [1, 1, 1, 1], [200], [4, 6]]


def test_one_can_go_back_over_the_items_before() -> None:
    assert [before for _first, _items, before in pages()] == [None, 0, 2, 3, 7]


def test_a_stretch_beyond_the_end_is_the_first() -> None:
    stretch = stretch_of(SIZES, 99, bytes_of=int, most=3)

    assert (stretch.first, stretch.items, stretch.last) == (0, [5, 5, 30], 3)


def test_what_fits_is_whole() -> None:
    whole = stretch_of(SIZES, 0, bytes_of=int, most=10)

    assert whole.is_whole
    assert (whole.before, whole.following) == (None, None)


def test_a_difference_of_very_many_marks_is_told_as_two_texts() -> None:
    before = " ".join(f"word{n} stays{n}" for n in range(700))
    after = " ".join(f"other{n} stays{n}" for n in range(700))

    shown = shown_difference(before, after)

    assert difference_bytes(word_difference(before, after)) > MOST_MARKED_BYTES
    assert [part.kind for part in shown] == [PartKind.REMOVED, PartKind.ADDED]
    assert [part.words for part in shown] == [before, after]
