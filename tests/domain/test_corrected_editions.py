"""Which paragraph of a corrected edition is which of the text it corrects."""

import pytest

from tracker.domain.clauses import Block, BlockKind
from tracker.domain.corrected_editions import (
    Fate,
    HeldParagraph,
    align,
    former_path,
    taken_over_by,
)

LAMPS = "Requests the secretariat to count the lamps of the islands;"
OIL = "Requests the secretariat to measure the oil that the lamps burn;"
FOG = "Takes note of the fog that lay upon the harbour in the winter;"
BANK = "Invites the Bank to lend money for wicks and glass chimneys;"


def held(*texts: str, kind: BlockKind = BlockKind.OPERATIVE) -> list[HeldParagraph]:
    """Return clauses numbered from 1, with the ids 101, 102 ..."""
    is_clause = kind is BlockKind.OPERATIVE
    return [
        HeldParagraph(100 + n, kind, str(n) if is_clause else None, text)
        for n, text in enumerate(texts, start=1)
    ]


def read(*texts: str, kind: BlockKind = BlockKind.OPERATIVE) -> list[Block]:
    """Return paragraphs as they are read, clauses numbered from 1."""
    is_clause = kind is BlockKind.OPERATIVE
    return [
        Block(kind, text, path=str(n) if is_clause else None)
        for n, text in enumerate(texts, start=1)
    ]


def told(
    before: list[HeldParagraph], after: list[Block], said: dict[int, int | None] | None = None
) -> list[tuple[str | None, str | None, Fate]]:
    """Return the number before, the number after and the fate of each paragraph."""
    return [
        (each.held.path if each.held else None, each.block.path if each.block else None, each.fate)
        for each in align(before, after, said)
    ]


def test_the_same_text_is_untouched() -> None:
    assert all(each.is_untouched for each in align(held(FOG, LAMPS), read(FOG, LAMPS)))


def test_a_clause_that_was_put_in_gives_the_others_other_numbers() -> None:
    assert told(held(FOG, LAMPS, OIL), read(FOG, BANK, LAMPS, OIL)) == [
        ("1", "1", Fate.SAME),
        (None, "2", Fate.ADDED),
        ("2", "3", Fate.SAME),
        ("3", "4", Fate.SAME),
    ]


def test_a_clause_that_was_taken_out_stands_where_it_stood() -> None:
    assert told(held(FOG, LAMPS, OIL), read(FOG, OIL)) == [
        ("1", "1", Fate.SAME),
        ("2", None, Fate.DROPPED),
        ("3", "2", Fate.SAME),
    ]


def test_clauses_that_changed_places_are_told_by_their_words() -> None:
    assert told(held(FOG, LAMPS, OIL), read(OIL, FOG, LAMPS)) == [
        ("3", "1", Fate.SAME),
        ("1", "2", Fate.SAME),
        ("2", "3", Fate.SAME),
    ]


def test_a_clause_with_other_words_and_another_number_is_still_the_same() -> None:
    reworded = LAMPS.replace("count the lamps", "count all the lamps")

    assert told(held(LAMPS, FOG), read(FOG, reworded)) == [
        ("2", "1", Fate.SAME),
        ("1", "2", Fate.CHANGED),
    ]


def test_one_number_with_half_the_words_is_one_clause() -> None:
    rewritten = "Requests the secretariat to light every street after sunset;"

    assert told(held(FOG, OIL), read(FOG, rewritten))[1] == ("2", "2", Fate.CHANGED)


def test_one_number_with_nothing_in_common_is_two_clauses() -> None:
    assert told(held(FOG, LAMPS), read(FOG, BANK)) == [
        ("1", "1", Fate.SAME),
        ("2", None, Fate.DROPPED),
        (None, "2", Fate.ADDED),
    ]


def test_equal_words_below_two_clauses_stay_with_their_own() -> None:
    clauses = [
        HeldParagraph(n, BlockKind.OPERATIVE, path, text)
        for n, (path, text) in enumerate(
            [("1", "Requests:"), ("1.a", "To act;"), ("2", "Invites:"), ("2.a", "To act;")]
        )
    ]
    blocks = [Block(BlockKind.OPERATIVE, each.text, path=each.path) for each in clauses]

    assert all(each.is_untouched for each in align(clauses, blocks))


def test_a_person_says_that_two_are_one() -> None:
    rows = told(held(FOG, LAMPS), read(FOG, BANK), {1: 102})

    assert rows == [("1", "1", Fate.SAME), ("2", "2", Fate.CHANGED)]


def test_a_person_says_that_one_is_new() -> None:
    rows = told(held(FOG, LAMPS), read(FOG, LAMPS), {1: None})

    assert rows == [("1", "1", Fate.SAME), ("2", None, Fate.DROPPED), (None, "2", Fate.ADDED)]


def test_a_paragraph_that_was_no_clause_can_turn_out_to_be_one() -> None:
    before = held(LAMPS, kind=BlockKind.PREAMBULAR)

    assert told(before, read(LAMPS)) == [(None, "1", Fate.SAME)]


def test_a_clause_that_turns_out_to_be_none_is_dropped() -> None:
    after = read(LAMPS, kind=BlockKind.PREAMBULAR)

    assert [each.fate for each in align(held(LAMPS), after)] == [Fate.DROPPED, Fate.ADDED]


def test_what_a_dropped_clause_said_may_stand_in_another() -> None:
    joined = f"{FOG[:-1]}, and requests the secretariat to count the lamps of the islands;"
    rows = align(held(FOG, LAMPS), read(joined))

    over = taken_over_by(held(FOG, LAMPS)[1], rows)

    assert over is not None
    assert over.path == "1"
    assert taken_over_by(held(BANK)[0], rows) is None


@pytest.mark.parametrize(
    ("path", "taken", "former"),
    [("5.a", (), "ex-5.a"), ("5", ("ex-5",), "ex-5-2")],
    ids=["once", "again"],
)
def test_a_dropped_clause_gets_a_path_of_its_own(
    path: str, taken: tuple[str, ...], former: str
) -> None:
    assert former_path(path, taken) == former
