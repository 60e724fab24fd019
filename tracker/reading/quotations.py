"""Quoted paragraphs, as amendments have them: text of the clause that quotes them."""

import re
from collections.abc import Sequence

from tracker.reading.lines import Line

_OPENING_MARKS = ("“", '"', "«", "„")
_CLOSES = re.compile(r"[”\"»]\s?[;:.,]?(?:\s(?:and|or|y|o|et|ou))?$")
_INTRODUCES = re.compile(
    r"(?:[:—–-]|\b(?:following|reads?|reading|inserted?|follows|replace[ds]?|added?|substituted?))"
    r"[\s,]*$",
    re.IGNORECASE,
)
_MAY_BEGIN = re.compile(r"^(?:\d{1,3}\.|\(?[a-z]{1,4}\)|[A-Z])")
_LONGEST = 400  # lines


def quoted_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that are quoted text of the paragraph before them.

    Quoted text begins with a quotation mark behind a colon and ends with the mark that closes it.
    Each of its paragraphs may begin with a mark of its own.
    """
    quoted: set[int] = set()
    for index in [index for index, line in enumerate(lines) if index and _opens(line)]:
        if index not in quoted and _INTRODUCES.search(lines[index - 1].text):
            quoted.update(range(index, _end_of_quotation(lines, index)))
    return frozenset(quoted)


def _end_of_quotation(lines: Sequence[Line], first: int) -> int:
    """Return the index behind the last quoted line; without an end, behind the marked lines."""
    for index in range(first, min(first + _LONGEST, len(lines))):
        if _CLOSES.search(lines[index].text) and _is_parted(lines, index):
            return index + 1
    index = first
    while index < len(lines) and _opens(lines[index]):
        index += 1
    return index


def _is_parted(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line after this one begins a paragraph that is not quoted."""
    if index + 1 == len(lines):
        return True
    following = lines[index + 1]
    begins = following.blank_before or following.is_paragraph or following.page_break
    may_begin = begins or _MAY_BEGIN.match(following.text) is not None
    return may_begin and not _opens(following)


def _opens(line: Line) -> bool:
    return line.text.startswith(_OPENING_MARKS)
