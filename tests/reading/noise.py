"""What recognition does to a printed page: letters mistaken, spaces lost, numbers damaged."""

import random
import re

_LETTERS = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("o", "0"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("e", "c"),
    ("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ñ", "n"), ("è", "e"), ("à", "a"),
    ("ç", "c"), ("ã", "a"), ("É", "E"), ("ú", "u"), ("ê", "e"), ("’", "'"), ("“", '"'),
)  # fmt: skip
_NUMBERS = (
    (re.compile(r"^(\W*)1(\d?)\.(?=\s)"), r"\1l\2."),
    (re.compile(r"^(\W*\d)0\.(?=\s)"), r"\1O."),
    (re.compile(r"^(\W*\d{1,2})\.(?=\s)"), r"\1,"),
    (re.compile(r"^(\W*\d{1,2})\.(?=\s)"), r"\1"),
    (re.compile(r"^(\W*\d{1,2})\.\s+(?=\S)"), r"\1."),
    (re.compile(r"^(\W*)b\)"), r"\1h)"),
    (re.compile(r"^(\W*)ii\)"), r"\1ü)"),
    (re.compile(r"^(\W*[a-z])\)(?=\s)"), r"\1 )"),
)
_LIST_L = re.compile(r"^(\W*)l\)")
_WORDS_DAMAGED = 0.012
_SPACES_LOST = 0.004
_NUMBERS_DAMAGED = 0.06
_LETTER_L_DAMAGED = 0.7


def recognised(text: str, chance: random.Random) -> str:
    """Return a text as recognition would read it, the same for the same source of chance."""
    return "\n".join(_line(line, chance) for line in text.split("\n"))


def _line(line: str, chance: random.Random) -> str:
    line = "".join(_piece(piece, chance) for piece in re.split(r"(\s+)", line))
    if _LIST_L.match(line) and chance.random() < _LETTER_L_DAMAGED:
        return _LIST_L.sub(r"\g<1>1)", line)
    if chance.random() < _NUMBERS_DAMAGED:
        fitting = [(pattern, by) for pattern, by in _NUMBERS if pattern.match(line)]
        if fitting:
            pattern, by = chance.choice(fitting)
            line = pattern.sub(by, line)
    return re.sub(r";$", ":", line) if chance.random() < _SPACES_LOST else line


def _piece(piece: str, chance: random.Random) -> str:
    if piece.isspace():
        return "" if piece == " " and chance.random() < _SPACES_LOST else piece
    if len(piece) < 2 or chance.random() >= _WORDS_DAMAGED:
        return piece
    fitting = [(right, wrong) for right, wrong in _LETTERS if right in piece]
    if not fitting or re.match(r"^\W*\w{1,3}[.)]", piece):
        return piece
    right, wrong = chance.choice(fitting)
    return piece.replace(right, wrong, 1)
