"""The grammar of a resolution: from lines to preamble, operative clauses, annexes and closing."""

from collections.abc import Container, Sequence
from enum import Enum, auto

from tracker.domain.clauses import Block, BlockKind
from tracker.reading.adopted_texts import adopts_text, introduces_adopted_text
from tracker.reading.clause_numbers import ClauseSequence, Marker, MarkerKind, Place, next_labels
from tracker.reading.closings import goes_on_closing
from tracker.reading.headings import (
    begins_section,
    heads_clause,
    is_bare_label,
    is_heading,
    is_lettered_heading,
)
from tracker.reading.layout import Layout
from tracker.reading.lines import Line
from tracker.reading.openers import is_annex_heading, is_closing
from tracker.reading.paragraphs import Paragraph, block_of, with_ending_doubts
from tracker.reading.sections import with_section_labels
from tracker.reading.verbs import (
    may_open_preamble,
    opens_clause,
    opens_only_preamble,
    opens_preamble,
)

_LONGEST_LEAD_IN = 120  # characters of an unfinished item over a list


def read_blocks(
    lines: Sequence[Line],
    vocabulary: Container[str],
    notes: frozenset[str],
    *,
    is_decision: bool = False,
) -> list[Block]:
    """Return the blocks that follow the opener, in the order of the text.

    ``notes`` are the numbers of the document's footnotes, whose marks are taken out. A decision
    has no preamble, and its paragraphs open with any words.
    """
    paragraphs = _Grammar(Layout(lines), is_decision=is_decision).read()
    with_section_labels(paragraphs)
    blocks = [block_of(each, vocabulary, notes) for each in paragraphs]
    return with_ending_doubts([block for block in blocks if block.text])  # no lone footnote marks


class _Zone(Enum):
    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSING = auto()
    ANNEX = auto()
    ADOPTED = auto()  # text that a clause adopts, after which clauses may go on


_RUNNING_TEXT = (BlockKind.PREAMBULAR, BlockKind.OPERATIVE)
_WITH_TABLES = (_Zone.PREAMBLE, _Zone.OPERATIVE)
_LONGEST_ADOPTION = 3  # lines of "Adopts the following Declaration:"
_WITH_CLAUSES = (_Zone.OPERATIVE, _Zone.ADOPTED)


class _Grammar:
    """Reads the lines after the opener one by one; each begins a paragraph or goes on with one."""

    def __init__(self, layout: Layout, *, is_decision: bool = False) -> None:
        self.layout = layout
        self.is_decision = is_decision
        self.zone = _Zone.OPERATIVE if is_decision else _Zone.PREAMBLE
        self.sequence = ClauseSequence()
        self.paragraphs: list[Paragraph] = []
        self.last: Paragraph | None = None

    def read(self) -> list[Paragraph]:
        """Return the paragraphs in the order of the text."""
        for index, line in enumerate(self.layout.lines):
            self._read_line(index, line)
            if self.last is not None:
                self.last.indent = line.indent
                self.last.end = line.indent + len(line.text)
        return self.paragraphs

    @property
    def _after_colon(self) -> bool:
        last = self.last
        return bool(last and last.kind is BlockKind.OPERATIVE and last.introduces_list)

    def _read_line(self, index: int, line: Line) -> None:
        if self.last is not None and self._plainly_goes_on(index, line, self.last):
            self.last.add(line)
        elif line.is_row and self.last is not None and self.zone in _WITH_TABLES:
            self.last.add_row(line)
        elif is_annex_heading(line.text) and self._may_end(line):
            self.zone = _Zone.ANNEX
            self._begin(BlockKind.ANNEX, line.text)
        elif self.zone is _Zone.ANNEX:
            self._read_annex(index, line)
        elif self.zone is _Zone.CLOSING:
            self._read_closing(line)
        elif self.zone in _WITH_CLAUSES and self._may_end(line) and is_closing(line.text):
            self.zone = _Zone.CLOSING
            self._begin(BlockKind.CLOSING, line.text)
        elif self.last is not None and self.zone in _WITH_CLAUSES:
            self._read_after_clauses(index, line, self.last)
        elif not self._read_marked(index, line):
            self._read_words(index, line)

    def _plainly_goes_on(self, index: int, line: Line, last: Paragraph) -> bool:
        """Tell whether a line in small letters stands below an unfinished one, nothing between."""
        parted = line.blank_before or line.is_paragraph or line.is_row or line.page_break
        if parted or last.is_finished or not line.text[0].islower():
            return False
        return last.kind in _RUNNING_TEXT and self.layout.markers[index] is None

    def _read_after_clauses(self, index: int, line: Line, last: Paragraph) -> None:
        """Take a line behind a clause: quoted or adopted text, or what goes on with the clauses."""
        marker = self.layout.markers[index]
        if self.zone is _Zone.ADOPTED and not self._resumes(marker):
            self._read_annex(index, line)
        elif index in self.layout.quoted:
            last.add(line)
        elif last.kind is BlockKind.OPERATIVE and introduces_adopted_text(last, marker):
            self.zone = _Zone.ADOPTED
            self._begin(BlockKind.ANNEX, line.text)
        elif not self._read_marked(index, line):
            self._read_words(index, line)

    def _resumes(self, marker: Marker | None) -> bool:
        """Tell whether behind an adopted text the clauses go on with the number that is due."""
        is_number = marker is not None and marker.kind is MarkerKind.NUMBER and marker.is_plain
        return bool(marker and is_number and self._expects(marker) and opens_clause(marker.rest))

    def _read_closing(self, line: Line) -> None:
        if self.last is not None and goes_on_closing(self.last, line):
            self.last.go_on(line.text)
        else:
            self._begin(BlockKind.CLOSING, line.text)

    def _may_end(self, line: Line) -> bool:
        """Tell whether the text before could be over, so that a closing or an annex may follow."""
        last = self.last
        if last is None:
            return False
        apart = line.blank_before or line.is_paragraph or self.zone is _Zone.CLOSING
        return apart or last.is_finished

    def _read_annex(self, index: int, line: Line) -> None:
        last = self.last
        marker = self.layout.markers[index]
        begins = line.is_paragraph or line.number or line.blank_before or marker or line.is_row
        begins = begins or (last is not None and last.has_rows)
        if last and not begins and not (last.is_finished and line.text[:1].isupper()):
            last.go_on(line.text)
        else:
            self._begin(BlockKind.ANNEX, f"{line.number or ''} {line.text}".strip())
            self.paragraphs[-1].has_rows = line.is_row

    def _read_marked(self, index: int, line: Line) -> bool:
        """Begin a numbered or lettered paragraph if the line is one."""
        marker = self.layout.markers[index]
        if marker is None:
            return False
        if marker.kind is MarkerKind.LETTER and self.zone is _Zone.PREAMBLE:
            return self._read_preamble_item(line, marker)
        if not self._may_begin(line, marker) or (marker.is_dotted and not self._expects(marker)):
            return False
        if marker.kind is MarkerKind.NUMBER:
            return self._read_number(index, line, marker)
        return self._read_letter(index, marker)

    def _read_number(self, index: int, line: Line, marker: Marker) -> bool:
        is_first = (marker.label == "1" and not marker.ordinal) or opens_clause(marker.rest)
        if self.zone is _Zone.PREAMBLE and not is_first:
            return False
        if self._restarts(index, marker):
            if self._may_be_over():
                self.zone = _Zone.ANNEX
                self._begin(BlockKind.ANNEX, line.text)
                return True
            self.sequence.start_section()
        place = self.sequence.place_number(marker, self.layout.next_numbers[index])
        self.zone = _Zone.OPERATIVE
        self._begin(BlockKind.OPERATIVE, marker.rest, place=place)
        return True

    def _read_letter(self, index: int, marker: Marker) -> bool:
        if not self._expects(marker) and is_lettered_heading(self.layout, index):
            return False
        following = self.layout.next_letters[index]
        opens_list = self._after_colon or self._is_led_in(marker)
        place = self.sequence.place_letter(marker, after_colon=opens_list, following=following)
        if place is None:
            return False
        self._begin(BlockKind.OPERATIVE, marker.rest, place=place)
        return True

    def _is_led_in(self, marker: Marker) -> bool:
        """Tell whether "(i)" begins a list under "(a) Protection of civilians", without a colon."""
        last = self.last
        is_item = last is not None and last.kind is BlockKind.OPERATIVE and self.sequence.depth > 1
        if last is None or not is_item or last.is_finished or marker.label != "i":
            return False
        return self.sequence.labels[-1] != "h" and sum(map(len, last.texts)) < _LONGEST_LEAD_IN

    def _read_preamble_item(self, line: Line, marker: Marker) -> bool:
        """Begin a lettered paragraph of the preamble: after a colon, or after the letter before."""
        last = self.last
        if last is None:
            return False
        listed = next_labels(last.number) if last.number else ()
        fits = marker.label in listed or (last.introduces_list and marker.label in {"a", "i"})
        damaged = bool(listed) and last.is_finished and marker.printed.startswith("(")
        apart = last.is_finished or line.blank_before or marker.rest[:1].isupper()
        if not (apart and (fits or damaged)):
            return False
        self._begin(BlockKind.PREAMBULAR, marker.rest, number=marker.label if fits else listed[-1])
        return True

    def _may_begin(self, line: Line, marker: Marker) -> bool:
        """Tell whether a clause number can stand here, rather than in mid-sentence."""
        last = self.last
        if line.is_paragraph or last is None or last.kind is BlockKind.HEADING:
            return True
        if last.is_finished:
            return marker.is_plain or marker.kind is MarkerKind.LETTER or opens_clause(marker.rest)
        # the punctuation before is lost: the number must fit or the text begin like a clause
        if marker.kind is MarkerKind.NUMBER:
            return self._stands_as_number(line, marker)
        apart = line.has_dash or self.layout.ended_early(line, last)
        return self._expects(marker) and (apart or marker.rest[:1].isupper())

    def _stands_as_number(self, line: Line, marker: Marker) -> bool:
        """Tell whether a number after an unfinished line begins a clause."""
        fits = marker.is_plain and self._expects(marker)
        if opens_clause(marker.rest):
            return fits or line.has_dash or self.layout.sets_apart(line, self.last)
        return fits and (line.has_dash or (line.blank_before and not line.page_break))

    def _expects(self, marker: Marker) -> bool:
        opens_list = self._after_colon or self._is_led_in(marker)
        return self.sequence.expects(marker, after_colon=opens_list)

    def _restarts(self, index: int, marker: Marker) -> bool:
        """Tell whether the numbers begin anew: a 1 after a heading or a plain one before a 2."""
        labels = self.sequence.labels
        if not (marker.label == "1" and labels and labels[0] != "1"):
            return False
        follows_heading = self.last is not None and self.last.kind is BlockKind.HEADING
        return follows_heading or (marker.is_plain and self.layout.next_numbers[index] == 2)

    def _may_be_over(self) -> bool:
        clauses = [each for each in self.paragraphs if each.kind is BlockKind.OPERATIVE]
        return clauses[-1].ends_resolution

    def _read_words(self, index: int, line: Line) -> None:
        """Take a line without a number: more of the paragraph, a new one, or a heading."""
        if line.text.startswith("#"):
            self._begin(BlockKind.HEADING, line.text.lstrip("# "))
        elif self._is_bullet(line):
            place = self.sequence.place_bullet(begins_list=self._begins_bullets(line))
            self._begin(BlockKind.OPERATIVE, line.text, place=place)
        elif self.last is not None and self._continues(index, line, self.last):
            self.last.add(line)
        elif self._is_unnumbered_clause(index, line):
            self.zone = _Zone.OPERATIVE
            self._begin(BlockKind.OPERATIVE, line.text, place=self.sequence.place_unnumbered())
        elif self._is_heading(index, line):
            self._begin(BlockKind.HEADING, line.text)
        elif self.zone is _Zone.PREAMBLE or self.last is None:
            self._read_preambular(line)
        else:
            self.last.add(line, doubtful=True)

    def _is_bullet(self, line: Line) -> bool:
        """Tell whether a line with a bullet begins a sub-clause: after a colon or the one above."""
        last = self.last
        if not line.has_dash or last is None or last.place is None or not last.is_finished:
            return False
        return last.introduces_list or last.is_bullet

    def _begins_bullets(self, line: Line) -> bool:
        """Tell whether a bullet is the first of its list; one below a bullet is set in deeper."""
        last = self.last
        beside = last is not None and last.is_bullet and line.indent <= last.indent
        return self._after_colon and not beside

    def _read_preambular(self, line: Line) -> None:
        """Begin a paragraph of the preamble, or go on after a page's end that left no trace."""
        last = self.last
        after_comma = last is not None and last.kind is BlockKind.PREAMBULAR and not last.number
        torn = line.blank_before and line.text.endswith(",") and not may_open_preamble(line.text)
        if last and after_comma and torn and last.ends_with_comma and not line.is_paragraph:
            last.add(line, torn=True)
        else:
            self._begin(BlockKind.PREAMBULAR, line.text)

    def _continues(self, index: int, line: Line, last: Paragraph) -> bool:
        """Tell whether a line goes on with the paragraph above."""
        if line.is_paragraph:
            return False
        if last.kind is BlockKind.HEADING:
            ends = line.blank_before or last.is_finished or is_bare_label(last.texts[-1])
            return not (ends or opens_preamble(line.text))
        if not last.is_finished:
            return not (self._stands_apart(line) or begins_section(line))
        if line.text[:1].islower():
            return True
        if self.zone is _Zone.PREAMBLE:
            return not self._begins_preambular(index, line)
        apart = line.blank_before or self.layout.is_indented(line, last)
        if not apart and self.sequence.counts_unprinted:
            apart = self._is_unnumbered_clause(index, line)
        return not (apart or self._heads_clause(index))

    def _begins_preambular(self, index: int, line: Line) -> bool:
        """Tell whether a line after a comma begins a paragraph, at a page break by its verb."""
        if opens_preamble(line.text) or self._is_unnumbered_clause(index, line):
            return True
        if line.page_break:
            return False
        apart = line.blank_before or self.layout.is_indented(line, self.last)
        return apart or self._heads_clause(index)

    def _stands_apart(self, line: Line) -> bool:
        """Tell whether a line after an unfinished one is a preambular paragraph all the same."""
        if self.zone is not _Zone.PREAMBLE or not opens_preamble(line.text):
            return False
        return self.layout.sets_apart(line, self.last) or opens_only_preamble(line.text)

    def _is_heading(self, index: int, line: Line) -> bool:
        if self.zone is _Zone.PREAMBLE and opens_preamble(line.text):
            return False
        return is_heading(self.layout, index) or self._heads_clause(index)

    def _heads_clause(self, index: int) -> bool:
        in_preamble = self.zone is _Zone.PREAMBLE
        return heads_clause(self.layout, index, self.last, after_comma=in_preamble)

    def _is_unnumbered_clause(self, index: int, line: Line) -> bool:
        """Tell whether an operative paragraph begins in a text that prints no numbers after it."""
        if opens_preamble(line.text) and not self.is_decision:
            return False
        if self.layout.next_numbers[index] is not None and not self._adopts_text(index):
            return False
        last = self.last
        parted = line.blank_before and not line.page_break
        follows = parted or last is None or last.is_finished or last.kind is BlockKind.HEADING
        is_numbered = bool(self.sequence.labels) and not self.sequence.counts_unprinted
        opens = opens_clause(line.text) or (self.is_decision and (parted or last is None))
        return follows and not is_numbered and opens

    def _adopts_text(self, index: int) -> bool:
        """Tell whether a clause adopts the text that follows, which counts for itself."""
        lines = self.layout.lines[index : index + _LONGEST_ADOPTION]
        return adopts_text(" ".join(line.text for line in lines))

    def _begin(
        self, kind: BlockKind, text: str, *, place: Place | None = None, number: str | None = None
    ) -> None:
        self.last = Paragraph(kind, [text], place, number)
        self.paragraphs.append(self.last)
