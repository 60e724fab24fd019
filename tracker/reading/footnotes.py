"""Footnotes at the foot of pages or in the running text of recognised pages, taken apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from tracker.domain.clauses import Block, BlockKind
from tracker.reading.hints import places_of
from tracker.reading.lines import Line, is_finished
from tracker.reading.verbs import opens_clause

_RULE_SIGNS = frozenset("_-–—=")
_RULE = re.compile(r"^[_\-–—=]{5,}$")
_SUPERSCRIPT = re.compile(r"^(?P<mark>[¹²³⁰⁴-⁹]{1,3})\s*(?=\S)")
_SLASH = re.compile(r"^(?P<mark>[0-9lIO]{1,2})\s?/(?:\s+(?=\S)|(?=[A-Z][a-z]))")
_DIGIT = re.compile(r"^(?P<mark>\d{1,2})\s+(?=[A-Z“\"])(?![A-Z][a-z]{2,8}\s\d{4}\b)")
_ANY_RAISED = re.compile(r"[¹²³⁰⁴-⁹]")
_RAISED = re.compile(r"\s?[¹²³⁰⁴-⁹]+(?!\w)")
_SOURCE = re.compile(
    r"^(?:See|Ibid|Official|United Nations,|World |Report|Resolution|[A-Z]+/|Adopted"
    r"|V[ée]ase|Documentos|Naciones Unidas,|Informe|Resoluci|Aprobad|Voir|Documents|Nations Unies,"
    r"|Rapport|Résolution|Adopté|Ver |Nações)"
)
# What points to a footnote: " 3/", "Council,3" and "Council3"
_MARKS = (
    re.compile(r"\s(?P<number>\d{1,3})/(?=\s|$)"),
    re.compile(r"(?<=[a-z”’)][,;:.])(?P<number>\d{1,3})(?=\s|$)"),
    re.compile(r"(?<=[a-z]{4})(?P<number>\d{1,3})(?=[\s,;.:]|$)"),
)
_MARK_STARTS = frozenset("0123456789lIO¹²³⁰⁴⁵⁶⁷⁸⁹")
_BEFORE_MARKS = frozenset(",;:.")
_MISREAD = str.maketrans("lIO", "110")
_TO_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class _Notes:
    """The footnotes found so far and whether the lines now read belong to one.

    ``above`` is the last line of the text that was kept, ``below`` the line after the present one.
    """

    blocks: list[tuple[str, list[str]]] = field(default_factory=list)
    is_open: bool = False
    after_rule: bool = False
    above: Line | None = None
    below: Line | None = None

    @property
    def text_is_open(self) -> bool:
        """Tell whether the sentence above goes on below the note."""
        return self.above is not None and not is_finished(self.above.text)

    @property
    def page_ends(self) -> bool:
        """Tell whether nothing more of the page follows."""
        return self.below is None or self.below.page_break

    @property
    def after_comma(self) -> bool:
        """Tell whether the line above ends with a comma."""
        return self.above is not None and self.above.text.endswith(",")

    def expects(self, number: int) -> bool:
        """Tell whether a note of this number may come now: 1 starts anew in some documents."""
        last = int(self.blocks[-1][0]) if self.blocks else 0
        return number in {last + 1, last + 2} or (number == 1 and self.after_rule)


def without_footnotes(lines: Sequence[Line], body_from: int) -> tuple[list[Line], list[Block]]:
    """Return the lines without footnotes, and the footnotes in their order."""
    notes = _Notes()
    kept: list[Line] = []
    removed = False
    for index, (line, below) in enumerate(zip_longest(lines, lines[1:])):
        notes.below = below
        if index > body_from and not line.is_paragraph and _belongs_to_notes(line, notes):
            removed = True
            continue
        notes.above = line._replace(page_break=True) if removed else line
        kept.append(notes.above)
        removed = False
    blocks = [
        Block(BlockKind.FOOTNOTE, " ".join(texts), number=number) for number, texts in notes.blocks
    ]
    return kept, blocks


def without_marks(text: str, numbers: frozenset[str]) -> str:
    """Return a paragraph without the marks that point to footnotes of these numbers."""
    if not text.isascii() and _ANY_RAISED.search(text):
        text = _RAISED.sub("", text)
    present = [number for number in numbers if number in text]
    if any(_is_glued(text, place) for number in present for place in places_of(number, text)):
        for form in _MARKS:
            text = form.sub(lambda mark: "" if mark["number"] in numbers else mark[0], text)
    return text


def _is_glued(text: str, place: int) -> bool:
    """Tell whether a number stands as marks do: glued to a word, or before a "/"."""
    before = text[place - 1 : place]
    if before.isspace():
        return "/" in text[place : place + 4]
    return before.islower() or before in _BEFORE_MARKS


def _belongs_to_notes(line: Line, notes: _Notes) -> bool:
    if line.text[0] in _RULE_SIGNS and _RULE.match(line.text):
        notes.after_rule, notes.is_open = True, False
        return True
    if line.page_break and notes.after_rule:
        notes.after_rule = notes.is_open = False
    mark = _mark_of(line, notes)
    if mark is not None:
        number, rest = mark
        notes.blocks.append((number, [rest]))
        notes.is_open = True
        return True
    continues = notes.is_open and not line.page_break
    if continues and not notes.after_rule and not line.is_small:
        continues = not line.blank_before
    if line.is_small and notes.is_open:
        continues = True
    if continues:
        notes.blocks[-1][1].append(line.text)
        return True
    notes.is_open = notes.after_rule = False
    return False


def _mark_of(line: Line, notes: _Notes) -> tuple[str, str] | None:
    """Return number and text of the footnote that begins on this line."""
    if line.text[0] not in _MARK_STARTS:
        return None
    superscript = _SUPERSCRIPT.match(line.text)
    if superscript:
        number = superscript["mark"].translate(_TO_DIGITS)
        return number, line.text[superscript.end() :]
    slash = _SLASH.match(line.text)
    if slash:
        number = slash["mark"].translate(_MISREAD)
        if notes.expects(int(number)):
            return number, line.text[slash.end() :]
    digit = _DIGIT.match(line.text)
    if digit and notes.expects(int(digit["mark"])):
        rest = line.text[digit.end() :]
        if opens_clause(rest):
            return None
        ends_else = notes.after_comma and rest.endswith(".")  # no paragraph of the preamble
        apart = notes.text_is_open or notes.page_ends or _SOURCE.match(rest) or ends_else
        is_source = notes.text_is_open and _SOURCE.match(rest) and rest.endswith(".")
        parted = bool(line.blank_before and apart) or bool(is_source)
        if notes.after_rule or notes.is_open or line.is_small or parted:
            return digit["mark"], rest
    return None
