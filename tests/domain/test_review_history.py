"""Undo and redo, and what holds after any edits: no words are lost, no number stands twice."""

import json
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.reviewing import READING, words
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid
from tracker.domain.review_edits import (
    ChangeKind,
    ChangeText,
    Edit,
    Join,
    LeaveOut,
    MoveLevel,
    Renumber,
    Restore,
    Settle,
    Split,
)
from tracker.domain.review_history import (
    Step,
    Turn,
    check_step,
    replayed,
    standing,
    step_from_stored,
    step_to_stored,
)
from tracker.domain.reviewed_text import Reviewed, reviewed

KEYS = st.sampled_from([f"p{index}" for index in range(9)] + ["p4-2", "p2-2", "p8-2"])
PATHS = st.sampled_from(["1", "2", "3", "4", "5", "2.a", "2.b", "2.c", "3.a", "2.b.i", "1.a"])
OFFSETS = st.lists(st.integers(-2, 70), max_size=3).map(tuple)
IN_PLACE = st.one_of(
    st.builds(Split, KEYS, OFFSETS),
    st.builds(Renumber, KEYS, PATHS, and_following=st.booleans()),
    st.builds(ChangeKind, KEYS, st.sampled_from(BlockKind), st.none() | PATHS),
    st.builds(Restore, KEYS),
    st.builds(MoveLevel, KEYS, is_deeper=st.booleans()),
    st.builds(Settle, KEYS),
)
JOINS = st.builds(Join, KEYS)
OMISSIONS = st.builds(LeaveOut, KEYS)
KEEPING = IN_PLACE | JOINS | OMISSIONS
EDITS = KEEPING | st.builds(ChangeText, KEYS, st.text(min_size=1, max_size=30))
TEXT = reviewed(READING)


def accepted(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that a reviewer can take one after another; the others are refused."""
    taken: list[Step] = []
    for step in steps:
        try:
            check_step(TEXT, taken, step)
        except Invalid as refusal:
            assert str(refusal).endswith(".")  # noqa: PT017 - both ends are right
        else:
            taken.append(step)
    return taken


def letters(text: Reviewed) -> str:
    """Return all words in their order without spaces and without the numbers in the margin."""
    return "".join("".join(each.block.text.split()) for each in text).replace("3.", "")


@given(st.lists(EDITS, max_size=8))
def test_undo_leads_back_through_every_text_there_was(edits: list[Edit]) -> None:
    steps = accepted(edits)
    were = [replayed(TEXT, steps[:count]) for count in range(len(steps) + 1)]

    for count in range(len(steps) + 1):
        assert replayed(TEXT, [*steps, *[Turn.UNDO] * count]) == were[len(steps) - count]


@given(st.lists(EDITS, max_size=6), st.integers(0, 6))
def test_redo_leads_forward_again(edits: list[Edit], count: int) -> None:
    steps = accepted(edits)
    back = [Turn.UNDO] * min(count, len(steps))
    forward = [Turn.REDO] * len(back)

    assert replayed(TEXT, [*steps, *back, *forward]) == replayed(TEXT, steps)


# What goes on below a page heading that is left out is joined over it: the heading stands after it.
@example([LeaveOut("p5"), Join("p6")])
@given(st.lists(KEEPING, max_size=8))
def test_no_word_is_lost_by_anything_but_a_change_of_words(edits: list[Edit]) -> None:
    assert Counter(letters(replayed(TEXT, accepted(edits)))) == Counter(letters(TEXT))


@given(st.lists(IN_PLACE | JOINS, max_size=8) | st.lists(IN_PLACE | OMISSIONS, max_size=8))
def test_words_keep_their_order_unless_joined_over_some_that_are_left_out(
    edits: list[Edit],
) -> None:
    assert letters(replayed(TEXT, accepted(edits))) == letters(TEXT)


@given(st.lists(EDITS, max_size=8))
def test_after_any_edits_the_text_can_be_imported(edits: list[Edit]) -> None:
    text = replayed(TEXT, accepted(edits))

    clauses = [each.block for each in text if each.is_clause]
    assert set(Counter(block.path for block in clauses).values()) <= {1}
    assert set(Counter(each.key for each in text).values()) == {1}
    assert all(block.path and block.level and block.number for block in clauses)
    assert all(each.block.text.strip() for each in text)
    assert all(
        each.block.path is None for each in text if each.block.kind is not BlockKind.OPERATIVE
    )


@given(EDITS)
def test_an_edit_comes_back_from_json_as_it_was(edit: Edit) -> None:
    operation, arguments = step_to_stored(edit)

    assert step_from_stored(operation, json.loads(json.dumps(arguments))) == edit


@pytest.mark.parametrize("turn", list(Turn))
def test_a_turn_comes_back_from_json_as_it_was(turn: Turn) -> None:
    assert step_from_stored(*step_to_stored(turn)) is turn


def test_what_is_no_edit_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="no edit"):
        step_from_stored("shout", {})


def test_a_new_edit_forgets_what_could_be_redone() -> None:
    steps: list[Step] = [ChangeText("p3", "A"), Turn.UNDO, ChangeText("p3", "B"), Turn.REDO]

    assert standing(steps).undone == ()
    assert words(replayed(TEXT, steps), "p3") == "B"


@pytest.mark.parametrize("turn", list(Turn))
def test_a_turn_with_nothing_to_turn_to_is_refused(turn: Turn) -> None:
    with pytest.raises(Invalid, match="Nothing is left"):
        check_step(TEXT, [], turn)
