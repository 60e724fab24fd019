"""Words as search compares them: without accents, capitals and endings, in four languages."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

import snowballstemmer

from tracker.domain.search import WORD

_ALGORITHMS = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese"}
LANGUAGES = tuple(_ALGORITHMS)

# Words that tell little about a text; asked for alone they are looked up all the same.
_EMPTY = frozenset(
    word
    for words in (
        "a an and as at by for from in into is it its of on or that the this to with",
        "al con de del el en la las lo los o para por que se su un una y",
        "au aux ce ces dans des du et le les leur ou par pour qui sa ses sur une",
        "ao aos as com da das do dos e em na nas no nos os pelo pela sua um uma",
    )
    for word in words.split()
)


class Stemmer(Protocol):
    """What the library's stemmers have in common."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's own name
        """Return the word without its ending."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in small letters, and where it stands, counted in characters."""

    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order; marks and spaces part them."""
    for found in WORD.finditer(text):
        yield Word(found[0].casefold(), found.start(), found.end())


def stems_of_text(text: str, language: str) -> str:
    """Return the stems of all words of a text, in their order, parted by spaces."""
    return " ".join(stem(word.text, language) for word in words_of(text))


def all_stems(word: str) -> frozenset[str]:
    """Return the stems that a word has in the four languages."""
    return frozenset(stem(word, language) for language in LANGUAGES)


def is_empty_word(word: str) -> bool:
    """Tell whether a word is an article, a preposition or the like."""
    return fold(word) in _EMPTY


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word in small letters without accents: "Gestión" is "gestion"."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return a word without its ending and accents; a language without rules keeps the ending.

    The rules go by accents ("cooperación", not "cooperacion"), so these are taken away last.
    """
    if language not in _ALGORITHMS or not word.isalpha():
        return fold(word)
    return fold(_stemmer(language).stemWord(word)) or fold(word)


@cache
def _stemmer(language: str) -> Stemmer:
    made: Stemmer = snowballstemmer.stemmer(_ALGORITHMS[language])
    return made
