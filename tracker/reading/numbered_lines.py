"""Lines that begin with a number: which of them begin a clause, and where it stands."""

from tracker.domain.clauses import BlockKind
from tracker.reading.clause_numbers import next_labels
from tracker.reading.grammar_state import GrammarState, Zone
from tracker.reading.headings import is_lettered_heading
from tracker.reading.lines import Line
from tracker.reading.markers import Marker, MarkerKind
from tracker.reading.verbs import opens_clause

_LONGEST_LEAD_IN = 120  # characters of an unfinished item over a list


class NumberedLines(GrammarState):
    """Takes the lines with a number before their words."""

    def read_marked(self, index: int, line: Line) -> bool:
        """Begin a numbered or lettered paragraph if the line is one."""
        marker = self.layout.markers[index]
        if marker is None:
            return False
        if marker.kind is MarkerKind.LETTER and self.zone is Zone.PREAMBLE:
            return self._read_preamble_item(line, marker)
        if not self._may_begin(line, marker) or (marker.is_dotted and not self.expects(marker)):
            return False
        if marker.kind is MarkerKind.NUMBER:
            return self._read_number(index, line, marker)
        return self._read_letter(index, marker)

    def _read_number(self, index: int, line: Line, marker: Marker) -> bool:
        is_first = (marker.label == "1" and not marker.ordinal) or opens_clause(marker.rest)
        if self.zone is Zone.PREAMBLE and not is_first:
            return False
        if self._restarts(index, marker):
            if self._may_be_over():
                self.zone = Zone.ANNEX
                self.begin(BlockKind.ANNEX, line.text)
                return True
            self.sequence.start_section()
        place = self.sequence.place_number(marker, self.layout.next_numbers[index])
        self.zone = Zone.OPERATIVE
        self.begin(BlockKind.OPERATIVE, marker.rest, place=place)
        return True

    def _read_letter(self, index: int, marker: Marker) -> bool:
        if not self.expects(marker) and is_lettered_heading(self.layout, index):
            return False
        following = self.layout.next_letters[index]
        opens_list = self.after_colon or self._is_led_in(marker)
        place = self.sequence.place_letter(marker, after_colon=opens_list, following=following)
        if place is None:
            return False
        self.begin(BlockKind.OPERATIVE, marker.rest, place=place)
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
        self.begin(BlockKind.PREAMBULAR, marker.rest, number=marker.label if fits else listed[-1])
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
        return self.expects(marker) and (apart or marker.rest[:1].isupper())

    def _stands_as_number(self, line: Line, marker: Marker) -> bool:
        """Tell whether a number after an unfinished line begins a clause."""
        fits = marker.is_plain and self.expects(marker)
        if opens_clause(marker.rest):
            return fits or line.has_dash or self.layout.sets_apart(line, self.last)
        return fits and (line.has_dash or (line.blank_before and not line.page_break))

    def expects(self, marker: Marker) -> bool:
        """Tell whether a number is exactly the one that is due."""
        opens_list = self.after_colon or self._is_led_in(marker)
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
