"""Page furniture: running heads, page numbers and job numbers, found and taken out."""

import re
from collections.abc import Sequence
from operator import ne

from tracker.reading.lines import Line

_PAGE_NUMBER = (
    r"(?:\d{1,3}|[0-9lIO]{1,3}\s?/\s?[0-9lIO]{1,3}|[-–—]\s?\d{1,3}\s?[-–—]|(?:page"
    r"|página|pág\.|p\.)\s\d+(?:\s(?:of|de|sur)\s\d+)?)"
)
_JOB_NUMBER = r"[0-9lIOS]{2}\s?-\s?[0-9lIOS]{5}(?:\s?\([EFSCARP]\))?"
_FOOTER = re.compile(
    rf"^[^\w(]{{0,2}}(?:{_PAGE_NUMBER}|{_JOB_NUMBER}|{_JOB_NUMBER}\s+{_PAGE_NUMBER}"
    rf"|{_PAGE_NUMBER}\s+{_JOB_NUMBER})"
    r"[^\w;:,.)]{0,2}$",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 45  # characters, where no gap parts job number and page
_FOOTER_STARTS = frozenset("0123456789lIiLoOsSpP")
_SYMBOL = re.compile(
    r"(?:[A-Z][A-Z0-9]{0,4}(?:\s?/\s?[A-Z0-9l.\-]{1,12}){2,6}(?:\s?\([0-9OlI]{4}\)|\([IVXLCl1]{1,8}\)"
    r"|\s[A-Z](?:\s?[-–]\s?[A-Z]|\s(?:and|y|et|e)\s[A-Z])?(?=\s|$))?"
    r"|[A-Z]{1,4}/[A-Z]+\.\d+(?:\([A-Z.\d/]+\))?)"
)
_NUMBER_BEFORE_TITLE = re.compile(r"^\W*[\dOlI]+[/\d(][\w)]*(?:\.\s*|\s)")
# Behind an annex's heading and "the following Declaration:" stands a title, no running head.
_ANNEX = re.compile(r"^(?:Annex|Appendix|Anexo|Annexe|ANNEX|APPENDIX|ANEXO|ANNEXE)\b.{0,6}$")
_FOLLOWING = re.compile(r"\b(?:following|siguiente|suivante?|seguinte)\b.{0,60}:$")
# Only letters and digits are compared, and those that look alike are one.
_FOLDED_SIGNS = str.maketrans(
    "01", "ol", "".join(sign for sign in map(chr, range(0x2200)) if not sign.isalnum())
)
_SHORTEST_HEAD = 6  # letters of a title beside a symbol
_LONGEST_HEAD = 400  # letters of a title that a running head may go through
_HEAD_WIDTH = 12  # a running head shows at least this many letters of the title


def without_furniture(lines: Sequence[Line], body_from: int, front: Sequence[str]) -> list[Line]:
    """Return the lines without page furniture; the line after it carries ``page_break``.

    ``body_from`` is the index of the opener, before which mastheads are left alone; ``front``
    holds the lines before it, which running heads repeat.
    """
    heads = _RunningHeads(front)
    kept: list[Line] = []
    broken = False
    for index, line in enumerate(lines):
        is_checked = index > body_from and not line.is_paragraph
        if is_checked and not broken and kept and _title_follows(kept[-1].text):
            is_checked = _is_footer(line.text)
        if is_checked and _is_furniture(line, heads, after_furniture=broken):
            broken = True
            continue
        kept.append(line._replace(page_break=True) if broken else line)
        broken = False
    return kept


def _title_follows(text: str) -> bool:
    """Tell whether a line heads an annex or introduces a text, whose title comes next."""
    if text[0] == "A" and _ANNEX.match(text):
        return True
    return text[-1] == ":" and _FOLLOWING.search(text) is not None


def find_symbol(text: str) -> str | None:
    """Return the full document symbol that a masthead line carries."""
    found = _SYMBOL.search(text)
    return "/".join(map(str.strip, found[0].split("/"))) if found else None


def _is_furniture(line: Line, heads: "_RunningHeads", *, after_furniture: bool) -> bool:
    text = line.text
    if len(text) > 160:
        return False
    if _is_footer(text):
        heads.places = []
        return True
    bare, symbols = _SYMBOL.subn(" ", text) if "/" in text else (text, 0)
    if symbols and len(text) - len(bare.strip()) >= 5 and not bare.strip():
        return True
    if after_furniture and heads.continue_with(bare):
        return True
    if symbols and _stands_at_edge(text):
        return heads.begin_with(bare, needed=_SHORTEST_HEAD)
    apart = line.blank_before or line.page_break or after_furniture
    may_head = apart and text[-1] not in ",;" and heads.may_be(text)
    return may_head and (heads.begin_with(text, needed=_HEAD_WIDTH) or heads.are(text))


def _is_footer(text: str) -> bool:
    """Tell whether a line is a page or job number, or both with a gap between them."""
    may_be = len(text) < _LONGEST_FOOTER or "  " in text
    may_be = may_be and (text[0] in _FOOTER_STARTS or not text[0].isalnum())
    return may_be and _FOOTER.match(text) is not None


def _stands_at_edge(text: str) -> bool:
    found = list(_SYMBOL.finditer(text))
    return found[0].start() == 0 or found[-1].end() == len(text)


class _RunningHeads:
    """The beginnings of the title and its neighbours, which running heads repeat line by line.

    ``places`` is how far the last running head has come in those it may repeat; ``titles`` are
    whole titles, which may be shorter than a beginning has to be.
    """

    def __init__(self, front: Sequence[str]) -> None:
        heads: set[str] = set()
        self.titles: set[str] = set()
        below = ""
        for line in reversed(front):
            bare, numbers = _NUMBER_BEFORE_TITLE.subn("", f"{line} ")
            head = (_letters(bare) + below)[:_LONGEST_HEAD].replace("rn", "m")
            if len(head) >= _SHORTEST_HEAD:
                heads.add(head)
                self.titles |= {head} if numbers else set()
            below = _letters(line) + below[:_LONGEST_HEAD]
        self.by_first_letter: dict[str, list[str]] = {}
        self.by_second_letter: dict[str, list[str]] = {}
        for head in heads:
            self.by_first_letter.setdefault(head[0], []).append(head)
            self.by_second_letter.setdefault(head[1], []).append(head)
        self.places: list[tuple[str, int]] = []

    def may_be(self, text: str) -> bool:
        """Tell, at little cost, whether a head begins with one of the first two letters."""
        start = text[:2] if text[:2].isalnum() else text[:_HEAD_WIDTH]
        folded = _folded(start)
        if len(folded) < 2:  # too few letters to be sure
            return True
        return folded[0] in self.by_first_letter or folded[1] in self.by_second_letter

    def begin_with(self, text: str, *, needed: int) -> bool:
        """Tell whether a line is the first of a running head."""
        folded = _folded(text)
        if len(folded) < needed:
            return False
        length = len(folded)
        likely = {
            *self.by_first_letter.get(folded[0], ()),
            *self.by_second_letter.get(folded[1], ()),
        }
        begun = [(head, length) for head in likely if _is_alike(head[:length], folded)]
        self.places = begun or self.places
        return bool(begun)

    def are(self, text: str) -> bool:
        """Tell whether a line is a short title as a whole."""
        return _folded(text) in self.titles

    def continue_with(self, text: str) -> bool:
        """Tell whether a line goes on where the line of the head before it ended."""
        folded = _folded(text)
        length = len(folded)
        if length < 2:
            return False
        going_on = [
            (head, end + length)
            for head, end in self.places
            if any(_is_alike(head[at : at + length], folded) for at in (end, end - 1, end + 1))
        ]
        self.places = going_on or self.places
        return bool(going_on)


def _is_alike(expected: str, folded: str) -> bool:
    """Tell whether two strings of letters are the same, one letter in ten misread at most."""
    if len(expected) != len(folded) or not folded:
        return False
    if expected == folded:
        return True
    if expected[0] != folded[0] and expected[1:2] != folded[1:2]:
        return False
    wrong: int = sum(map(ne, expected, folded))
    return wrong * 10 <= len(folded)


def _folded(text: str) -> str:
    return _letters(text).replace("rn", "m")


def _letters(text: str) -> str:
    return text.lower().translate(_FOLDED_SIGNS)
