"""The language of a recognised page, told by its small words, which recognition seldom misreads."""

import re
from collections import Counter
from collections.abc import Sequence

_SMALL_WORDS = {
    "en": "the of and to in for that its with by on as at which their is be this from",
    "es": "de la el los las que y en del con para por su al una sobre como se",
    "fr": "de la le les des et du en à dans pour que aux par une sur au ses qui",
    "pt": "de a o e da do que em os das dos para no na com ao às pela pelo",
}
_ANY_SMALL_WORD = frozenset(" ".join(_SMALL_WORDS.values()).split())
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST = 8  # small words from which on a page tells its language
_CLEARLY = 1.3


def language_of_page(text: str) -> str | None:
    """Return the language of a text as two letters, None where that is not clear."""
    words = Counter(_LETTERS.findall(text.lower()))
    counts = {
        language: sum(words[small] for small in listed.split())
        for language, listed in _SMALL_WORDS.items()
    }
    (likely, most), (_, second) = Counter(counts).most_common(2)
    return likely if most >= _FEWEST and most >= second * _CLEARLY else None


def share_of_small_words(words: Sequence[str]) -> float:
    """Return how many of these words are small words of any of our languages, from 0 to 1."""
    return sum(word.lower() in _ANY_SMALL_WORD for word in words) / max(1, len(words))
