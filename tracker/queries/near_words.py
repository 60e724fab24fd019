"""Words of the index that are a slip of the finger or two away from what was typed."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.search import SearchWord
from tracker.stemming import fold

MOST_NEAR = 4
MOST_COMPARED = 50_000  # words of about the same length: the work has an end at any size
_SHORTEST = 4  # letters: of shorter words too many are near
_LONG = 6  # letters from which on two slips are forgiven


def near_words(session: Session, words: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return for each word those that occur and are nearest, the likeliest first; one statement.

    Numbers are what they are: no word with a digit in it is near another. A slip is a letter
    too many, too few, wrong or in its neighbour's place.
    """
    wanted = {word: fold(word) for word in words if word.isalpha() and len(word) >= _SHORTEST}
    if not wanted:
        return {}
    lengths = {length for folded in wanted.values() for length in _lengths(folded)}
    occurring = session.scalars(
        select(SearchWord.word)
        .where(func.length(SearchWord.word).in_(sorted(lengths)))
        .distinct()
        .limit(MOST_COMPARED)
    ).all()
    return {word: _nearest(folded, occurring) for word, folded in wanted.items()}


def _slips(word: str) -> int:
    return 1 if len(word) < _LONG else 2


def _lengths(word: str) -> Iterable[int]:
    return range(len(word) - _slips(word), len(word) + _slips(word) + 1)


def _nearest(word: str, occurring: Collection[str]) -> tuple[str, ...]:
    """Return the words with the fewest slips; of two the one that begins and ends alike."""
    found = process.extract(
        word, occurring, scorer=OSA.distance, score_cutoff=_slips(word), limit=None
    )
    letters = [(slips, near) for near, slips, _place in found if near.isalpha()]
    return tuple(
        near
        for _slips_of, _begins, _ends, near in sorted(
            (slips, near[0] != word[0], near[-1] != word[-1], near) for slips, near in letters
        )
    )[:MOST_NEAR]
