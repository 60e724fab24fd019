"""Paths of clauses as a reviewer moves them: parsed, counted on, and kept apart."""

import re
from collections.abc import Collection, Iterable

from tracker.domain.clauses import Block, parent_path
from tracker.domain.errors import Invalid
from tracker.domain.symbols import roman_numeral, roman_value

LONGEST_PATH = 80  # characters
_PART = re.compile(r"[a-z0-9]+(?:-[0-9]+)?", re.IGNORECASE)
_LETTERED = 2  # the level of (a), (b); below it stand (i), (ii)


def parse_path(text: str) -> str:
    """Return the path that a person wrote as "5(a)(i)" or "5.a.i"; raise Invalid for none.

    Letters become small ones, save in the label of a section before the number ("II.5").
    """
    parts = [part for part in re.split(r"[\s.()/]+", text) if part]
    is_numbered = any(part[0].isdecimal() for part in parts)
    if not is_numbered or not all(_PART.fullmatch(part) for part in parts):
        raise _not_a_number(text)
    path = ".".join([parts[0], *(part.lower() for part in parts[1:])])
    if len(path) > LONGEST_PATH:
        raise _not_a_number(text)
    return path


def _not_a_number(text: str) -> Invalid:
    return Invalid(
        "“%(text)s” is not the number of a paragraph. Write it as printed, for example 5 or "
        "5(a)(i).",
        field="path",
        text=text[:40],
    )


def label_of(path: str) -> str:
    """Return what is printed of a path in the margin: "5.a" gives "a", "5-2" gives "5"."""
    return path.rpartition(".")[2].partition("-")[0]


def level_of(path: str, blocks: Iterable[Block]) -> int:
    """Return the depth of a clause at this path: 1 for a number, also within a lettered section."""
    sections = {parent_path(block.path) for block in blocks if block.path and block.level == 1}
    depth = path.count(".") + 1
    return depth - 1 if depth > 1 and path.partition(".")[0] in sections else depth


def next_path(path: str, level: int) -> str:
    """Return the path that follows on the same level: "5" gives "6", "5.a" gives "5.b"."""
    return joined(parent_path(path), next_label(label_of(path), level))


def next_label(label: str, level: int) -> str:
    """Return the label after this one, as texts count on that level."""
    if label.isdecimal():
        return str(int(label) + 1)
    value = roman_value(label) if level > _LETTERED else 0
    if value:
        return roman_numeral(value + 1)
    return f"{label}a" if label[-1] in "zZ" else label[:-1] + chr(ord(label[-1]) + 1)


def first_label(level: int) -> str:
    """Return the label with which counting begins on a level."""
    if level == 1:
        return "1"
    return "a" if level == _LETTERED else "i"


def joined(above: str | None, label: str) -> str:
    """Return the path of a label below another path, or at the top."""
    return f"{above}.{label}" if above else label


def is_below(path: str | None, above: str | None) -> bool:
    """Tell whether a path lies below another, at any depth."""
    return path is not None and above is not None and path.startswith(f"{above}.")


def moved(path: str, old: str, new: str) -> str:
    """Return a path, or one below it, after its beginning moved from ``old`` to ``new``."""
    return new + path[len(old) :]


def free_path(wanted: str, taken: Collection[str]) -> str:
    """Return the wanted path, or the first of "wanted-2", "wanted-3" that nobody has."""
    path, count = wanted, 1
    while path in taken:
        count += 1
        path = f"{wanted}-{count}"
    return path
