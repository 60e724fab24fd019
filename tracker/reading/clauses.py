"""The grammar of a resolution: from lines to preamble, operative clauses, annexes and closing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from tracker.domain.clauses import Block, BlockKind, Doubt, DoubtReason
from tracker.reading.clause_numbers import (
    ClauseSequence,
    Marker,
    MarkerKind,
    Place,
    next_labels,
    read_marker,
)
from tracker.reading.footnotes import without_marks
from tracker.reading.lines import Line, is_finished, join_lines, printed_width
from tracker.reading.openers import is_annex_heading, is_closing
from tracker.reading.verbs import opens_clause, opens_only_preamble, opens_preamble, verb_phrase

_HEADING_LENGTH = 200
_HEADING_LINES = 6
_SECTION_LINE = re.compile(
    r"^(?:Part|Section|Chapter|PART|SECTION)\s(?:[IVXLC]{1,6}"
    r"|\d{1,3}[A-Z]?)$"
)
_INTRODUCES = re.compile(r"(?::|(?:inter alia|following),?)(?:[\s¹²³⁰⁴-⁹]*|\s\d{1,2}/)$")
_COMMA = re.compile(r",[\s¹²³⁰⁴-⁹]*$")


class _Zone(Enum):
    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSING = auto()
    ANNEX = auto()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being gathered from its lines."""

    kind: BlockKind
    texts: list[str]
    place: Place | None = None
    number: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
    indent: int = 0
    end: int = 0

    @property
    def is_finished(self) -> bool:
        return is_finished(self.texts[-1])

    @property
    def ends_with_colon(self) -> bool:
        return _INTRODUCES.search(self.texts[-1][-24:]) is not None


class _Grammar:
    """Reads the lines after the opener one by one."""

    def __init__(
        self, lines: Sequence[Line], vocabulary: frozenset[str], notes: frozenset[str]
    ) -> None:
        self.lines = lines
        self.vocabulary = vocabulary
        self.notes = notes
        self.zone = _Zone.PREAMBLE
        self.sequence = ClauseSequence()
        self.paragraphs: list[_Paragraph] = []
        self.following = _following_numbers(lines)
        self.following_letters = _following_letters(lines)
        self.width = printed_width(lines)
        self.margin = min((line.indent for line in lines), default=0) + 1

    def read(self) -> list[Block]:
        """Return the blocks after the opener."""
        for index, line in enumerate(self.lines):
            self._read_line(index, line)
        blocks = [self._block(paragraph) for paragraph in self.paragraphs]
        return _with_ending_doubts(blocks)

    @property
    def last(self) -> _Paragraph | None:
        return self.paragraphs[-1] if self.paragraphs else None

    @property
    def _after_colon(self) -> bool:
        last = self.last
        return bool(last and last.kind is BlockKind.OPERATIVE and last.ends_with_colon)

    def _read_line(self, index: int, line: Line) -> None:
        self._sort_line(index, line)
        if self.last is not None:
            self.last.indent = line.indent
            self.last.end = line.indent + len(line.text)

    def _sort_line(self, index: int, line: Line) -> None:
        if is_annex_heading(line.text) and self._may_end(line):
            self.zone = _Zone.ANNEX
            self._begin(BlockKind.ANNEX, line.text)
        elif self.zone is _Zone.ANNEX:
            self._read_annex(line)
        elif self.zone is _Zone.CLOSING:
            self._begin(BlockKind.CLOSING, line.text)
        elif is_closing(line.text) and self._may_end(line) and self.zone is _Zone.OPERATIVE:
            self.zone = _Zone.CLOSING
            self._begin(BlockKind.CLOSING, line.text)
        elif not (self._read_number(index, line) or self._read_letter(index, line)):
            self._read_words(index, line)

    def _may_end(self, line: Line) -> bool:
        """Tell whether the text before could be over, so that a closing or an annex may follow."""
        last = self.last
        if last is None:
            return False
        apart = line.blank_before or line.is_paragraph or self.zone is _Zone.CLOSING
        return apart or last.is_finished

    def _read_annex(self, line: Line) -> None:
        last = self.last
        marked = read_marker(line.text) is not None
        begins = line.is_paragraph or line.number or line.blank_before or marked
        if last and not begins and not (last.is_finished and line.text[:1].isupper()):
            last.texts.append(line.text)
        else:
            self._begin(BlockKind.ANNEX, f"{line.number or ''} {line.text}".strip())

    def _read_number(self, index: int, line: Line) -> bool:
        """Begin a numbered clause if the line is one."""
        marker = _marker_of(line)
        if marker is None or marker.kind is not MarkerKind.NUMBER:
            return False
        if not self._may_begin(line, marker):
            return False
        in_preamble = self.zone is _Zone.PREAMBLE
        if in_preamble and not (marker.label == "1" or opens_clause(marker.rest)):
            return False
        if self._restarts(index, marker):
            if self._may_be_over():
                self.zone = _Zone.ANNEX
                self._begin(BlockKind.ANNEX, line.text)
                return True
            self.sequence.start_section(self._section_label())
        place = self.sequence.place_number(marker, self.following[index])
        if place is None:
            return False
        self.zone = _Zone.OPERATIVE
        self._begin(BlockKind.OPERATIVE, marker.rest, place=place)
        return True

    def _read_letter(self, index: int, line: Line) -> bool:
        """Begin a sub-clause if the line is one."""
        marker = _marker_of(line)
        if marker is None or marker.kind is not MarkerKind.LETTER:
            return False
        if self.zone is _Zone.PREAMBLE:
            return self._read_preamble_item(line, marker)
        if not self._may_begin(line, marker):
            return False
        if self._is_lettered_heading(index, line):
            return False
        place = self.sequence.place_letter(
            marker, after_colon=self._after_colon, following=self.following_letters[index]
        )
        if place is None:
            return False
        self._begin(BlockKind.OPERATIVE, marker.rest, place=place)
        return True

    def _read_preamble_item(self, line: Line, marker: Marker) -> bool:
        last = self.last
        if last is None:
            return False
        listed = next_labels(last.number) if last.number else ()
        damaged = bool(listed) and last.is_finished and marker.printed.startswith("(")
        goes_on = marker.label in listed or damaged
        begins = last.ends_with_colon and marker.label in {"a", "i"}
        apart = last.is_finished or line.blank_before or marker.rest[:1].isupper()
        if not (apart and (goes_on or begins)):
            return False
        self._begin(BlockKind.PREAMBULAR, marker.rest)
        fits = begins or marker.label in listed
        self.paragraphs[-1].number = marker.label if fits else listed[-1]
        return True

    def _may_begin(self, line: Line, marker: Marker) -> bool:
        """Tell whether a clause number can stand here, rather than in mid-sentence."""
        last = self.last
        if line.is_paragraph or last is None or last.kind is BlockKind.HEADING:
            return True
        if last.is_finished:
            return marker.is_plain or opens_clause(marker.rest) or marker.kind is MarkerKind.LETTER
        # the punctuation before is lost: the number must fit or the text begin like a clause
        if marker.kind is MarkerKind.NUMBER:
            return self._stands_as_number(line, marker)
        if not self._expects(marker):
            return False
        return marker.rest[:1].isupper() or line.has_dash or self._ended_early(line)

    def _stands_as_number(self, line: Line, marker: Marker) -> bool:
        """Tell whether a number after an unfinished line begins a clause."""
        parted = line.blank_before and not line.page_break
        apart = parted or line.has_dash or self._is_indented(line) or self._ended_early(line)
        if opens_clause(marker.rest):
            return apart or (marker.is_plain and self._expects(marker))
        return parted and marker.is_plain and self._expects(marker)

    def _expects(self, marker: Marker | None) -> bool:
        return marker is not None and self.sequence.expects(marker, after_colon=self._after_colon)

    def _ended_early(self, line: Line) -> bool:
        """Tell whether the line before was broken off though this line's first word had room."""
        if self.last is None or self.width is None:
            return False
        return self.last.end + 1 + len(line.text.split(" ", 1)[0]) < self.width - 2

    def _is_lettered_heading(self, index: int, line: Line) -> bool:
        """Tell whether "(i) Exemptions" is a heading: no end, and a numbered clause next."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        after = _marker_of(following) if following else None
        return (
            not is_finished(line.text)
            and not self._expects(_marker_of(line))
            and after is not None
            and after.kind is MarkerKind.NUMBER
            and after.is_plain
        )

    def _restarts(self, index: int, marker: Marker) -> bool:
        """Tell whether the numbers begin anew: a plain 1 after a heading or before a plain 2."""
        if not (marker.is_plain and marker.label == "1" and self.sequence.labels):
            return False
        last = self.last
        follows_heading = last is not None and last.kind is BlockKind.HEADING
        is_far = int(self.sequence.labels[0]) > 1
        return is_far and (follows_heading or self.following[index] == 2)

    def _may_be_over(self) -> bool:
        """Tell whether the last clause ended with a full stop, as the last of a resolution does."""
        clauses = [x for x in self.paragraphs if x.kind is BlockKind.OPERATIVE]
        tail = re.sub(r"[\s¹²³⁰⁴-⁹\"”’]+$", "", clauses[-1].texts[-1])
        return tail.endswith(".") or bool(re.search(r"(?:seized|meeting|\d{4}\W?)$", tail))

    def _section_label(self) -> str:
        """Return a label for the section that begins: its number or letter, else a count."""
        taken = {block.place.path.split(".")[0] for block in self.paragraphs if block.place}
        heading = self.last
        printed = re.match(
            r"^(?:Part |Section )?([IVXLC]+|[A-Z])\b", heading.texts[0] if heading else ""
        )
        if printed and printed[1] not in taken:
            return printed[1]
        count = 2
        while f"S{count}" in taken:
            count += 1
        return f"S{count}"

    def _read_words(self, index: int, line: Line) -> None:
        """Take a line without a number: more of the paragraph, a new one, or a heading."""
        if line.text.startswith("#"):
            self._begin(BlockKind.HEADING, line.text.lstrip("# "))
        elif self._continues(index, line):
            self._join(line)
        elif self.zone is _Zone.PREAMBLE:
            self._read_preamble(index, line)
        elif self._is_heading(index, line) or self._heads_clause(index, line):
            self._begin(BlockKind.HEADING, re.sub(r"^#+\s*", "", line.text))
        elif self._is_unnumbered_clause(index, line):
            place = self.sequence.place_unnumbered()
            self._begin(BlockKind.OPERATIVE, line.text, place=place)
        else:
            self._join(line, doubtful=True)

    def _read_preamble(self, index: int, line: Line) -> None:
        if self._is_unnumbered_clause(index, line):
            self.zone = _Zone.OPERATIVE
            self._begin(BlockKind.OPERATIVE, line.text, place=self.sequence.place_unnumbered())
        elif (
            self._is_heading(index, line) or self._heads_clause(index, line)
        ) and not opens_preamble(line.text):
            self._begin(BlockKind.HEADING, re.sub(r"^#+\s*", "", line.text))
        else:
            self._begin(BlockKind.PREAMBULAR, line.text)

    def _continues(self, index: int, line: Line) -> bool:
        last = self.last
        if last is None or line.is_paragraph:
            return False
        if last.kind is BlockKind.HEADING:
            return not line.blank_before and not last.is_finished and not opens_preamble(line.text)
        if not last.is_finished:
            return not self._stands_apart(line)
        if line.text[:1].islower():
            return True
        if self.zone is _Zone.PREAMBLE:
            return not self._begins_preambular(index, line)
        return not (line.blank_before or self._is_indented(line) or self._heads_clause(index, line))

    def _begins_preambular(self, index: int, line: Line) -> bool:
        """Tell whether a line after a comma begins a paragraph, at a page break by its verb."""
        if opens_preamble(line.text) or self._is_unnumbered_clause(index, line):
            return True
        if line.page_break:
            return False
        set_apart = line.blank_before or self._is_indented(line)
        return set_apart or self._heads_clause(index, line)

    def _stands_apart(self, line: Line) -> bool:
        """Tell whether a line after an unfinished one is still no part of it."""
        if not line.text[:1].isupper() or self.zone is not _Zone.PREAMBLE:
            return False
        parted = line.blank_before and not line.page_break
        apart = parted or self._is_indented(line) or self._ended_early(line)
        return opens_preamble(line.text) and (apart or opens_only_preamble(line.text))

    def _is_indented(self, line: Line) -> bool:
        """Tell whether a line is set in, as first lines are, and not only part of a set-in list."""
        last = self.last
        if line.indent <= self.margin or last is None:
            return False
        return line.indent > last.indent or len(last.texts) == 1

    def _is_heading(self, index: int, line: Line) -> bool:
        """Tell whether a heading begins: at most three lines apart from others, without an end."""
        if line.text[:1].islower():
            return False
        run = [line.text]
        for following in self.lines[index + 1 : index + 4]:
            if following.blank_before or following.is_paragraph or _marker_of(following):
                text = " ".join(run)
                return not is_finished(text) and len(text) <= _HEADING_LENGTH
            run.append(following.text)
        return False

    def _heads_clause(self, index: int, line: Line) -> bool:
        """Tell whether a line that nothing sets apart is a heading: a numbered clause follows."""
        last = self.last
        if last is None or line.page_break or not last.is_finished:
            return False
        if self.zone is not _Zone.PREAMBLE and _COMMA.search(last.texts[-1]):
            return False
        if _SECTION_LINE.match(line.text):
            return True
        for following in self.lines[index : index + _HEADING_LINES]:
            marker = _marker_of(following)
            if marker and marker.kind is MarkerKind.NUMBER and marker.is_plain:
                return following is not line
            if is_finished(following.text) or not following.text[:1].isupper():
                return False
        return False

    def _is_unnumbered_clause(self, index: int, line: Line) -> bool:
        """Tell whether an operative paragraph begins in a text that prints no numbers after it."""
        if self.following[index] is not None or opens_preamble(line.text):
            return False
        last = self.last
        parted = line.blank_before and not line.page_break
        follows = parted or last is None or last.is_finished or last.kind is BlockKind.HEADING
        is_numbered = bool(self.sequence.labels) and not (last and _is_supplied(last.place))
        return follows and not is_numbered and opens_clause(line.text)

    def _join(self, line: Line, *, doubtful: bool = False) -> None:
        last = self.last
        if last is None:
            self._begin(BlockKind.PREAMBULAR, line.text)
            return
        if line.page_break and (doubtful or last.is_finished):
            last.doubts.append(Doubt(DoubtReason.JOINED_ACROSS_PAGE, line.text[:60]))
        last.texts.append(line.text)

    def _begin(self, kind: BlockKind, text: str, *, place: Place | None = None) -> None:
        self.paragraphs.append(_Paragraph(kind, [text], place))

    def _block(self, paragraph: _Paragraph) -> Block:
        text = without_marks(join_lines(paragraph.texts, self.vocabulary), self.notes)
        place = paragraph.place
        verb = None
        if paragraph.kind is BlockKind.PREAMBULAR:
            verb = verb_phrase(text, is_preamble=True)
        elif place:
            verb = verb_phrase(text, is_preamble=False)
        doubts = [*(place.doubts if place else ()), *paragraph.doubts]
        if place and place.level == 1 and verb is None:
            doubts.append(Doubt(DoubtReason.UNKNOWN_VERB, text[:40]))
        return Block(
            paragraph.kind,
            text,
            number=place.label if place and not _is_supplied(place) else paragraph.number,
            path=place.path if place else None,
            level=place.level if place else None,
            verb=verb,
            doubts=tuple(doubts),
        )


def read_blocks(
    lines: Sequence[Line], vocabulary: frozenset[str], notes: frozenset[str]
) -> list[Block]:
    """Return the blocks that follow the opener, in the order of the text.

    ``notes`` are the numbers of the document's footnotes, whose marks are taken out.
    """
    return _Grammar(lines, vocabulary, notes).read()


def _with_ending_doubts(blocks: list[Block]) -> list[Block]:
    """Mark the clauses that end with a colon though no sub-clause follows."""
    marked = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        is_leaf = following is None or (following.level or 0) <= (block.level or 0)
        if block.path and is_leaf and block.text.endswith(":"):
            doubt = Doubt(DoubtReason.ENDING_UNUSUAL, " ".join(block.text.split()[-5:]))
            marked.append(replace(block, doubts=(*block.doubts, doubt)))
        else:
            marked.append(block)
    return marked


def _is_supplied(place: Place | None) -> bool:
    return place is not None and any(
        doubt.reason is DoubtReason.NUMBER_SUPPLIED for doubt in place.doubts
    )


def _marker_of(line: Line) -> Marker | None:
    """Return the number of a line, printed in its text or given by Word's numbering."""
    if line.number is None:
        return read_marker(line.text)
    return read_marker(f"{line.number} {line.text}")


def _following_numbers(lines: Sequence[Line]) -> list[int | None]:
    """Return for each line the next undamaged clause number below it."""
    following: list[int | None] = []
    upcoming: int | None = None
    for line in reversed(lines):
        following.append(upcoming)
        marker = _marker_of(line)
        if marker and marker.kind is MarkerKind.NUMBER and marker.is_plain:
            upcoming = int(marker.label) if marker.rest[:1].isupper() else upcoming
    return following[::-1]


def _following_letters(lines: Sequence[Line]) -> list[str | None]:
    """Return for each line the label of the next lettered clause below it."""
    following: list[str | None] = []
    upcoming: str | None = None
    for line in reversed(lines):
        following.append(upcoming)
        marker = _marker_of(line)
        if marker and marker.kind is MarkerKind.LETTER:
            upcoming = marker.label
    return following[::-1]
