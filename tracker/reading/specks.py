"""Specks of dirt on scanned pages that recognition takes for signs, and the lines without them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.reading.recognised import RecognisedLine, RecognisedWord

_NEVER_PRINTED = frozenset("|_~^\\`¦¬=<>{}")  # in adopted texts
_UNSURE = 70  # certainty below which a sign alone is taken for dirt
_FAR = 0.75  # of the letters' height: behind such a gap goes on what a number stands before


def without_specks(lines: Iterable[RecognisedLine]) -> Iterator[RecognisedLine]:
    """Yield lines without specks; those that are nothing else are left out."""
    for line in lines:
        words = [word for word in line.words if not _NEVER_PRINTED.issuperset(word.text)]
        while words and _is_speck(words[-1]):
            words.pop()
        while len(words) > 1 and _is_speck(words[0]) and not _is_number(words, line.size):
            words.pop(0)
        if words:
            yield replace(line, words=tuple(words))


def _is_speck(word: RecognisedWord) -> bool:
    return not word.letters and word.confidence < _UNSURE


def _is_number(words: list[RecognisedWord], size: float) -> bool:
    """Tell whether the first of these words may be a misread number, with a gap behind it."""
    return words[1].box.left - words[0].box.right > size * _FAR
