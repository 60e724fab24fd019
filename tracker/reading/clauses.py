"""The grammar of a resolution: from lines to preamble, operative clauses, annexes and closing."""

from collections.abc import Container, Sequence

from tracker.domain.clauses import Block, BlockKind
from tracker.reading.adopted_texts import introduces_adopted_text
from tracker.reading.closings import goes_on_closing
from tracker.reading.grammar_state import Zone
from tracker.reading.layout import Layout
from tracker.reading.lines import Line
from tracker.reading.markers import Marker, MarkerKind
from tracker.reading.numbered_lines import NumberedLines
from tracker.reading.openers import is_annex_heading, is_closing
from tracker.reading.paragraphs import Paragraph, block_of, with_ending_doubts
from tracker.reading.sections import with_section_labels
from tracker.reading.unnumbered_lines import UnnumberedLines
from tracker.reading.verbs import opens_clause


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


_RUNNING_TEXT = (BlockKind.PREAMBULAR, BlockKind.OPERATIVE)
_WITH_TABLES = (Zone.PREAMBLE, Zone.OPERATIVE)
_WITH_CLAUSES = (Zone.OPERATIVE, Zone.ADOPTED)


class _Grammar(NumberedLines, UnnumberedLines):
    """Reads the lines after the opener one by one; each begins a paragraph or goes on with one."""

    def read(self) -> list[Paragraph]:
        """Return the paragraphs in the order of the text."""
        for index, line in enumerate(self.layout.lines):
            self._read_line(index, line)
            if self.last is not None:
                self.last.indent = line.indent
                self.last.end = line.indent + len(line.text)
        return self.paragraphs

    def _read_line(self, index: int, line: Line) -> None:
        if self.last is not None and self._plainly_goes_on(index, line, self.last):
            self.last.add(line)
        elif line.is_row and self.last is not None and self.zone in _WITH_TABLES:
            self.last.add_row(line)
        elif is_annex_heading(line.text) and self._may_end(line):
            self.zone = Zone.ANNEX
            self.begin(BlockKind.ANNEX, line.text)
        elif self.zone is Zone.ANNEX:
            self._read_annex(index, line)
        elif self.zone is Zone.CLOSING:
            self._read_closing(line)
        elif self.zone in _WITH_CLAUSES and self._may_end(line) and is_closing(line.text):
            self.zone = Zone.CLOSING
            self.begin(BlockKind.CLOSING, line.text)
        elif self.last is not None and self.zone in _WITH_CLAUSES:
            self._read_after_clauses(index, line, self.last)
        elif not self.read_marked(index, line):
            self.read_words(index, line)

    def _plainly_goes_on(self, index: int, line: Line, last: Paragraph) -> bool:
        """Tell whether a line in small letters stands below an unfinished one, nothing between."""
        parted = line.blank_before or line.is_paragraph or line.is_row or line.page_break
        if parted or last.is_finished or not line.text[0].islower():
            return False
        return last.kind in _RUNNING_TEXT and self.layout.markers[index] is None

    def _read_after_clauses(self, index: int, line: Line, last: Paragraph) -> None:
        """Take a line behind a clause: quoted or adopted text, or what goes on with the clauses."""
        marker = self.layout.markers[index]
        if self.zone is Zone.ADOPTED and not self._resumes(marker):
            self._read_annex(index, line)
        elif index in self.layout.quoted:
            last.add(line)
        elif last.kind is BlockKind.OPERATIVE and introduces_adopted_text(last, marker):
            self.zone = Zone.ADOPTED
            self.begin(BlockKind.ANNEX, line.text)
        elif not self.read_marked(index, line):
            self.read_words(index, line)

    def _resumes(self, marker: Marker | None) -> bool:
        """Tell whether behind an adopted text the clauses go on with the number that is due."""
        is_number = marker is not None and marker.kind is MarkerKind.NUMBER and marker.is_plain
        return bool(marker and is_number and self.expects(marker) and opens_clause(marker.rest))

    def _read_closing(self, line: Line) -> None:
        if self.last is not None and goes_on_closing(self.last, line):
            self.last.go_on(line.text)
        else:
            self.begin(BlockKind.CLOSING, line.text)

    def _may_end(self, line: Line) -> bool:
        """Tell whether the text before could be over, so that a closing or an annex may follow."""
        last = self.last
        if last is None:
            return False
        apart = line.blank_before or line.is_paragraph or self.zone is Zone.CLOSING
        return apart or last.is_finished

    def _read_annex(self, index: int, line: Line) -> None:
        last = self.last
        marker = self.layout.markers[index]
        begins = line.is_paragraph or line.number or line.blank_before or marker or line.is_row
        begins = begins or (last is not None and last.has_rows)
        if last and not begins and not (last.is_finished and line.text[:1].isupper()):
            last.go_on(line.text)
        else:
            self.begin(BlockKind.ANNEX, f"{line.number or ''} {line.text}".strip())
            self.paragraphs[-1].has_rows = line.is_row
