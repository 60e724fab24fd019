"""What a reviewer can change of a reading, and what is refused with a sentence."""

import pytest

from tests.domain.reviewing import BLOCKS, READING, after, paths, words
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
    break_offsets,
)
from tracker.domain.reviewed_text import corrections, doubtful, kept_blocks, left_out

TORN_AT = BLOCKS[4].text.index("3. ")


def test_a_clause_split_before_a_printed_number_takes_that_number() -> None:
    text = after(Split("p4", (TORN_AT,)))

    assert words(text, "p4") == "Requests the Executive Secretary:"
    assert words(text, "p4-2") == "Invites member States:"
    assert paths(text)["p4-2"] == "3"


def test_what_stood_below_a_torn_clause_follows_its_second_half() -> None:
    text = after(Split("p4", (TORN_AT,)))

    assert paths(text)["p5"] == "3.a"
    assert paths(text)["p6"] == "3.b"


def test_a_part_without_a_number_gets_the_next_one() -> None:
    text = after(Split("p3", (6,)))

    assert paths(text)["p3-2"] == "2-2"
    assert [each.key for each in doubtful(text)] == ["p3-2", "p8"]


def test_a_lettered_part_of_a_numbered_clause_stands_below_it() -> None:
    text = after(ChangeText("p8", "Decides: (a) To meet again."), Split("p8", (9,)))

    assert paths(text)["p8-2"] == "4.a"
    assert words(text, "p8-2") == "To meet again."


def test_a_paragraph_can_be_split_in_several_places_at_once() -> None:
    text = after(Split("p2", (10, 14)))

    assert [words(text, key) for key in ("p2", "p2-2", "p2-3")] == [
        "Recalling",
        "its",
        "resolution 20(V),",
    ]


def test_a_paragraph_joined_with_the_one_above_goes_on_in_it() -> None:
    text = after(Join("p7"))

    assert words(text, "p6") == "To share their regis-ters with one another;"
    assert "p7" not in {each.key for each in text}


def test_a_joined_clause_takes_what_stands_below_it_along() -> None:
    text = after(Join("p4"))

    assert paths(text) == {"p3": "1", "p5": "1.a", "p6": "1.b", "p8": "4"}


def test_a_clause_with_another_number_takes_what_stands_below_it_along() -> None:
    text = after(Renumber("p4", "3"))

    assert paths(text) == {"p3": "1", "p4": "3", "p5": "3.a", "p6": "3.b", "p8": "4"}


def test_the_following_clauses_are_counted_on() -> None:
    text = after(Renumber("p3", "2", and_following=True))

    assert paths(text) == {"p3": "2", "p4": "3", "p5": "3.a", "p6": "3.b", "p8": "4"}


def test_a_paragraph_made_a_clause_gets_the_next_free_number() -> None:
    text = after(ChangeKind("p7", BlockKind.OPERATIVE))

    assert paths(text)["p7"] == "3"


def test_a_paragraph_made_a_clause_can_be_given_its_number() -> None:
    text = after(ChangeKind("p7", BlockKind.OPERATIVE, "2.c"))

    block = next(each.block for each in text if each.key == "p7")
    assert (block.path, block.level, block.number) == ("2.c", 2, "c")


def test_a_clause_made_another_kind_loses_its_number() -> None:
    text = after(ChangeKind("p8", BlockKind.CLOSING))

    assert paths(text) == {"p3": "1", "p4": "2", "p5": "2.a", "p6": "2.b"}


def test_a_clause_moved_deeper_stands_below_the_one_before() -> None:
    text = after(MoveLevel("p8", is_deeper=True))

    assert paths(text)["p8"] == "2.c"


def test_a_sub_clause_moved_up_stands_beside_the_clause_above() -> None:
    text = after(MoveLevel("p6", is_deeper=False))

    assert paths(text)["p6"] == "3"


def test_what_is_left_out_is_kept_in_view_and_can_be_taken_in_again() -> None:
    out = after(LeaveOut("p7"))
    again = after(LeaveOut("p7"), Restore("p7"))

    assert [block.text for block in kept_blocks(out)] == [
        block.text for index, block in enumerate(BLOCKS) if index != 7
    ]
    assert left_out(READING, out) == ("ters with one another;",)
    assert kept_blocks(again) == BLOCKS


def test_a_restored_clause_whose_number_is_taken_is_doubtful() -> None:
    text = after(LeaveOut("p8"), ChangeKind("p7", BlockKind.OPERATIVE, "4"), Restore("p8"))

    assert paths(text)["p8"] == "4-2"
    assert [each.key for each in doubtful(text)] == ["p8"]


def test_a_doubtful_place_is_settled_by_saying_so_or_by_changing_it() -> None:
    assert [each.key for each in doubtful(after())] == ["p8"]
    assert doubtful(after(Settle("p8"))) == ()
    assert doubtful(after(ChangeText("p8", "Decides to meet."))) == ()


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Split("p3", (0,)), "Choose a place between two words"),
        (Split("p3", (-3,)), "Choose a place between two words"),
        (Split("p3", (500,)), "Choose a place between two words"),
        (Split("p3", ()), "Choose a place between two words"),
        (Join("p0"), "no paragraph above"),
        (Join("p9"), "no longer in the text"),
        (Renumber("p3", "2"), "There is a paragraph 2 already"),
        (Renumber("p3", "1.a"), "cannot stand below itself"),
        (Renumber("p3", "7.a"), "No paragraph 7 stands above it"),
        (Renumber("p3", "2.c"), "No paragraph 2 stands above it"),
        (Renumber("p2", "5"), "Only operative clauses"),
        (ChangeKind("p3", BlockKind.OPERATIVE), "is an operative clause already"),
        (ChangeKind("p4", BlockKind.HEADING), "Sub-clauses stand below this clause"),
        (ChangeText("p3", " \n "), "Enter the words"),
        (ChangeText("p3", "x" * 100_001), "longer than 100000 characters"),
        (LeaveOut("p4"), "Sub-clauses stand below"),
        (Restore("p3"), "is in the text already"),
        (MoveLevel("p3", is_deeper=True), "No clause stands before"),
        (MoveLevel("p3", is_deeper=False), "stands below no other"),
        (MoveLevel("p2", is_deeper=True), "Only operative clauses"),
        (Settle("p3"), "not doubtful"),
    ],
    ids=lambda value: f"{type(value).__name__} {value}"[:60],
)
def test_what_makes_no_sense_is_refused(edit: Edit, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        after(edit)


def test_a_clause_with_sub_clauses_is_not_joined_with_a_paragraph_that_is_none() -> None:
    with pytest.raises(Invalid, match="Sub-clauses stand below"):
        after(ChangeKind("p3", BlockKind.PREAMBULAR), Join("p4"))


def test_a_paragraph_left_out_is_changed_only_after_it_is_taken_in_again() -> None:
    with pytest.raises(Invalid, match="Take it in again"):
        after(LeaveOut("p8"), ChangeText("p8", "Decides"))


def test_a_sub_clause_is_taken_in_again_only_with_the_clause_above() -> None:
    with pytest.raises(Invalid, match="Take that one in again first"):
        after(LeaveOut("p6"), LeaveOut("p5"), LeaveOut("p4"), Restore("p5"))


def test_a_correction_says_what_the_machine_read_and_what_a_person_made_of_it() -> None:
    text = after(Split("p4", (TORN_AT,)), Join("p7"), Settle("p8"))

    found = {each.after: each for each in corrections(READING, text)}
    joined = found["To share their regis-ters with one another;"]
    assert joined.before == "To share their regis-\nters with one another;"
    assert (joined.before_path, joined.after_path, joined.edit) == ("2.b", "3.b", 2)
    assert found["Invites member States:"].before == BLOCKS[4].text
    assert found["To keep their registers;"].after_path == "3.a"
    assert "Decides to meet again." not in found


@pytest.mark.parametrize(
    ("typed", "offsets"),
    [
        ("Requests it: To\nhelp", (15,)),
        ("Requests it:\n\n To \r\n help\n", (12, 15)),
        ("Requests  it: To help", ()),
    ],
    ids=["one", "several", "none"],
)
def test_line_breaks_say_where_a_paragraph_is_split(typed: str, offsets: tuple[int, ...]) -> None:
    assert break_offsets("Requests it: To help", typed) == offsets


def test_words_changed_while_splitting_are_refused_rather_than_lost() -> None:
    with pytest.raises(Invalid, match="only line breaks"):
        break_offsets("Requests it: To help", "Requests it:\nTo hinder")
