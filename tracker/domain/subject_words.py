"""Subject words that a house keeps: their names, the words that propose them, and their list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.domain.errors import Invalid
from tracker.domain.goals import LANGUAGES

LONGEST_NAME = 100  # characters
LONGEST_TERMS = 600  # characters of all that propose a word in one language
MOST_WORDS = 500  # in use at a time: more cannot be chosen from
EVERY_BODY = "*"  # how a list names the words of all bodies
_OF_LANGUAGES = tuple(f"{part}_{code}" for code in LANGUAGES for part in ("name", "terms"))
COLUMNS = ("number", "body", *_OF_LANGUAGES, "broader")
REQUIRED = ("body",)
ROW_LIMIT = 500
SIZE_LIMIT = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject word in one language: its name, and other words of texts that propose it."""

    name: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordDetails:
    """What is kept of a subject word; without a body it is for the texts of all of them.

    ``wordings`` stand by language; ``broader_id`` is the word that it is a part of.
    """

    body_id: int | None
    wordings: Mapping[str, Wording]
    broader_id: int | None = None

    @property
    def names(self) -> frozenset[tuple[str, str]]:
        """Return its names as they are compared, each with its language."""
        return frozenset((code, said.name.casefold()) for code, said in self.wordings.items())


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a list as it was written; ``line`` counts from 1 with the header.

    ``body`` is its key, or ``*`` for all bodies; ``broader`` the name of another word.
    """

    line: int
    number: str = ""
    body: str = ""
    broader: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)  # of names and terms, by their column

    @property
    def name(self) -> str:
        """Return the first name that the row has."""
        return next((said for code in LANGUAGES if (said := self.cells.get(f"name_{code}"))), "")


def check_wordings(written: Mapping[str, tuple[str, str]]) -> dict[str, Wording]:
    """Return the wordings of a word by language, tidy, without those that have no name.

    ``written`` holds name and terms, which commas, semicolons or lines part. Raises Invalid at the
    field ``name_CODE`` or ``terms_CODE`` that cannot be kept.
    """
    kept: dict[str, Wording] = {}
    for code in LANGUAGES:
        name, terms = written.get(code, ("", ""))
        plain, each = " ".join(name.split()), _parted(terms)
        _check_length(plain, LONGEST_NAME, f"name_{code}")
        _check_length(", ".join(each), LONGEST_TERMS, f"terms_{code}")
        if each and not plain:
            raise Invalid("Enter the name in this language as well.", field=f"name_{code}")
        if plain:
            own = plain.casefold()
            kept[code] = Wording(plain, tuple(term for term in each if term.casefold() != own))
    if not kept:
        raise Invalid("Enter the name in at least one language.", field=f"name_{LANGUAGES[0]}")
    return kept


def called(names: Mapping[str, str], language: str) -> str:
    """Return a name in a language, or else in the first one that has it."""
    return next((names[code] for code in (language, *LANGUAGES) if code in names), "")


def _parted(terms: str) -> tuple[str, ...]:
    parts = terms.replace(";", ",").replace("\n", ",").split(",")
    told = {plain.casefold(): plain for part in parts if (plain := " ".join(part.split()))}
    return tuple(told.values())


def _check_length(text: str, most: int, at: str) -> None:
    if len(text) > most:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field=at,
            length=len(text),
            limit=most,
        )
