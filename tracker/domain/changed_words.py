"""What a change of a clause's words means: whether its sense may differ, and where words went."""

import re
from itertools import takewhile

_SHORTEST_MISPRINT = 4  # letters: of shorter words one letter is the sense ("may", "not", "now")


def is_material(before: str, after: str) -> bool:
    """Tell whether a person should look again at what was decided on the words before.

    Capitals, punctuation, spaces, and one wrong letter in a longer word change nothing; another
    opening word, a number, or a word more or less may. Rather one look too many than one missed.
    """
    old, new = _words(before), _words(after)
    if len(old) != len(new):
        return "".join(old) != "".join(new)  # "co-operation" and "cooperation" say the same
    if old[:1] != new[:1]:
        return True
    return any(not _is_misprint(*pair) for pair in zip(old, new, strict=True))


def place_after(before: str, after: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return where the words that stood at ``span`` stand after the change, None: they are gone.

    Where they stand several times it is the place nearest to where they were.
    """
    words = before[slice(*span)]
    if not words.strip():
        return None
    bounded = rf"(?<!\w){re.escape(words)}(?!\w)"
    found = [match.start() for match in re.finditer(bounded, after, re.IGNORECASE)]
    if not found:
        return None
    unchanged = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after)))  # noqa: B905 - up to the shorter one
    expected = span[0] if span[0] < unchanged else span[0] + len(after) - len(before)
    start = min(found, key=lambda place: abs(place - expected))
    return start, start + len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_misprint(old: str, new: str) -> bool:
    """Tell whether two words are one, or differ in a letter (more, less, another, two swapped)."""
    if old == new:
        return True
    if min(len(old), len(new)) < _SHORTEST_MISPRINT or not (old + new).isalpha():
        return False
    begin = 0
    while begin < min(len(old), len(new)) and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    rest, other = old[begin : len(old) - end], new[begin : len(new) - end]
    is_swapped = len(rest) == len(other) == 2 and rest == other[::-1]
    return begin > 0 and (max(len(rest), len(other)) <= 1 or is_swapped)
