"""Which changes of words a person should look at, and where words went."""

import pytest

from tracker.domain.changed_words import is_material, place_after

CLAUSE = "Requests the secretariat to count the lamps by 2026;"


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("Requests the Secretariat to count the lamps, by 2026.", id="capitals, marks"),
        pytest.param("Requests the secretarait to count the lamps by 2026;", id="letters swapped"),
        pytest.param("Requests the secretariate to count the lamps by 2026;", id="one letter more"),
        pytest.param("Requests the secre tariat to count the lamps by 2026;", id="a space"),
    ],
)
def test_a_slip_of_the_pen_leaves_the_sense(after: str) -> None:
    assert not is_material(CLAUSE, after)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("Invites the secretariat to count the lamps by 2026;", id="verb"),
        pytest.param("Requests the secretariat to count the lamps by 2028;", id="year"),
        pytest.param("Requests the secretariat to count the lamps by 2026, yearly;", id="a word"),
        pytest.param("Requests the secretariat to mount the lamps by 2026;", id="first letter"),
        pytest.param("Requests the secretariat to count all lamps by 2026;", id="short word"),
    ],
)
def test_another_sense_is_to_be_looked_at(after: str) -> None:
    assert is_material(CLAUSE, after)


def test_words_are_found_where_they_moved_to() -> None:
    after = "Strongly requests the secretariat to count the lamps by 2026;"

    start, end = place_after(CLAUSE, after, (13, 24)) or (0, 0)

    assert (CLAUSE[13:24], after[start:end]) == ("secretariat", "secretariat")


def test_of_words_that_stand_twice_the_nearest_is_theirs() -> None:
    before = "the lamps, the oil and the lamps of others"
    after = "now the lamps, the oil and the lamps of others"

    assert place_after(before, after, (27, 32)) == (31, 36)
    assert place_after(before, after, (4, 9)) == (8, 13)


def test_words_that_are_gone_have_no_place() -> None:
    assert place_after(CLAUSE, "Requests them to count the lampshades;", (37, 42)) is None
