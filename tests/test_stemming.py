"""Words are compared without accents, capitals and endings, in four languages."""

import pytest

from tracker.stemming import all_stems, fold, stem, stems_of_text, words_of


@pytest.mark.parametrize(
    ("language", "one", "another"),
    [
        ("en", "cooperation", "cooperate"),
        ("es", "comunicaciones", "comunicación"),
        ("fr", "régionales", "régional"),
        ("pt", "estatísticas", "estatística"),
    ],
)
def test_words_that_differ_by_their_ending_are_one(language: str, one: str, another: str) -> None:
    assert stem(one, language) == stem(another, language)


def test_a_word_is_folded_to_plain_small_letters() -> None:
    assert fold("GESTIÓN") == "gestion"


def test_a_language_without_rules_keeps_its_endings() -> None:
    assert stem("Übungen", "de") == "ubungen"


def test_the_stems_of_a_text_stand_in_its_order() -> None:
    assert stems_of_text("Ports, and training: 530(XXIV)", "en") == "port and train 530 xxiv"


def test_a_word_says_where_it_stands() -> None:
    text = "the Small ports"

    assert [text[word.start : word.end] for word in words_of(text)] == ["the", "Small", "ports"]


def test_a_word_has_a_stem_in_each_language() -> None:
    assert {"port", "ports"} >= all_stems("ports")
