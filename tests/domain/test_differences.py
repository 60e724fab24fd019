"""The difference between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.differences import MOST_WORDS, Part, PartKind, is_changed, word_difference

WORDS = st.lists(st.sampled_from(["the", "secretariat", "did", "not", "begin", "\n"]), max_size=12)


def test_words_added_and_removed_stand_where_they_changed() -> None:
    before = "Two missions were sent to the islands."
    after = "Three missions and a study were sent to the islands."

    assert word_difference(before, after) == [
        Part(PartKind.REMOVED, "Two "),
        Part(PartKind.ADDED, "Three "),
        Part(PartKind.SAME, "missions "),
        Part(PartKind.ADDED, "and a study "),
        Part(PartKind.SAME, "were sent to the islands. "),
    ]


def test_a_small_word_between_two_changes_does_not_break_the_sentence_up() -> None:
    before = "Courses on the methodology were held in Dakar."
    after = "Material for the course was completed in Portuguese."

    assert word_difference(before, after) == [
        Part(PartKind.REMOVED, "Courses on the methodology were held in Dakar. "),
        Part(PartKind.ADDED, "Material for the course was completed in Portuguese. "),
    ]


def test_line_breaks_are_kept_in_the_running_text() -> None:
    parts = word_difference("One.\nTwo.", "One.\nTwo.\n\nThree.")

    assert "".join(words for kind, words in parts if kind is not PartKind.REMOVED) == (
        "One.\nTwo.\n\nThree. "
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "New.", [Part(PartKind.ADDED, "New. ")]),
        ("Old.", " ", [Part(PartKind.REMOVED, "Old. ")]),
        ("Same.", "Same.\n", [Part(PartKind.SAME, "Same. ")]),
    ],
)
def test_a_text_that_begins_or_ends_is_wholly_added_or_removed(
    before: str, after: str, expected: list[Part]
) -> None:
    assert word_difference(before, after) == expected


@given(WORDS, WORDS)
def test_the_parts_make_up_both_texts(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)

    parts = word_difference(before, after)

    kept = "".join(words for kind, words in parts if kind is not PartKind.REMOVED)
    gone = "".join(words for kind, words in parts if kind is not PartKind.ADDED)
    assert kept.split() == after.split()
    assert gone.split() == before.split()
    assert is_changed(parts) or before.split() == after.split()


def test_a_text_too_long_to_compare_is_told_as_a_whole() -> None:
    before, after = "old " * (MOST_WORDS + 1), "new " * (MOST_WORDS + 1)

    assert [part.kind for part in word_difference(before, after)] == [
        PartKind.REMOVED,
        PartKind.ADDED,
    ]
    assert not is_changed(word_difference(before, before))
