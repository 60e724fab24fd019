"""What recognition makes of printed pages: misread signs, lost spaces, damaged numbers."""

import random
import re

from tests.reading.printing import LIST_MARK, Text, habits_of, pages_of, print_pages

_CONFUSED = (("m", "rn"), ("rn", "m"), ("l", "1"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("e", "c"), ("o", "0"))
_LETTERS = {"h": "b", "b": "h", "e": "c", "c": "e"}
_MARK = re.compile(r"^\W*(?:\(?[a-z0-9]{1,4}\)|\d{1,3}[.,]?)\s")
_LETTERED = re.compile(r"^(\W*?\(?)([a-z]{1,4})(\)\s.*)$")
_NUMBERED = re.compile(r"^(\W*)(\d{1,3})\.(\s+[A-Z].*)$")


def recognise_lines(text: Text, *, seed: str, page_lines: int = 0, rate: float = 1.0) -> str:
    """Return the printed lines with noise; ``rate`` 1 damages 3 numbers in 100."""
    chance = random.Random(f"recognised {seed}")  # noqa: S311 - no secret
    printed = print_pages(text, seed=seed, page_lines=page_lines)
    return "\n".join(_blurred(line, chance, rate) for line in printed.split("\n"))


def recognise_paragraphs(text: Text, *, seed: str, page_lines: int = 0, rate: float = 1.0) -> str:
    """Return a line for each piece of a paragraph on a page, as layout-analysing programs write."""
    chance = random.Random(f"recognised {seed}")  # noqa: S311 - no secret
    emphasis = chance.choice((("<u>", "</u>"), ("*", "*"), ("", "")))
    lines = list(text.front)
    for page in pages_of(text, habits_of(seed, page_lines)):
        for piece, begins in page.pieces:
            words = re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(" ".join(piece).split()))
            lines.append(_as_item(words, chance, emphasis, begins=begins))
        lines += [" ".join(note) for note in page.notes]
    return "\n\n".join(_blurred(line, chance, rate) for line in lines) + "\n"


def _as_item(words: str, chance: random.Random, emphasis: tuple[str, str], *, begins: bool) -> str:
    marker = LIST_MARK.match(words)
    if begins and words[0] in "•–":
        return f"    - {words[1:].strip()}"
    if not begins:
        return f"- {words}" if chance.random() < 0.1 else words
    if marker is None:
        head, space, rest = words.partition(" ")
        is_set = chance.random() < 0.8
        return f"{emphasis[0]}{head}{emphasis[1]}{space}{rest}" if is_set else words
    printed = marker[0].strip()
    if printed.startswith("(") and chance.random() < 0.15:
        printed = printed[1:]
    indent = " " * (4 * printed.endswith(")"))
    return f"{indent}- {printed} {words[marker.end() :].strip()}"


def _blurred(line: str, chance: random.Random, rate: float) -> str:
    line = _blurred_number(line, chance, rate)
    marker = _MARK.match(line)
    start = marker.end() if marker else 0
    words = line[start:].split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and chance.random() < 0.008 * rate:
            right, wrong = chance.choice(_CONFUSED)
            words[place] = word[0] + word[1:].replace(right, wrong, 1)
        if word and chance.random() < 0.004 * rate and place + 1 < len(words):
            words[place + 1] = word + words[place + 1]
            words[place] = ""
    text = line[:start] + re.sub(r"(?<=\S) +(?=\S)", " ", " ".join(words))
    if text.endswith(";") and chance.random() < 0.02 * rate:
        text = text[:-1] + chance.choice((":", ""))
    return text.replace("’", "'") if chance.random() < 0.3 else text


def _blurred_number(line: str, chance: random.Random, rate: float) -> str:
    lettered = _LETTERED.match(line)
    if lettered:
        damaged = _blurred_letter(lettered[2], chance, rate)
        return f"{lettered[1]}{damaged}{lettered[3]}"
    numbered = _NUMBERED.match(line)
    if numbered and chance.random() < 0.03 * rate:
        return f"{numbered[1]}{_blurred_digits(numbered[2], chance)}{numbered[3]}"
    return line


def _blurred_letter(label: str, chance: random.Random, rate: float) -> str:
    if label == "l" and chance.random() < 0.7:
        return "1"
    if label == "o" and chance.random() < 0.3:
        return "0"
    if label in {"i", "ii"} and chance.random() < 0.05 * rate:
        return label.replace("i", "l")
    return _LETTERS[label] if label in _LETTERS and chance.random() < 0.01 * rate else label


def _blurred_digits(digits: str, chance: random.Random) -> str:
    return chance.choice(
        (
            digits.replace("0", "O").replace("1", "l", 1) + ".",
            f"{digits},",
            digits,
            digits.replace("1", "I").replace("5", "S") + ".",
        )
    )
