"""How alike two texts are: the words that few texts have tell most."""

import pytest

from tracker.domain.similarity import Weights, telling_rows

COMMON = frozenset({"request", "secretari", "report"})
WEIGHTS = Weights([COMMON | {f"subject{number}"} for number in range(100)], COMMON)


def test_a_text_is_wholly_like_itself() -> None:
    text = WEIGHTS.profile(COMMON | {"port"})

    assert WEIGHTS.likeness(text, text) == pytest.approx(1.0)


def test_texts_without_a_common_stem_are_not_alike() -> None:
    assert WEIGHTS.likeness(WEIGHTS.profile(frozenset({"port"})), WEIGHTS.profile(COMMON)) == 0.0


def test_an_empty_text_is_like_nothing() -> None:
    empty = WEIGHTS.profile(frozenset())

    assert WEIGHTS.likeness(empty, WEIGHTS.profile(COMMON)) == 0.0


def test_a_rare_stem_tells_more_than_the_words_of_every_clause() -> None:
    ports = WEIGHTS.profile(COMMON | {"port"})
    subject = WEIGHTS.profile(frozenset({"port", "train"}))
    formula = WEIGHTS.profile(COMMON | {"census"})

    assert WEIGHTS.likeness(ports, subject) > 20 * WEIGHTS.likeness(ports, formula)


def test_the_stems_that_two_texts_share_come_rarest_first() -> None:
    one, other = WEIGHTS.profile(COMMON | {"port", "sea"}), WEIGHTS.profile(COMMON | {"port"})

    assert WEIGHTS.shared(one, other, most=2) == ("port", "report")


def test_a_rare_stem_is_looked_for_by_itself() -> None:
    assert ("port",) in telling_rows(COMMON | {"port"}, WEIGHTS, total=100)


def test_frequent_stems_are_looked_for_together() -> None:
    rows = telling_rows(frozenset({"subject1", "subject2", *COMMON}), WEIGHTS, total=5_000)

    assert rows[0] == ("subject1", "subject2")
    assert min(map(len, rows)) == 2


def test_a_formula_is_looked_for_as_a_whole() -> None:
    assert telling_rows(COMMON, WEIGHTS, total=100_000) == (("report", "request", "secretari"),)


def test_nothing_is_looked_for_where_a_text_tells_nothing() -> None:
    assert telling_rows(frozenset(), WEIGHTS, total=100) == ()
