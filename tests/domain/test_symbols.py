"""Document symbols: equality, order, spelling, addresses."""

import pytest

from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import (
    is_symbol,
    parse_symbol,
    roman_numeral,
    roman_value,
    split_symbols,
)


@pytest.mark.parametrize(
    ("written", "printed", "slug"),
    [
        ("530(XXIV)", "530(XXIV)", "530-xxiv"),
        ("730 (XXXVII)", "730(XXXVII)", "730-xxxvii"),
        ("752 (plen. 36)", "752(PLEN.36)", "752-plen-36"),
        ("33/134", "33/134", "33-134"),
        ("A/RES/79/1", "A/RES/79/1", "a-res-79-1"),
        ("E/RES/2012/2", "E/RES/2012/2", "e-res-2012-2"),
        ("S/RES/1539(2004)", "S/RES/1539 (2004)", "s-res-1539-2004"),
        ("A/HRC/RES/17/22", "A/HRC/RES/17/22", "a-hrc-res-17-22"),
        ("LC/G.1711 (SES. 24/13)", "LC/G.1711(SES.24/13)", "lc-g-1711-ses-24-13"),
        ("decision 7/2", "decision 7/2", "decision-7-2"),
        ("Resolución 12 (V)", "12(V)", "12-v"),
        ("Décision 7/2", "decision 7/2", "decision-7-2"),
        ("General Assembly resolution 60/4 A", "60/4 A", "60-4-a"),
        ("2200 A (XXI)", "2200 A (XXI)", "2200-a-xxi"),
        ("A/C.2/79/L.4/Rev.1", "A/C.2/79/L.4/Rev.1", "a-c-2-79-l-4-rev-1"),
    ],
)
def test_a_symbol_is_printed_officially_and_put_into_addresses(
    written: str, printed: str, slug: str
) -> None:
    symbol = parse_symbol(written)

    assert (symbol.printed, symbol.slug) == (printed, slug)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("781(XL)", "781 (xl)"),
        ("752(PLEN.36)", "752(PLEN 36)"),
        ("LC/G.1711(SES.24/13)", "lc/g.1711 (ses 24/13)"),
    ],
)
def test_spacing_case_and_dots_make_no_other_symbol(one: str, other: str) -> None:
    assert parse_symbol(one).normalised == parse_symbol(other).normalised


def test_a_decision_is_not_the_resolution_of_the_same_number() -> None:
    assert parse_symbol("decision 7/2").normalised != parse_symbol("7/2").normalised


def test_symbols_sort_by_their_numbers_and_sessions() -> None:
    written = ["A/RES/79/10", "781(XL)", "A/RES/79/9", "530(XXIV)", "66/260", "530(IX)"]

    in_order = sorted(map(parse_symbol, written), key=lambda symbol: symbol.sort_key)

    assert [symbol.printed for symbol in in_order] == [
        "66/260",
        "530(IX)",
        "530(XXIV)",
        "781(XL)",
        "A/RES/79/9",
        "A/RES/79/10",
    ]


def test_a_list_of_symbols_is_split() -> None:
    assert [symbol.printed for symbol in split_symbols("64/255; 66/260;")] == ["64/255", "66/260"]


@pytest.mark.parametrize("text", ["", "resolution", "530", "(XX)", "530()", "A/", "530(XXIV) of"])
def test_another_text_is_refused_with_an_example(text: str) -> None:
    assert not is_symbol(text)
    with pytest.raises(UnknownSymbol, match=r"Write it as printed, for example 530\(XXIV\)"):
        parse_symbol(text)


@pytest.mark.parametrize("value", [1, 4, 9, 14, 24, 40, 49, 90, 399, 944])
def test_roman_numerals_go_there_and_back(value: int) -> None:
    assert roman_value(roman_numeral(value)) == value


def test_words_are_no_roman_numerals() -> None:
    assert [roman_value(word) for word in ("", "iiii", "vx", "lamp")] == [0, 0, 0, 0]
