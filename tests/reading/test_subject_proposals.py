"""What a text is about is read from its own words, in its language, and shown with them."""

import pytest

from tracker.reading.subject_proposals import propose_subjects


def proposed(text: str, language: str = "en") -> dict[str, str]:
    return {each.subject.key: each.words for each in propose_subjects(text, language)}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Report on SDG 5 and target 17.18;",
            "en",
            {"5": "SDG 5", "17.18": "target 17.18", "17": "target 17.18"},
        ),
        ("Pide apoyo a la seguridad alimentaria;", "es", {"2": "seguridad alimentaria"}),
        ("Prie de renforcer la pêche et l’énergie;", "fr", {"14": "pêche", "7": "énergie"}),
        ("Solicita um estudo sobre as florestas;", "pt", {"15": "florestas"}),
        ("Train officials of Papua New Guinea;", "en", {"PNG": "Papua New Guinea"}),
        ("Reports of the Goals 18 and target 1.9;", "en", {"1": "target 1.9"}),
        ("Takes note of the report;", "en", {}),
    ],
    ids=["named", "Spanish", "French", "Portuguese", "a country", "numbers of none", "nothing"],
)
def test_what_a_text_is_about_stands_on_its_words(
    text: str, language: str, found: dict[str, str]
) -> None:
    assert proposed(text, language) == found


def test_inflected_words_tell_the_same() -> None:
    assert proposed("On forests.").keys() == proposed("On the forest.").keys() == {"15"}


def test_words_of_two_count_together_alone() -> None:
    assert "8" not in proposed("Economic statistics and growth of cities.")
    assert proposed("Decent work for all.")["8"] == "Decent work"


def test_an_unknown_language_is_read_as_english() -> None:
    assert "7" in proposed("energy", "de")
