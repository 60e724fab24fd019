"""Doubtful places are found again in the words of the source."""

from tracker.domain.clauses import Block, BlockKind
from tracker.web.resolutions.source_lines import places_in_source

LINES = (
    "- 1. <u>Requests</u> the Secretary to count",
    "the islands;",
    "2) Requests the  Secretary to sail;",
    "3. Requests the Secretary to rest.",
)


def doubtful(text: str) -> Block:
    return Block(BlockKind.OPERATIVE, text)


def test_a_place_is_found_by_its_first_words_below_the_one_before_it() -> None:
    blocks = [
        doubtful("Requests the Secretary to count the islands;"),
        doubtful("Requests the Secretary to sail;"),
    ]

    assert places_in_source(LINES, blocks) == {0: 1, 2: 2}


def test_emphasis_and_spaces_of_the_source_do_not_hide_a_place() -> None:
    assert places_in_source(LINES, [doubtful("Requests the Secretary to count")]) == {0: 1}


def test_what_is_not_in_the_source_is_left_out() -> None:
    assert places_in_source(LINES, [doubtful("Decides to remain seized"), doubtful("…")]) == {}
