"""What people type into the search field is taken for what they mean."""

import pytest

from tracker.domain.search import Query, find_place, parse_query


@pytest.mark.parametrize(
    ("text", "required", "excluded"),
    [
        pytest.param("", (), (), id="nothing"),
        pytest.param("Ports  training", (("ports",), ("training",)), (), id="words"),
        pytest.param("“small ports” -Ferries", (("small", "ports"),), (("ferries",),), id="phrase"),
        pytest.param('"never closed', (("never", "closed"),), (), id="a phrase that is not closed"),
        pytest.param("LC/G.1711", (("lc", "g", "1711"),), (), id="a symbol is a phrase"),
        pytest.param("-", (), (), id="a mark alone"),
        pytest.param("') OR 1=1", (("or",), ("1", "1")), (), id="marks mean nothing"),
        pytest.param("Cooperación", (("cooperación",),), (), id="accents are kept"),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(
    text: str, required: tuple[tuple[str, ...], ...], excluded: tuple[tuple[str, ...], ...]
) -> None:
    assert parse_query(text) == Query(required, excluded)


@pytest.mark.parametrize(
    ("text", "slug", "path"),
    [
        ("530(XXIV)", "530-xxiv", None),
        ("resolution 530 (xxiv)", "530-xxiv", None),
        ("530(XXIV), para. 5(a)", "530-xxiv", "5.a"),
        ("530(XXIV) 5 a", "530-xxiv", "5.a"),
        ("530(XXIV), párr. 5 a) i)", "530-xxiv", "5.a.i"),
        ("A/RES/79/1 paragraph 12", "79-1", "12"),
        ("a/res/79/1", "79-1", None),
    ],
)
def test_a_symbol_is_found_in_any_spelling(text: str, slug: str, path: str | None) -> None:
    place = find_place(text)

    assert place is not None
    assert slug in place.slugs
    assert place.path == path


@pytest.mark.parametrize("text", ["ports", "12 ports", "para. 5", "", "5(a)", "2024"])
def test_other_words_name_no_place(text: str) -> None:
    assert find_place(text) is None
