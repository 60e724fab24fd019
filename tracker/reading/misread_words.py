"""Words that recognition damaged: letters taken for others, digits among them, lost spaces."""

import unicodedata
from functools import cache
from operator import ne

_SHORTEST_MISREAD = 6  # letters of a word in which one may be wrong
_GLUED = tuple(
    """
    the that its upon all also further with to of on in note nota a con que de la las los el
    le les des du au aux sa
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_ALIKE = tuple(map(set, ("ceo0", "li1tfj|", "nurh", "hb", "ao", "s5", "gq9", "vy", "mn")))


def mended(word: str, vocabulary: frozenset[str]) -> str | None:
    """Return the word of a vocabulary that a damaged word in lower case must have been."""
    for variant in _variants(word):
        if variant in vocabulary:
            return variant
    if len(word) < _SHORTEST_MISREAD:
        return None
    halves = _by_halves(vocabulary)
    half = len(word) // 2
    alike = (*halves.get((word[:half], -len(word)), ()), *halves.get((word[half:], len(word)), ()))
    return next((verb for verb in alike if _differs_by_one_letter(word, verb)), None)


@cache
def _by_halves(vocabulary: frozenset[str]) -> dict[tuple[str, int], list[str]]:
    """Return the verbs by either half and length: one misread letter leaves one half whole."""
    halves: dict[tuple[str, int], list[str]] = {}
    for verb in sorted(vocabulary):
        half = len(verb) // 2
        halves.setdefault((verb[:half], -len(verb)), []).append(verb)
        halves.setdefault((verb[half:], len(verb)), []).append(verb)
    return halves


def _differs_by_one_letter(word: str, verb: str) -> bool:
    """Tell whether one letter of a word as long as the verb is misread."""
    if sum(map(ne, word, verb)) != 1:
        return False
    wrong = next({a, b} for a, b in zip(word, verb, strict=True) if a != b)
    return any(wrong <= alike for alike in _ALIKE)


def _variants(word: str) -> tuple[str, ...]:
    """Return what a damaged word may have been: ligatures, rn for m, a lost space after it."""
    letters = word if word.isascii() else _without_ligatures(word)
    return (
        letters,
        letters.replace("rn", "m"),
        letters.replace("m", "rn"),
        letters.replace("1", "l").replace("0", "o"),
        _without_glued(letters),
    )


def _without_ligatures(word: str) -> str:
    letters = word.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    return letters.replace("ﬃ", "ffi").replace("ﬄ", "ffl")


def _without_glued(word: str) -> str:
    """Return a word without the longest small word that lost its space after it."""
    if not word.endswith(_GLUED):
        return word
    return word.removesuffix(max((small for small in _GLUED if word.endswith(small)), key=len))


def digits_mended(word: str) -> str:
    """Return a word with the letters for which 1 and 0 stand in it."""
    return word.replace("1", "l").replace("0", "o") if not word.isdecimal() else word


def without_accents(word: str) -> str:
    """Return a word in bare letters."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
