"""How near a reading comes to the gold, with the definitions of the corpus's scorer."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tests.reading.gold import GoldResolution
from tracker.domain.clauses import Block, BlockKind, ReadResolution

_ALIKE = 90.0
_MARKS = re.compile(r"[¹²³⁰⁴-⁹]+")


@dataclass(frozen=True)
class Score:
    """Of one document: clauses found, clauses there, clauses said; and whether all is right."""

    found: int
    gold: int
    said: int
    is_perfect: bool


def score(gold: GoldResolution, read: ReadResolution) -> Score:
    """Return the score of a reading: a clause is found with its path and a text that is alike."""
    clauses = [(block.path, block.text) for block in gold.of_kind("operative")]
    said = [(block.path, block.text) for block in read.operative_clauses]
    found = _matches(clauses, said)
    preamble = [(None, block.text) for block in gold.of_kind("preambular")]
    said_preamble = [(None, block.text) for block in _of_kind(read, BlockKind.PREAMBULAR)]
    is_whole = found == len(clauses) == len(said)
    is_preamble_whole = _matches(preamble, said_preamble) == len(preamble) == len(said_preamble)
    opener = gold.of_kind("opener")[0].text
    opener_read = _of_kind(read, BlockKind.OPENER)[0].text
    is_opener = _are_alike(_folded(opener), _folded(opener_read))
    is_perfect = is_whole and is_preamble_whole and is_opener
    return Score(found, len(clauses), len(said), is_perfect)


def f1(scores: Sequence[Score]) -> float:
    """Return the share of clauses found, missed and invented ones weighed alike, in percent."""
    found = sum(score.found for score in scores)
    return 200 * found / sum(score.gold + score.said for score in scores)


def perfect_share(scores: Sequence[Score]) -> float:
    """Return the share of documents without any error, in percent."""
    return 100 * sum(score.is_perfect for score in scores) / len(scores)


def _of_kind(read: ReadResolution, kind: BlockKind) -> list[Block]:
    return [block for block in read.blocks if block.kind is kind]


def _matches(gold: Iterable[tuple[str | None, str]], said: Iterable[tuple[str | None, str]]) -> int:
    """Return how many gold texts have one of their own among those said, under the same path."""
    free = [(path, _folded(text)) for path, text in said]
    found = 0
    for path, text in gold:
        folded = _folded(text)
        alike = [one for one in free if one[0] == path and _are_alike(folded, one[1])]
        if alike:
            free.remove(max(alike, key=lambda one: fuzz.ratio(folded, one[1])))
            found += 1
    return found


def _are_alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= _ALIKE


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", text)).translate(
        str.maketrans("‘’“”–—", "''\"\"--")
    )
    return re.sub(r"(?<=[;.,:])\s?\d{1,2}/?$", "", " ".join(plain.lower().split()))
