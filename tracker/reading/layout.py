"""How the lines of a document are set: width, margin, and the clause numbers before them."""

from collections.abc import Sequence

from tracker.reading.lines import Line, printed_width
from tracker.reading.markers import Marker, MarkerKind, read_marker
from tracker.reading.paragraphs import Paragraph
from tracker.reading.quotations import quoted_lines


class Layout:
    """The lines after an opener with what they say by their place on the page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.width = printed_width(lines)
        self.margin = min((line.indent for line in lines), default=0)
        self.quoted = quoted_lines(lines)
        self.markers = [
            None if index in self.quoted else marker_of(line) for index, line in enumerate(lines)
        ]
        self.next_numbers = _next_numbers(self.markers)
        self.next_letters = _next_letters(self.markers)

    def has_plain_number(self, index: int) -> bool:
        """Tell whether an undamaged number ("5.") stands before the line at this index, if any."""
        return index < len(self.markers) and _is_plain_number(self.markers[index])

    def has_number(self, index: int) -> bool:
        """Tell whether a number stands before a line, a damaged one where a clause follows it."""
        marker = self.markers[index] if index < len(self.markers) else None
        return marker is not None and marker.kind is MarkerKind.NUMBER

    def is_indented(self, line: Line, above: Paragraph | None) -> bool:
        """Tell whether a line is set in, as first lines are, and not only part of a set-in list."""
        if line.indent <= self.margin + 1 or above is None:
            return False
        return line.indent > above.indent or len(above.texts) == 1

    def ended_early(self, line: Line, above: Paragraph | None) -> bool:
        """Tell whether the line above was broken off though this line's first word had room."""
        if above is None or self.width is None:
            return False
        return above.end + 1 + len(line.text.split(" ", 1)[0]) < self.width - 2

    def sets_apart(self, line: Line, above: Paragraph | None) -> bool:
        """Tell whether an empty line, not that of a page break, an indent or a short line parts."""
        parted = line.blank_before and not line.page_break
        return parted or self.is_indented(line, above) or self.ended_early(line, above)


def marker_of(line: Line) -> Marker | None:
    """Return the number of a line, printed in its text or given by Word's numbering."""
    return read_marker(line.text if line.number is None else f"{line.number} {line.text}")


def _is_plain_number(marker: Marker | None) -> bool:
    return marker is not None and marker.kind is MarkerKind.NUMBER and marker.is_plain


def _next_numbers(markers: Sequence[Marker | None]) -> list[int | None]:
    """Return for each line the next undamaged clause number below it."""
    following: list[int | None] = []
    upcoming: int | None = None
    for marker in reversed(markers):
        following.append(upcoming)
        if marker and _is_plain_number(marker) and marker.rest[:1].isupper() and not marker.ordinal:
            upcoming = int(marker.label)
    return following[::-1]


def _next_letters(markers: Sequence[Marker | None]) -> list[str | None]:
    """Return for each line the label of the next lettered clause below it."""
    following: list[str | None] = []
    upcoming: str | None = None
    for marker in reversed(markers):
        following.append(upcoming)
        if marker and marker.kind is MarkerKind.LETTER and not marker.is_dotted:
            upcoming = marker.label
    return following[::-1]
