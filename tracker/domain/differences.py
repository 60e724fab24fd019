"""The difference between two texts, word by word, as parts of one running text."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# Comparing takes time that grows with the square of the words; longer texts are told as a whole.
MOST_WORDS = 1_500
# Up to so many words in a row, of so many letters, say nothing when all around them is changed.
SMALL_WORDS = 2
SMALL = 3


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
    for removed, added in _changes(old, new):
        if removed == added:
            pieces.append((PartKind.SAME, added))
        else:
            pieces += [(PartKind.REMOVED, removed), (PartKind.ADDED, added)]
    return _parts(pieces)


def is_changed(parts: Iterable[Part]) -> bool:
    """Tell whether a difference has any words added or removed."""
    return any(part.kind is not PartKind.SAME for part in parts)


def _changes(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return what stood and what stands there now, by turns the same and changed.

    A small word that happens to be the same between two changes ("the", "in") joins them: a
    sentence of which only such words are left is a new sentence.
    """
    opcodes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    changes: list[tuple[list[str], list[str], bool]] = []
    for place, (tag, old_from, old_to, new_from, new_to) in enumerate(opcodes):
        removed, added = old[old_from:old_to], new[new_from:new_to]
        is_inside = 0 < place < len(opcodes) - 1
        is_change = tag != "equal" or (is_inside and _says_nothing_alone(added))
        if changes and is_change and changes[-1][2]:
            changes[-1][0].extend(removed)
            changes[-1][1].extend(added)
        else:
            changes.append((removed, added, is_change))
    return [("".join(removed), "".join(added)) for removed, added, _is_change in changes]


def _says_nothing_alone(words: list[str]) -> bool:
    return len(words) <= SMALL_WORDS and all(len(word.strip()) <= SMALL for word in words)


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the white space after it."""
    return re.findall(r"\S+\s*", text.strip() + " ") if text.strip() else []


def _parts(pieces: list[tuple[PartKind, str]]) -> list[Part]:
    return [Part(kind, words) for kind, words in pieces if words]
