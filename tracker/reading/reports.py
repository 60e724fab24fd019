"""Reports of a session: the resolutions and decisions that one document holds, found apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.reading.frontmatter import begins_resolution
from tracker.reading.lines import Line, is_finished
from tracker.reading.openers import Opener, find_openers, resolution_bounds

_DECISION_NAMED = re.compile(r"^(?:Decision|Decisión|Décision|Decisão)\s+\d", re.IGNORECASE)
_DECISION_BEGINS = re.compile(
    r"^(?:At (?:its|the) .{0,60}meeting|On \d|In accordance|By (?:its|consensus|acclamation)"
    r"|The .{3,90}?\b(?:decide[sd]|took|takes|approve[sd]|elect(?:ed|s)|agree[sd]|adopt(?:ed|s))\b"
    r"|En (?:su|la) .{0,60}sesión|À (?:sa|la) .{0,60}séance|Na sua .{0,60}sessão)"
)
_PART_HEADING = re.compile(
    r"^(?:#+\s*)?(?:(?:[IVXLC]+|[A-Z])\.\s*)?"
    r"(?:resolutions?|decisions?|resoluciones|decisiones|acuerdos|résolutions|décisions|resoluções)"
    r"\b[^.;,]*$",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|\s{3,}\d{1,3}$|…+\s*\d{1,3}$")
_SESSION = re.compile(
    r"\b((?:[a-z]+-)?(?:first|second|third|[a-z]+th)(?: special| resumed)?) session\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 4  # lines
_DECISION = re.compile(r"\b(?:d[eé]cisi[oó]n|decis[aã]o)")


@dataclass(frozen=True, slots=True)
class Part:
    """Where an instrument stands in the lines of a document; a decision has no opener."""

    first: int
    last: int
    opener: Opener | None


def parts_of(lines: Sequence[Line]) -> list[Part]:
    """Return the resolutions and decisions of a document in the order printed.

    A document with one instrument is all its own; in a report each begins with its title.
    """
    openers = find_openers(lines)
    bounds = resolution_bounds(lines, openers) if openers else []
    begins: list[tuple[int, Opener | None]] = [
        (first, opener) for opener, (first, _) in zip(openers, bounds, strict=True)
    ]
    begins += [(index, None) for index in _decisions(lines, openers)]
    begins.sort(key=lambda begin: begin[0])
    if not begins:
        return []
    if len(begins) == 1 and openers:
        return [Part(0, len(lines), openers[0])]
    ends = [first for first, _ in begins[1:]] + [len(lines)]
    parts = []
    for (first, opener), end in zip(begins, ends, strict=True):
        start = _own_beginning(lines, opener) if first == 0 and opener else first
        parts.append(Part(start, _without_part_headings(lines, start, end), opener))
    return parts


def session_named(lines: Iterable[Line]) -> str | None:
    """Return the session that the front matter of a report names: "Eighth session"."""
    for line in lines:
        found = _SESSION.search(line.text)
        if found:
            return f"{found[1].capitalize()} session"
    return None


def _own_beginning(lines: Sequence[Line], opener: Opener) -> int:
    """Return where the title of the first resolution of a report stands."""
    for index in range(opener.first - 1, max(-1, opener.first - _LONGEST_TITLE - 1), -1):
        if begins_resolution(lines[index].text) and not _is_of_contents(lines[index]):
            return index
    return 0


def _decisions(lines: Sequence[Line], openers: Sequence[Opener]) -> list[int]:
    """Return where the titles of decisions stand: no opener follows, but "At its 6th meeting"."""
    if not any(_speaks_of_decisions(line.text) for line in lines):
        return []
    taken = {index for opener in openers for index in range(opener.first - 1, opener.last)}
    titles = [index for index, line in enumerate(lines) if _may_be_title(line)]
    return [
        index
        for index, following in pairwise([*titles, len(lines)])
        if index not in taken and _decision_follows(lines[index + 1 : following])
    ]


def _speaks_of_decisions(text: str) -> bool:
    if len(text) >= 100:
        return False
    return ("cis" in text or "CIS" in text) and _DECISION.search(text.lower()) is not None


def _may_be_title(line: Line) -> bool:
    apart = line.blank_before or line.is_paragraph or line.page_break
    if not apart or not (begins_resolution(line.text) or _DECISION_NAMED.match(line.text)):
        return False
    return not (is_finished(line.text) or _is_of_contents(line))


def _decision_follows(lines: Sequence[Line]) -> bool:
    """Tell whether the text of a decision begins within the lines that may still be its title."""
    for line in lines[:_LONGEST_TITLE]:
        if _DECISION_BEGINS.match(line.text):
            return True
        if is_finished(line.text):
            return False
    return False


def _is_of_contents(line: Line) -> bool:
    return _CONTENTS_LINE.search(line.text) is not None


def _without_part_headings(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the end of an instrument without the heading of the part that follows it."""
    while last - 1 > first and _PART_HEADING.match(lines[last - 1].text):
        last -= 1
    return last
