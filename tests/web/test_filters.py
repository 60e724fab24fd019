"""How templates shorten what they name in a list."""

import pytest

from tracker.web.filters import gist


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Prepare a handbook;", "Prepare a handbook"),
        ("Prepare a handbook.", "Prepare a handbook."),
        ("Prepare, each year, a handbook", "Prepare, each year…"),
    ],
)
def test_a_gist_ends_with_a_word_or_a_full_stop(words: str, shown: str) -> None:
    assert gist(words, 19) == shown
