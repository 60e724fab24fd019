"""Hints: words without which a slower search in a text would be in vain, and where they stand."""

from collections.abc import Iterable, Iterator


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words, or parts of words, stands in the text."""
    return any(map(text.__contains__, words))


def places_of(word: str, text: str) -> Iterator[int]:
    """Return the places at which a word, or a part of one, stands in the text."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
