"""Lines of a document as every format hands them to the grammar, and how they are mended."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tracker.domain.errors import UnreadableDocument

LINE_LIMIT = 100_000  # as many as 2,000 pages have

_EMPHASIS = re.compile(
    r"</?(?:u|i|b|em|strong)>|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\w)"
)
_SUPERSCRIPT_TAG = re.compile(r"<sup>\s*(\d{1,2})\s*</sup>")
_EMPHASIS_IN_WORD = re.compile(r"((?<!\w)\*\w[^*]*)\*(?=\w)")  # "*Decides*that": a lost space
_UNDERSCORE_EMPHASIS = re.compile(r"(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\s_])_{1,2}(?!\w)")
# First halves of compounds that stand alone too seldom to be found in every document.
_FIRST_HALVES = frozenset(
    """
    age all anti capacity climate cross data decision early ex fact follow free full gender half
    high job land large law long low man mid middle non old open peace policy post pre
    result risk self short small socio state time vice well
    twenty thirty forty fifty sixty seventy eighty ninety
    vingt trente quarante cinquante soixante dix quatre haut haute haute sous avant après lui elle
    eux elles nord sud est ouest celui celle ceux porte lutte savoir
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_WORDY = re.compile(r"[^\W_]|_{5}|[-–—]{5}")
_WORD = re.compile(r"[\w-]+")
_LAST_HALF = re.compile(r"[^\W\d_]*(?:-[^\W\d_]+)*-$")
_FIRST_HALF = re.compile(r"^[^\W\d_]+")
_TABBED = re.compile(r"^\(?\w{1,4}[.)°º]\t")
_BULLETS = "-•▪◦●‣■□·–—"
_LIST_DASH = re.compile(rf"^[{_BULLETS}]\s+(?=\S)")
_PROSE_DASHES = "–—"  # which stand at the start of a line within sentences, too
_LONGEST_PRINTED = 140  # characters of a printed line
_LONGEST_WORD = 100  # characters
_FEW_ASKED = 50  # words up to which looking through the text is quicker than listing its words
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Marks that embed or override the direction of writing can make a text look like another one.
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = {**dict.fromkeys(f"\u00ad\u200b\ufeff{_DIRECTIONS}", ""), "\u00a0": " "}
_TERMINAL = frozenset(";:.,!?")
_TERMINAL_WITH_MARK = re.compile(r"[;:.,!?]\W{0,3}(?:[¹²³⁰⁴-⁹]{1,3}|\d{1,2}/?)?\W{0,2}$")
_JOINED_ON = re.compile(r"[;,]\s*(?:and|or|y|o|et|ou|e)$")
_LAST_LETTERS = frozenset("dryoetu")  # of the words in _JOINED_ON


class Line(NamedTuple):
    """One printed line, or a whole paragraph where the format knows paragraphs.

    ``indent`` counts columns. ``page_break`` says that page furniture or a footnote stood before
    the line, ``is_small`` that it is set smaller than the text, as footnotes are, ``has_dash`` that
    a list dash stood before it. ``number`` is what Word's numbering prints before the paragraph,
    ``notes`` are the numbers of the footnotes it refers to, where the format tells them;
    ``is_row`` says that it is a row of a table.
    """

    text: str
    indent: int = 0
    blank_before: bool = False
    page_break: bool = False
    is_paragraph: bool = False
    is_small: bool = False
    has_dash: bool = False
    number: str | None = None
    notes: tuple[str, ...] = ()
    is_row: bool = False


def within_limit(lines: Iterable[Line]) -> list[Line]:
    """Return lines; raise UnreadableDocument for more than any resolution has."""
    found = list(islice(lines, LINE_LIMIT + 1))
    if len(found) > LINE_LIMIT:
        raise too_many_lines()
    return found


def too_many_lines() -> UnreadableDocument:
    """Return the refusal of a file that would keep the reader busy for longer than it may."""
    return UnreadableDocument(
        "The file has more than %(limit)s lines or paragraphs. "
        "Upload only the pages of the resolution.",
        limit=LINE_LIMIT,
    )


def text_lines(text: str) -> list[Line]:
    """Return the lines of plain text that carry words, without emphasis marks and list dashes."""
    lines: list[Line] = []
    blank = False
    text = _without_invisible(text).replace("\r\n", "\n").replace("\r", "\n")
    has_emphasis = any(sign in text for sign in "<*_")
    for raw in text.split("\n"):
        feed = "\f" in raw
        clean = raw.replace("\f", "") if feed else raw
        clean = _without_emphasis(clean) if has_emphasis else clean
        stripped = clean.strip()
        if not stripped or not _is_wordy(stripped):  # an empty line, or one with a stray speck
            blank = blank or not stripped
            continue
        body = stripped
        if stripped[0] in _BULLETS and not (
            stripped[0] in _PROSE_DASHES and _is_open(lines, blank)
        ):
            body = _LIST_DASH.sub("", stripped)
        indent = _columns(clean) if clean[0].isspace() else 0
        has_dash = body is not stripped
        lines.append(
            Line(body, indent, blank_before=blank or feed, page_break=feed, has_dash=has_dash)
        )
        blank = False
    if _has_paragraph_lines(lines):
        return [line._replace(is_paragraph=True) for line in lines]
    return lines


def _is_wordy(text: str) -> bool:
    return text[0].isalnum() or _WORDY.search(text) is not None


def _is_open(lines: Sequence[Line], blank: bool) -> bool:
    """Tell whether the sentence above goes on, so that a dash is part of it."""
    return bool(lines) and not blank and not is_finished(lines[-1].text)


def _columns(line: str) -> int:
    expanded = line.expandtabs(4) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip())


def _has_paragraph_lines(lines: Sequence[Line]) -> bool:
    """Tell whether each line is a paragraph: many are long and no empty lines part them."""
    long_count = sum(len(line.text) > _LONGEST_PRINTED for line in lines)
    blank_count = sum(line.blank_before for line in lines)
    if not long_count or blank_count * 20 > len(lines):
        return False
    tabbed_count = sum(_TABBED.match(line.text) is not None for line in lines)
    return long_count * 5 > len(lines) or tabbed_count > 2


def printed_width(lines: Sequence[Line]) -> int | None:
    """Return the width in columns to which lines are filled, None where they are not wrapped."""
    ends = sorted(line.indent + len(line.text) for line in lines)
    if not ends or ends[len(ends) // 2] > _LONGEST_PRINTED or any(x.is_paragraph for x in lines):
        return None
    return ends[len(ends) * 3 // 4]


def clean_text(text: str) -> str:
    """Return text without emphasis marks and invisible characters."""
    return _without_emphasis(_without_invisible(text))


def _without_invisible(text: str) -> str:
    if not text.isascii():
        for sign, instead in _INVISIBLE.items():
            text = text.replace(sign, instead) if sign in text else text
    return text


def _without_emphasis(text: str) -> str:
    if "<" in text:
        text = _SUPERSCRIPT_TAG.sub(lambda mark: mark[1].translate(_SUPERSCRIPTS), text)
    if "*" in text or "<" in text:
        text = _EMPHASIS.sub("", _EMPHASIS_IN_WORD.sub(r"\1 ", text))
    return _UNDERSCORE_EMPHASIS.sub("", text) if "_" in text else text


def is_finished(text: str) -> bool:
    """Tell whether a paragraph could end here: at a punctuation mark, a footnote mark aside."""
    last = text[-1:]
    if last.isalpha():
        return last in _LAST_LETTERS and _JOINED_ON.search(text[-8:]) is not None
    return last in _TERMINAL or _TERMINAL_WITH_MARK.search(text[-12:]) is not None


def join_lines(texts: Iterable[str], vocabulary: Container[str]) -> str:
    """Return the lines as one text; a hyphen at a line's end goes when it only broke a word.

    ``vocabulary`` holds the words of the whole document in lower case, which decide that.
    """
    first, *others = "\n".join(texts).split("-\n")
    pieces, last = [first], first[-_LONGEST_WORD:]
    for text in others:
        joint = _joint(last, text, vocabulary) if text[:1].islower() else "- "
        pieces += (joint, text)
        last = f"{last}{joint}{text[-_LONGEST_WORD:]}"[-_LONGEST_WORD:]
    return _evenly_spaced("".join(pieces).replace("\n", " "))


def _evenly_spaced(text: str) -> str:
    is_even = "  " not in text and text.isprintable()  # tabs and other spaces are not printable
    return text.strip() if is_even else " ".join(text.split())


class Vocabulary:
    """The words of a document, looked up when a broken word must be mended."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = lines
        self._asked = 0

    def __contains__(self, word: object) -> bool:
        """Tell whether a word in lower case stands whole within some line."""
        if not isinstance(word, str) or not word:
            return False
        self._asked += 1
        if self._asked > _FEW_ASKED:
            return word in self._words
        text = self._text
        start = text.find(word, 1)
        while start >= 0:
            if not (_is_of_word(text[start - 1]) or _is_of_word(text[start + len(word)])):
                return True
            start = text.find(word, start + 1)
        return False

    @cached_property
    def _text(self) -> str:
        return "\n".join(["", *_whole_words(self.lines), ""]).lower()

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._text))


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign in "-_"


def _whole_words(lines: Iterable[Line]) -> Iterator[str]:
    """Return the lines without the halves of words broken at their ends."""
    is_broken = False
    for line in lines:
        text = line.text.partition(" ")[2] if is_broken else line.text
        is_broken = text.endswith("-")
        yield text.rpartition(" ")[0] if is_broken else text


def _joint(before: str, after: str, vocabulary: Container[str]) -> str:
    """Return what joins two halves at a line's end: a compound's hyphen, nothing in a word."""
    left = _LAST_HALF.findall(f"{before}-".rsplit(maxsplit=1)[-1])[0][:-1].lower()
    right = _FIRST_HALF.findall(after)[0].lower()
    if left + right in vocabulary:
        return ""
    known = f"{left}-{right}" in vocabulary or left in vocabulary or not left
    return "-" if known or left.rsplit("-", 1)[-1] in _FIRST_HALVES else ""
