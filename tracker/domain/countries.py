"""Countries and areas as the United Nations names them, in four languages and through time.

The table beside this file, ``countries.csv``, is the only source of country names. A row is one
naming: when a country changed its name, the row with the earlier name comes first and ``since`` is
the day on which the later one took effect in the United Nations. Earlier names reach back to 1980,
and only changes whose day is certain have a row. Names stand as they do in lists, without an
article. English, Spanish and French follow the terminology database of the United Nations (UNTERM)
for States, and for areas the standard country codes (M49) and the lists of the commissions;
Portuguese is no official language of the United Nations and follows Brazilian diplomatic usage. An
empty formal name is one of which we are not sure. ``also`` holds what people write besides: it is
recognised and never printed.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("countries.csv")
LANGUAGES = ("en", "es", "fr", "pt")
NEARLY = 0.88  # of difflib's 1.0: one slip in a short name, two in a long one
# What a name may begin with in a sentence: "the Gambia", "l’Argentine", "os Países Baixos".
_ARTICLES = {"the", "el", "la", "los", "las", "le", "les", "l", "o", "a", "os", "as"}
_CONJUNCTIONS = {"and", "y", "e", "et"}
# "Korea, Republic of" and "Tanzania (United Republic of)"
_TURNED_ROUND = re.compile(r"(?P<head>[^,(]+?)\s*[,(]\s*(?P<rest>[^()]+?)\s*\)?\s*")


class Standing(StrEnum):
    """What a country or area is to the United Nations, or to a regional commission."""

    MEMBER = "member"
    OBSERVER = "observer"
    ASSOCIATE = "associate"
    OTHER = "other"


class NameForm(StrEnum):
    """Which of its two names: "Albania" or "Republic of Albania"."""

    SHORT = "short"
    FORMAL = "formal"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area with its names in one language; without a formal name, the short one."""

    code: str
    m49: str
    standing: Standing
    name: str
    formal_name: str


@dataclass(frozen=True, slots=True)
class _Naming:
    """How a country is named from a day on, by language."""

    code: str
    m49: str
    standing: Standing
    since: date
    short: Mapping[str, str]
    formal: Mapping[str, str]
    also: tuple[str, ...]


def country_name(
    code: str, language: str, *, form: NameForm = NameForm.SHORT, on: date | None = None
) -> str:
    """Return the name of a country, the present one or that of a day.

    ``code`` is the ISO 3166 alpha-3 code; KeyError is a code that the table does not hold. Where
    we are not sure of the formal name it is the short one. A language that the table does not hold
    is answered in English.
    """
    naming = _naming(code, on)
    language = language if language in LANGUAGES else LANGUAGES[0]
    formal = naming.formal[language] if form is NameForm.FORMAL else ""
    return formal or naming.short[language]


def country_names(codes: Iterable[str], language: str, *, on: date | None = None) -> list[str]:
    """Return the short names of countries in the order of the language."""
    return sorted((country_name(code, language, on=on) for code in codes), key=sort_key)


def countries(language: str, on: date | None = None) -> tuple[Country, ...]:
    """Return every country and area in the order of the language, named as today or on a day."""
    listed = [
        Country(
            code=code,
            m49=namings[-1].m49,
            standing=namings[-1].standing,
            name=country_name(code, language, on=on),
            formal_name=country_name(code, language, form=NameForm.FORMAL, on=on),
        )
        for code, namings in _table().items()
    ]
    return tuple(sorted(listed, key=lambda country: sort_key(country.name)))


def find_country(text: str) -> str | None:
    """Return the code of the country that ``text`` names, or None.

    It may be named in any of the languages, by its short, formal or former name or by its code,
    with or without accents, article and capitals, and turned round as in "Korea, Republic of".
    """
    written = text.strip()
    if written in _table():
        return written
    found = _codes_by_name().get(_folded(written))
    if found is None and (turned := _TURNED_ROUND.fullmatch(written)):
        found = _codes_by_name().get(_folded(f"{turned['rest']} {turned['head']}"))
    return found


def similar_name(text: str) -> str | None:
    """Return the country name in any of the languages that is nearly what was written, or None."""
    nearest = get_close_matches(_folded(text), _present_names(), n=1, cutoff=NEARLY)
    return _present_names()[nearest[0]] if nearest else None


def countries_named(text: str) -> frozenset[str]:
    """Return the codes of the countries that a text names, as it would in running text.

    "Papua New Guinea" does not name Guinea, nor "Nigeria" Niger; capitals count, since some names
    are words besides.
    """
    pattern, codes = _running_names()
    return frozenset(codes[found[0]] for found in pattern.finditer(text))


def running_names(code: str) -> tuple[str, ...]:
    """Return the names by which ``countries_named`` finds a country."""
    return tuple(name for name, of in _running_names()[1].items() if of == code)


def nearly_named(text: str) -> str | None:
    """Return the code of the country that is nearly so called in running text, or None."""
    folded = {_folded(name): code for name, code in _running_names()[1].items()}
    nearest = get_close_matches(_folded(text), folded, n=1, cutoff=NEARLY)
    return folded[nearest[0]] if nearest else None


def sort_key(name: str) -> str:
    """Return what puts ``name`` in its place: without accents, capitals and punctuation.

    No name of the table begins with an article but those to which it belongs, as in El Salvador.
    """
    return " ".join(_words(name))


def _naming(code: str, on: date | None) -> _Naming:
    namings = _table()[code]
    if on is None:
        return namings[-1]
    return next((naming for naming in reversed(namings) if naming.since <= on), namings[0])


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.findall(r"\w+", bare)


def _folded(text: str) -> str:
    words = ["saint" if word == "st" else word for word in _words(text)]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(word for word in words if word not in _CONJUNCTIONS)


@cache
def _table() -> Mapping[str, tuple[_Naming, ...]]:
    """Return the namings of each country by its code, the earliest first."""
    table: dict[str, tuple[_Naming, ...]] = {}
    for naming in _rows():
        table[naming.code] = (*table.get(naming.code, ()), naming)
    return table


@cache
def _codes_by_name() -> Mapping[str, str]:
    return {
        _folded(name): naming.code
        for namings in _table().values()
        for naming in namings
        for name in (*naming.short.values(), *naming.formal.values(), *naming.also)
        if name
    }


@cache
def _present_names() -> Mapping[str, str]:
    return {
        _folded(name): name for namings in _table().values() for name in namings[-1].short.values()
    }


@cache
def _running_names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern of all names in all languages, and the code of each.

    Of "Bolivia (Plurinational State of)" texts say "Bolivia", unless two countries share the word.
    """
    codes: dict[str, str] = {}
    heads: dict[str, set[str]] = {}
    for naming in _rows():
        for name in (*naming.short.values(), *naming.formal.values(), *naming.also):
            if name:
                codes[name] = naming.code
                heads.setdefault(name.partition(" (")[0], set()).add(naming.code)
    for head, of in heads.items():
        if len(of) == 1:
            codes.setdefault(head, next(iter(of)))
    longest_first = sorted(codes, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), codes


def _rows() -> Iterator[_Naming]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield _Naming(
                code=row["code"],
                m49=row["m49"],
                standing=Standing(row["standing"]),
                since=date.fromisoformat(row["since"]) if row["since"] else date.min,
                short={language: row[language] for language in LANGUAGES},
                formal={language: row[f"{language}_formal"] for language in LANGUAGES},
                also=tuple(filter(None, row["also"].split(";"))),
            )
