"""What stands before a clause ("5.", "(a)", "1°", "5 bis"), as printed or as it is misread."""

import re
from enum import StrEnum
from typing import NamedTuple

from tracker.reading.verbs import opens_clause

# Damaged forms of recognised pages: "1O.", "l2.", "I4.", "S2.", "5,", "5", "1)" for "l)".
_NUMBER = re.compile(r"^\W{0,2}?(?P<label>[0-9IlOoS]{1,3})(?P<dot>\s?[.,])?(?P<gap>\s*)(?=\S)")
_PLAIN_NUMBER = re.compile(r"^\d{1,3}\.\s*(?=[^\s\d])")
_LETTER = re.compile(
    r"^\W{0,2}?(?:\(\s?(?P<full>[a-zA-ZñÑüÜ0-9]{1,5})\s?\)|(?P<half>[a-zA-ZñÑüÜ]{1,4}|[01]{1,3})\s?\)"
    r"|\((?P<open>[a-z0-9]{1,4})(?=\s))\s*(?=\S)"
)
# "1°", "2º": Spanish and French lists of ordinals; recognition reads the sign as a small o, too
_COUNTED = re.compile(
    r"^\W{0,2}?(?P<label>\d{1,2})\s?(?P<sign>[°º]|o(?=\.?\s))[.)\-]?\s*(?=[A-ZÁÉÍÓÚÀÂÊÎÔ])"
)
_ORDINALS = "bis|ter|quater|quinquies|sexies"  # of clauses put in later: "5 bis", "(a) bis"
_INSERTED = re.compile(
    rf"^\W{{0,2}}?(?P<label>\d{{1,3}})\s?(?P<ordinal>{_ORDINALS})\b[.)]?\s+(?=\S)", re.IGNORECASE
)
_INSERTED_LETTER = re.compile(
    rf"^\(\s?(?P<label>[a-z]{{1,4}})(?:\s?\))?\s(?P<ordinal>{_ORDINALS})\b\)?\s+(?=\S)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"^(?P<label>[a-z]|[ivx]{2,4})\.\s+(?=\S)")
_MAYBE = re.compile(
    r"^\W{0,2}(?:\(|[a-zA-ZñÑüÜ01]{1,4}\s?\)|[0-9IlOoS]{1,3}(?:[\s.,btq°º]|$)|[a-z]\.|[ivx]{2,4}\.)"
)
_DIGITS = str.maketrans("IlOoS", "11005")


class MarkerKind(StrEnum):
    """Whether a paragraph is numbered ("5.") or an item of a list ("(a)", "(i)", "1°")."""

    NUMBER = "number"
    LETTER = "letter"


class Marker(NamedTuple):
    """What looks like a clause number at the start of a line; ``is_plain`` when undamaged.

    ``ordinal`` is "bis" or the like, ``is_dotted`` says that a letter has a dot for brackets.
    """

    kind: MarkerKind
    label: str
    printed: str
    rest: str
    is_plain: bool
    ordinal: str = ""
    is_dotted: bool = False


def read_marker(text: str) -> Marker | None:
    """Return the clause number that a line seems to begin with."""
    if not _MAYBE.match(text):
        return None
    return _read_inserted(text) or _read_letter(text) or _read_number(text)


def _read_letter(text: str) -> Marker | None:
    letter = _LETTER.match(text)
    if letter:
        label = letter["full"] or letter["half"] or letter["open"]
        rest = text[letter.end() :]
        is_plain = letter["open"] is None and label.isalpha()
        return Marker(MarkerKind.LETTER, label.lower(), letter[0].strip(), rest, is_plain)
    counted = _COUNTED.match(text)
    if counted:
        rest = text[counted.end() :]
        return Marker(MarkerKind.LETTER, counted["label"], counted[0].strip(), rest, is_plain=True)
    dotted = _DOTTED.match(text)
    rest = text[dotted.end() :] if dotted else ""
    if dotted and not (dotted["label"] == "l" and opens_clause(rest)):  # a misread "1."
        return Marker(
            MarkerKind.LETTER,
            dotted["label"],
            dotted[0].strip(),
            rest,
            is_plain=True,
            is_dotted=True,
        )
    return None


def _read_number(text: str) -> Marker | None:
    number = _NUMBER.match(text)
    if number is None:
        return None
    rest = text[number.end() :]
    if _PLAIN_NUMBER.match(text):
        return Marker(MarkerKind.NUMBER, number["label"], number[0].strip(), rest, is_plain=True)
    damaged = number["label"].translate(_DIGITS).lstrip("0")
    has_end = number["dot"] or number["gap"]
    if damaged.isdecimal() and has_end and opens_clause(rest):
        return Marker(MarkerKind.NUMBER, damaged, number[0].strip(), rest, is_plain=False)
    return None


def _read_inserted(text: str) -> Marker | None:
    found = _INSERTED.match(text) or _INSERTED_LETTER.match(text)
    if found is None:
        return None
    label = found["label"].lower()
    kind = MarkerKind.NUMBER if label.isdecimal() else MarkerKind.LETTER
    rest, ordinal = text[found.end() :], found["ordinal"].lower()
    return Marker(kind, label, found[0].strip(), rest, is_plain=True, ordinal=ordinal)
