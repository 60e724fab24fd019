"""Sessions are understood however they are named, and named in words."""

import pytest

from tracker.domain.sessions import session_name, session_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("XXIV", 24),
        ("24", 24),
        ("24th session", 24),
        ("Twenty-fourth session", 24),
        ("the fortieth session", 40),
        ("Seventy-ninth session", 79),
        ("2012 session", 2012),
        ("PLEN.36", None),
        ("0", None),
        ("", None),
        ("spring", None),
    ],
)
def test_the_number_of_a_session_is_understood(text: str, number: int | None) -> None:
    assert session_number(text) == number


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (5, "Fifth session"),
        (12, "Twelfth session"),
        (20, "Twentieth session"),
        (24, "Twenty-fourth session"),
        (101, "101st session"),
        (112, "112th session"),
        (2012, "2012 session"),
    ],
)
def test_a_session_is_named_in_words(number: int, name: str) -> None:
    assert session_name(number) == name


@pytest.mark.parametrize("number", range(1, 100))
def test_every_name_leads_back_to_its_number(number: int) -> None:
    assert session_number(session_name(number)) == number
