"""A new resolution beside an older one: which clause is proposed to be which."""

from tracker.domain.inheritance import Fate, Wording, line_up
from tracker.domain.similarity import Weights
from tracker.stemming import formula_stems, stems_of_text, telling_stems

KEEP = "To assist member States in keeping their registers of births and deaths;"
PRINT = "To publish a yearbook of the population of the islands;"
MEET = "To convene a meeting of the heads of registry offices;"


def wordings(first_id: int, *texts: str) -> list[Wording]:
    return [
        Wording(first_id + place, text, telling_stems(stems_of_text(text, "en")))
        for place, text in enumerate(texts)
    ]


def lined_up(
    old: tuple[str, ...], new: tuple[str, ...], said: dict[int, int | None] | None = None
) -> list[tuple[int | None, int | None, Fate]]:
    weights = Weights((), formula_stems())
    pairs = line_up(wordings(1, *old), wordings(11, *new), weights, said)
    return [(pair.later_id, pair.earlier_id, pair.fate) for pair in pairs]


def test_clauses_are_the_same_wherever_they_stand_and_whatever_their_capitals() -> None:
    assert lined_up((KEEP, PRINT), (PRINT.upper(), KEEP)) == [
        (11, 2, Fate.SAME),
        (12, 1, Fate.SAME),
    ]


def test_a_clause_with_other_words_is_changed_and_says_how_alike_it_is() -> None:
    changed = "To assist member States in keeping digital registers of births and deaths;"
    weights = Weights((), formula_stems())

    [pair] = line_up(wordings(1, KEEP), wordings(11, changed), weights)

    assert pair.fate is Fate.CHANGED
    assert pair.likeness is not None
    assert 0.7 < pair.likeness < 1


def test_what_is_nowhere_is_dropped_after_the_clause_before_it_and_the_rest_is_new() -> None:
    assert lined_up((KEEP, PRINT), (KEEP, MEET)) == [
        (11, 1, Fate.SAME),
        (None, 2, Fate.DROPPED),
        (12, None, Fate.NEW),
    ]


def test_the_word_of_a_person_comes_before_the_words_of_the_clauses() -> None:
    assert lined_up((KEEP, PRINT), (KEEP,), {11: 2}) == [
        (None, 1, Fate.DROPPED),
        (11, 2, Fate.CHANGED),
    ]
    assert lined_up((KEEP,), (KEEP,), {11: None}) == [
        (None, 1, Fate.DROPPED),
        (11, None, Fate.NEW),
    ]
