"""Where the paragraphs of a reading stand in the words of its source."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

_FIRST_LETTERS = 28  # enough to find a paragraph, few enough to be undamaged
_FEWEST_LETTERS = 6
_FARTHEST = 3_000  # letters beyond what the paragraphs before should have taken
_UNMISTAKABLE = 60  # letters that stand only once, so that a paragraph is found however far it is
_NOT_LETTERS = re.compile(r"<[^>]*>|[\W_]+")


class SourceFinder:
    """Finds paragraphs, one after another, by their first words; recognition may have damaged some.

    Only letters and digits are compared, since emphasis, spaces and line breaks differ.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        bare = [_bare(line) for line in lines]
        self._letters = "".join(bare)
        self._ends = list(accumulate(len(line) for line in bare))
        self._at = 0  # where the last found paragraph begins
        self._passed = 0  # letters of the paragraphs since then

    def find(self, text: str) -> int | None:
        """Return the index of the line on which a paragraph begins, below the one before it."""
        bare = _bare(text)
        found = self._offset(bare)
        self._passed += len(bare)
        if found is None:
            return None
        self._at, self._passed = found + 1, len(bare)
        return bisect_right(self._ends, found)

    def _offset(self, bare: str) -> int | None:
        limit = self._at + self._passed + _FARTHEST
        for skipped in (0, _FIRST_LETTERS // 2, _FIRST_LETTERS):
            wanted = bare[skipped : skipped + _FIRST_LETTERS]
            if len(wanted) < _FEWEST_LETTERS:
                return None
            found = self._letters.find(wanted, self._at, limit)
            if found >= 0:
                return max(found - skipped, self._at)
        if len(bare) < _UNMISTAKABLE:
            return None
        found = self._letters.find(bare[:_UNMISTAKABLE], self._at)
        return found if found >= 0 else None


def places_of(lines: Sequence[str], texts: Iterable[str]) -> list[int | None]:
    """Return for each paragraph the index of the line where it begins, None if it is not found."""
    finder = SourceFinder(lines)
    return [finder.find(text) for text in texts]


def spans_of(lines: Sequence[str], readings: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Return first line and end of each of several texts, given by their paragraphs, in a source.

    Each goes to where the next begins: what stands between belongs to the one before.
    """
    finder = SourceFinder(lines)
    firsts: list[int] = []
    for texts in readings:
        found = [place for place in map(finder.find, texts) if place is not None]
        firsts.append(found[0] if found else (firsts[-1] if firsts else 0))
    if not firsts:
        return []
    firsts[0] = 0  # the head of the page belongs to the first
    return list(zip(firsts, [*firsts[1:], len(lines)], strict=True))


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()
