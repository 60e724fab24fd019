"""Lines without a number: which go on with the paragraph above, begin a new one or head others."""

from tracker.domain.clauses import BlockKind
from tracker.reading.adopted_texts import adopts_text
from tracker.reading.grammar_state import GrammarState, Zone
from tracker.reading.headings import begins_section, heads_clause, is_bare_label, is_heading
from tracker.reading.lines import Line
from tracker.reading.paragraphs import Paragraph
from tracker.reading.verbs import (
    may_open_preamble,
    opens_clause,
    opens_only_preamble,
    opens_preamble,
)

_LONGEST_ADOPTION = 3  # lines of "Adopts the following Declaration:"


class UnnumberedLines(GrammarState):
    """Takes the lines that begin with their words."""

    def read_words(self, index: int, line: Line) -> None:
        """Take a line without a number: more of the paragraph, a new one, or a heading."""
        if line.text.startswith("#"):
            self.begin(BlockKind.HEADING, line.text.lstrip("# "))
        elif self._is_bullet(line):
            place = self.sequence.place_bullet(begins_list=self._begins_bullets(line))
            self.begin(BlockKind.OPERATIVE, line.text, place=place)
        elif self.last is not None and self._continues(index, line, self.last):
            self.last.add(line)
        elif self._is_unnumbered_clause(index, line):
            self.zone = Zone.OPERATIVE
            self.begin(BlockKind.OPERATIVE, line.text, place=self.sequence.place_unnumbered())
        elif self._is_heading(index, line):
            self.begin(BlockKind.HEADING, line.text)
        elif self.zone is Zone.PREAMBLE or self.last is None:
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
        return self.after_colon and not beside

    def _read_preambular(self, line: Line) -> None:
        """Begin a paragraph of the preamble, or go on after a page's end that left no trace."""
        last = self.last
        after_comma = last is not None and last.kind is BlockKind.PREAMBULAR and not last.number
        torn = line.blank_before and line.text.endswith(",") and not may_open_preamble(line.text)
        if last and after_comma and torn and last.ends_with_comma and not line.is_paragraph:
            last.add(line, torn=True)
        else:
            self.begin(BlockKind.PREAMBULAR, line.text)

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
        if self.zone is Zone.PREAMBLE:
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
        if self.zone is not Zone.PREAMBLE or not opens_preamble(line.text):
            return False
        return self.layout.sets_apart(line, self.last) or opens_only_preamble(line.text)

    def _is_heading(self, index: int, line: Line) -> bool:
        if self.zone is Zone.PREAMBLE and opens_preamble(line.text):
            return False
        return is_heading(self.layout, index) or self._heads_clause(index)

    def _heads_clause(self, index: int) -> bool:
        in_preamble = self.zone is Zone.PREAMBLE
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
