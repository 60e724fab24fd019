"""Very many ids in a hidden field: told back exactly, in a short text."""

import pytest

from tracker.web.id_sets import packed_ids, unpacked_ids


@pytest.mark.parametrize("ids", [set(), {1}, {7, 8, 9, 4_000_000}], ids=["none", "one", "several"])
def test_ids_come_back_as_they_were(ids: set[int]) -> None:
    assert unpacked_ids(packed_ids(ids)) == ids


def test_a_hundred_thousand_ids_make_a_short_text() -> None:
    every_third = range(1, 100_000, 3)
    most = range(1, 100_000)

    assert len(packed_ids(every_third)) < 1_000
    assert len(packed_ids(most)) < 1_000
    assert len(packed_ids([n for n in most if n * n % 7919 % 2])) < 20_000


@pytest.mark.parametrize("text", ["", "2", "1-2-3", "AAAA", "ñ"])
def test_what_is_no_packed_text_holds_no_ids(text: str) -> None:
    assert unpacked_ids(text) == frozenset()
