"""The difference between two texts, word by word, as parts of one running text."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# Comparing takes time that grows with the square of the words; longer texts are told as a whole.
MOST_WORDS = 1_500


class PartKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Part(NamedTuple):
    """Some words in a row with the spaces between them, and what became of them."""

    kind: PartKind
    words: str


def word_difference(before: str, after: str) -> list[Part]:
    """Return ``after`` as a running text in which words added and removed are marked.

    Removed words stand before the words that took their place. The parts that are not removed
    make up ``after`` again, those not added ``before`` (but for spaces at the ends).
    """
    old, new = _words(before), _words(after)
    if len(old) + len(new) > 2 * MOST_WORDS:
        return _parts(
            [(PartKind.SAME, before)]
            if before == after
            else [(PartKind.REMOVED, before), (PartKind.ADDED, after)]
        )
    pieces: list[tuple[PartKind, str]] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if removed == added:
            pieces.append((PartKind.SAME, added))
        else:
            pieces += [(PartKind.REMOVED, removed), (PartKind.ADDED, added)]
    return _parts(pieces)


def is_changed(parts: Iterable[Part]) -> bool:
    """Tell whether a difference has any words added or removed."""
    return any(part.kind is not PartKind.SAME for part in parts)


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the white space after it."""
    return re.findall(r"\S+\s*", text.strip() + " ") if text.strip() else []


def _parts(pieces: list[tuple[PartKind, str]]) -> list[Part]:
    return [Part(kind, words) for kind, words in pieces if words]
