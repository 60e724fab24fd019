"""Paragraphs are found again in the words of their source."""

from tracker.domain.source_places import places_of, spans_of

LONG = "Requests the Executive Secretary to keep the registers of all islands and their harbours."
LINES = (
    "REGISTERS OF THE ISLANDS",
    "- 1. <u>Requests</u> the Secretary to count",
    "the islands;",
    "2) Requests the  Secretary to sa1l;",
    "3. Requests the Secretary to rest.",
)


def test_a_paragraph_is_found_by_its_first_words_below_the_one_before_it() -> None:
    texts = ["Requests the Secretary to count the islands;", "Requests the Secretary to rest."]

    assert places_of(LINES, texts) == [1, 4]


def test_emphasis_spaces_and_line_breaks_do_not_hide_a_paragraph() -> None:
    assert places_of(LINES, ["Requests the Secretary to count the isl-ands"]) == [1]


def test_a_paragraph_is_found_by_later_words_when_the_first_are_damaged() -> None:
    assert places_of(LINES, ["Reqoests the Secretary to count the islands;"]) == [1]


def test_what_is_not_in_the_source_is_left_out_and_hides_nothing_after_it() -> None:
    texts = ["Decides to remain seized", "…", "Requests the Secretary to rest."]

    assert places_of(LINES, texts) == [None, None, 4]


def test_a_paragraph_is_not_looked_for_at_the_other_end_of_a_long_source() -> None:
    lines = ["Annexes to it", *["Words that are no paragraph of ours."] * 400, "Annex the second"]

    assert places_of(lines, ["Annex the second"]) == [None]


def test_a_long_paragraph_is_found_behind_a_long_preface() -> None:
    lines = [*["Words of a preface that say nothing."] * 400, f"1. {LONG}"]

    assert places_of(lines, [LONG]) == [400]


def test_each_text_of_a_source_goes_to_where_the_next_begins() -> None:
    lines = ["Report", "20(V) CENSUS", "Decides to count.", "21(V) REGISTERS", "Decides to write."]

    texts = [["CENSUS", "Decides to count."], ["REGISTERS", "Decides to write."]]

    assert spans_of(lines, texts) == [(0, 3), (3, 5)]


def test_an_empty_source_has_no_places() -> None:
    assert places_of([], ["Decides to count."]) == [None]
    assert spans_of([], []) == []
