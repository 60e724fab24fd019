"""What people type into the search field is taken for what they mean."""

import pytest

from tracker.domain.search import Place, Query, find_place, parse_query, spellings


@pytest.mark.parametrize(
    ("text", "required", "excluded"),
    [
        pytest.param("", (), (), id="nothing"),
        pytest.param("Ports  training", (("ports",), ("training",)), (), id="words"),
        pytest.param("“small ports” -Ferries", (("small", "ports"),), (("ferries",),), id="phrase"),
        pytest.param('"a phrase" and', (("a", "phrase"), ("and",)), (), id="a phrase and a word"),
        pytest.param("ports –ferries", (("ports",),), (("ferries",),), id="a printed minus"),
        pytest.param("north-south", (("north", "south"),), (), id="a hyphen is no minus"),
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


def test_a_quote_that_is_not_closed_is_a_phrase_and_is_told() -> None:
    assert parse_query('ports "never closed') == Query(
        (("ports",), ("never", "closed")), (), is_unclosed=True
    )


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
        ("664 (XXVIII)", "664-xxviii", None),
        ("664XXVIII", "664-xxviii", None),
        ("664 xxviii", "664-xxviii", None),
        ("RES/664(XXVIII) 5(a)", "664-xxviii", "5.a"),
        ("Res. 664 (XXVIII)", "664-xxviii", None),
        ("dec 2012/2", "decision-2012-2", None),
        ("“664 (XXVIII)”", "664-xxviii", None),
    ],
)
def test_a_symbol_is_found_in_any_spelling(text: str, slug: str, path: str | None) -> None:
    place = find_place(text)

    assert place is not None
    assert slug in place.slugs
    assert place.path == path


@pytest.mark.parametrize(
    ("text", "number", "path"),
    [
        ("res 664", "664", None),
        ("RES/664", "664", None),
        ("resolución 664", "664", None),
        ("Resolution 664, para. 5(a)", "664", "5.a"),
    ],
)
def test_a_number_after_the_word_names_a_resolution_without_its_session(
    text: str, number: str, path: str | None
) -> None:
    assert find_place(text) == Place(None, path, number)


@pytest.mark.parametrize(
    ("part", "ways"),
    [
        (("ports",), {("ports",)}),
        (("664xxviii",), {("664xxviii",), ("664", "xxviii")}),
        (("lc", "g2531"), {("lc", "g2531"), ("lc", "g", "2531")}),
    ],
)
def test_a_symbol_that_was_run_together_is_taken_apart(
    part: tuple[str, ...], ways: set[tuple[str, ...]]
) -> None:
    assert set(spellings(part)) == ways


def test_letters_are_cut_wherever_a_symbol_may_part_them_and_no_further() -> None:
    assert ("lc", "g", "2531") in spellings(("lcg2531",))
    assert max(len(spellings((f"{'ab1' * 40}",))), len(spellings(("ab1",) * 9))) <= 16


@pytest.mark.parametrize("text", ["ports", "12 ports", "para. 5", "", "5(a)", "2024"])
def test_other_words_name_no_place(text: str) -> None:
    assert find_place(text) is None
