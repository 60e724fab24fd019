"""The language of a recognised page, told by its small words, which recognition seldom misreads."""

import re
from collections import Counter

_SMALL_WORDS = {
    "en": "the of and to in for that its with by on as at which their is be this from",
    "es": "de la el los las que y en del con para por su al una sobre como se",
    "fr": "de la le les des et du en à dans pour que aux par une sur au ses qui",
    "pt": "de a o e da do que em os das dos para no na com ao às pela pelo",
}
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
