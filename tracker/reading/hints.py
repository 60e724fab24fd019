"""Hints: whether a text holds a word without which a slower search in it would be in vain."""

from collections.abc import Iterable


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words, or parts of words, stands in the text."""
    return any(map(text.__contains__, words))
