"""Words are compared without accents, capitals and endings, in four languages."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

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


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_that_stem_at_once_get_the_stems_of_their_own_words() -> None:
    roots = ("region", "nation", "organiz", "cooper", "statist", "develop", "sustain", "financ")
    endings = ("al", "ally", "ation", "ations", "ing", "ed", "ement", "ements", "ical", "fulness")
    words = [root + link + end for root, link, end in product(roots, ("", "al", "iv"), endings)]
    alone = _stems(words)

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(_stems, [words * 4] * 4))

    assert together == [alone * 4] * 4


def _stems(words: list[str]) -> list[str]:
    return [stem.__wrapped__(word, "en") for word in words]  # past what is remembered
