"""Country names: the ones of the United Nations, found however they are written."""

import csv
import re
from collections import Counter
from datetime import date

import pytest

from tracker.domain.countries import (
    LANGUAGES,
    TABLE,
    Country,
    NameForm,
    Standing,
    countries,
    country_name,
    country_names,
    find_country,
    similar_name,
    sort_key,
)

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, strict=True))
NAME_COLUMNS = [name for language in LANGUAGES for name in (language, f"{language}_formal")]
PRINTED = [(row["code"], row[column]) for row in ROWS for column in NAME_COLUMNS if row[column]]
ALSO = [(row["code"], name) for row in ROWS for name in row["also"].split(";") if name]
CURRENT = {row["code"]: row for row in ROWS}


def names_in(language: str) -> list[str]:
    return [country.name for country in countries(language)]


def test_all_members_both_observers_and_the_associates_are_there() -> None:
    assert Counter(country.standing for country in countries("en")) == {
        Standing.MEMBER: 193,
        Standing.OBSERVER: 2,
        Standing.ASSOCIATE: 23,
        Standing.OTHER: 6,
    }


def test_codes_are_well_formed_and_each_names_one_country() -> None:
    assert all(re.fullmatch(r"[A-Z]{3}", row["code"]) for row in ROWS)
    assert all(re.fullmatch(r"\d{3}", row["m49"]) for row in ROWS)
    assert len({row["m49"] for row in CURRENT.values()}) == len(CURRENT)
    assert len({(row["code"], row["m49"], row["standing"]) for row in ROWS}) == len(CURRENT)


def test_the_namings_of_a_country_follow_each_other() -> None:
    order = [(row["code"], row["since"]) for row in ROWS]

    assert order == sorted(set(order))
    assert {row["code"] for row in ROWS if not row["since"]} == set(CURRENT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_naming_has_a_short_name_in_each_language(language: str) -> None:
    assert [row["code"] for row in ROWS if not row[language]] == []


def test_names_are_typeset_with_care() -> None:
    careless = [
        name for _code, name in PRINTED + ALSO if re.search(r"^\s|\s$|\s\s|['`´\u00a0]", name)
    ]

    assert careless == []


def test_no_name_begins_with_an_article_but_those_to_which_it_belongs() -> None:
    article = re.compile(r"(the|el|la|los|las|le|les|o|a|os|as) |l’", re.IGNORECASE)

    assert {name for _code, name in PRINTED if article.match(name)} == {
        "El Salvador",
        "The former Yugoslav Republic of Macedonia",
    }


def test_the_formal_names_of_states_of_which_we_are_not_sure_are_these() -> None:
    """List what a person who knows should fill in.

    Portuguese formal names of Australia, Botswana, Brunei Darussalam, Kiribati, Myanmar and
    Seychelles differ between the sources at hand. The areas that are no State have no formal name
    in the table, nor have earlier names whose State changed its form while it bore them.
    """
    missing = {
        (row["code"], language)
        for row in CURRENT.values()
        for language in LANGUAGES
        if row["standing"] in {"member", "observer"} and not row[f"{language}_formal"]
    }

    assert missing == {(code, "pt") for code in ("AUS", "BRN", "BWA", "KIR", "MMR", "SYC")}


def test_no_text_names_two_countries() -> None:
    lost = [name for code, name in PRINTED + ALSO if find_country(name) != code]

    assert lost == []


def test_what_people_write_besides_is_not_found_without_the_table_saying_so() -> None:
    printed = {(code, sort_key(name)) for code, name in PRINTED}

    assert [name for code, name in ALSO if (code, sort_key(name)) in printed] == []


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("BOL", "en", "Bolivia (Plurinational State of)"),
        ("CIV", "es", "Côte d’Ivoire"),
        ("TUR", "fr", "Türkiye"),
        ("CZE", "fr", "Tchéquie"),
        ("VNM", "en", "Viet Nam"),
        ("CPV", "fr", "Cabo Verde"),
        ("SWZ", "pt", "Essuatíni"),
        ("NLD", "en", "Netherlands (Kingdom of the)"),
        ("NZL", "es", "Nueva Zelandia"),
        ("GBR", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("IRN", "fr", "Iran (République islamique d’)"),
        ("PSE", "en", "State of Palestine"),
        ("STP", "pt", "São Tomé e Príncipe"),
    ],
)
def test_a_country_is_named_as_the_united_nations_names_it(
    code: str, language: str, name: str
) -> None:
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("GRC", "en", "Hellenic Republic"),
        ("URY", "es", "República Oriental del Uruguay"),
        ("ZAF", "fr", "République sud-africaine"),
        ("BRA", "pt", "República Federativa do Brasil"),
        ("CAN", "en", "Canada"),
        ("BRN", "pt", "Brunei Darussalam"),
    ],
)
def test_the_formal_name_stands_where_there_is_one_and_else_the_short(
    code: str, language: str, name: str
) -> None:
    assert country_name(code, language, form=NameForm.FORMAL) == name


@pytest.mark.parametrize(
    ("code", "day", "before", "after"),
    [
        ("SWZ", date(2018, 4, 19), "Swaziland", "Eswatini"),
        ("TUR", date(2022, 6, 1), "Turkey", "Türkiye"),
        ("CPV", date(2013, 10, 24), "Cape Verde", "Cabo Verde"),
        (
            "MKD",
            date(2019, 2, 14),
            "The former Yugoslav Republic of Macedonia",
            "North Macedonia",
        ),
    ],
)
def test_a_country_bears_its_name_from_the_day_of_the_change(
    code: str, day: date, before: str, after: str
) -> None:
    eve = day.replace(day=day.day - 1) if day.day > 1 else day.replace(month=day.month - 1, day=30)

    assert country_name(code, "en", on=eve) == before
    assert country_name(code, "en", on=day) == country_name(code, "en") == after


def test_a_list_can_be_had_as_it_read_on_a_day() -> None:
    then = {country.code: country for country in countries("en", date(2000, 1, 1))}

    assert then["TUR"].name == "Turkey"
    assert then["TUR"].formal_name == "Republic of Turkey"
    assert len(then) == len(countries("en"))


def test_a_language_without_names_is_answered_in_english() -> None:
    assert country_name("ESP", "ar") == "Spain"


def test_a_code_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        country_name("XXX", "en")


@pytest.mark.parametrize(
    ("language", "neighbours"),
    [
        ("en", ["Costa Rica", "Côte d’Ivoire", "Croatia"]),
        ("en", ["Tunisia", "Türkiye", "Turkmenistan"]),
        ("en", ["Guinea", "Guinea-Bissau", "Guyana"]),
        ("es", ["Egipto", "El Salvador", "Emiratos Árabes Unidos"]),
        ("es", ["Austria", "Azerbaiyán", "Bahamas"]),
        ("fr", ["Dominique", "Égypte", "El Salvador", "Émirats arabes unis", "Équateur"]),
        ("pt", ["Afeganistão", "África do Sul", "Albânia"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(language: str, neighbours: list[str]) -> None:
    names = names_in(language)
    first = names.index(neighbours[0])

    assert names[first : first + len(neighbours)] == neighbours


def test_some_countries_are_named_in_the_order_of_the_reader() -> None:
    assert country_names(["DEU", "ESP", "CHE"], "en") == ["Germany", "Spain", "Switzerland"]
    assert country_names(["DEU", "ESP", "CHE"], "es") == ["Alemania", "España", "Suiza"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("cote d'ivoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        (" Guiné-Bissau ", "GNB"),
        ("Guinee Bissau", "GNB"),
        ("the Gambia", "GMB"),
        ("Gambia (Republic of The)", "GMB"),
        ("l’Argentine", "ARG"),
        ("os Países Baixos", "NLD"),
        ("Korea, Republic of", "KOR"),
        ("Korea (Democratic People’s Republic of)", "PRK"),
        ("Congo, Democratic Republic of the", "COD"),
        ("St. Kitts & Nevis", "KNA"),
        ("Hong Kong, China", "HKG"),
        ("Vietnam", "VNM"),
        ("Laos", "LAO"),
        ("Upper Volta", "BFA"),
        ("República Helénica", "GRC"),
        ("CPV", "CPV"),
    ],
)
def test_a_country_is_found_however_it_is_written(written: str, code: str) -> None:
    assert find_country(written) == code


@pytest.mark.parametrize(
    "written", ["Ruritania", "", "  ", "the", "Korea", "Guine a", "xxx", "(", ","]
)
def test_what_names_no_country_finds_none(written: str) -> None:
    assert find_country(written) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Gwinea-Bissau", "Guinea-Bissau"),
        ("Cote d’Ivoir", "Côte d’Ivoire"),
        ("Allemange", "Allemagne"),
    ],
)
def test_the_name_that_was_nearly_written_is_found(written: str, name: str) -> None:
    assert find_country(written) is None
    assert similar_name(written) == name


@pytest.mark.parametrize("written", ["Ruritania", "x", "", "a country that is none"])
def test_what_is_like_no_country_has_no_such_name(written: str) -> None:
    assert similar_name(written) is None


def test_a_country_carries_its_numbers_and_names() -> None:
    [palestine] = [country for country in countries("es") if country.code == "PSE"]

    assert palestine == Country(
        code="PSE",
        m49="275",
        standing=Standing.OBSERVER,
        name="Estado de Palestina",
        formal_name="Estado de Palestina",
    )
