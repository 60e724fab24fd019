"""Headings among the clauses of a resolution."""

import re

from tracker.reading.layout import Layout
from tracker.reading.lines import Line, is_finished
from tracker.reading.paragraphs import Paragraph

_LONGEST = 200  # characters
_LONGEST_STACK = 6  # lines: "Part II", its title, "Section 3", its title
_BARE_LABEL = re.compile(r"^(?:[IVX]{1,5}|[A-H])\.?$")
_SECTION_LINE = re.compile(
    r"^(?:Part|Section|Chapter|PART|SECTION|Parte|Sección|Capítulo|Partie|Chapitre|Secção|Seção)\s(?:[IVXLC]{1,6}|\d{1,3}[A-Z]?)$"
)


def is_bare_label(text: str) -> bool:
    """Tell whether a line is only the number or letter of a section, whose title may follow."""
    return _BARE_LABEL.match(text) is not None


def begins_section(line: Line) -> bool:
    """Tell whether a line that stands apart is the label of a section, whatever stands before."""
    if not line.blank_before or line.page_break:
        return False
    return is_bare_label(line.text) or _SECTION_LINE.match(line.text) is not None


def is_heading(layout: Layout, index: int) -> bool:
    """Tell whether a heading begins: at most three lines apart from others, without an end."""
    line = layout.lines[index]
    if line.text[:1].islower():
        return False
    run = [line.text]
    below = slice(index + 1, index + 4)
    for following, marker in zip(layout.lines[below], layout.markers[below], strict=True):
        if following.blank_before or following.is_paragraph or marker:
            text = " ".join(run)
            return not is_finished(text) and len(text) <= _LONGEST
        run.append(following.text)
    return False


def heads_clause(layout: Layout, index: int, above: Paragraph | None, *, after_comma: bool) -> bool:
    """Tell whether a line that nothing sets apart is a heading: a numbered clause follows.

    ``after_comma``: a comma may end the paragraph above, as it does in the preamble.
    """
    line = layout.lines[index]
    if above is None or not above.is_finished:
        return False
    if above.ends_with_comma and (line.page_break or not after_comma):
        return False
    return _SECTION_LINE.match(line.text) is not None or _leads_to_number(layout, index)


def is_lettered_heading(layout: Layout, index: int) -> bool:
    """Tell whether "(i) Exemptions" is a heading: it has no end and a numbered clause is next."""
    return not is_finished(layout.lines[index].text) and layout.has_plain_number(index + 1)


def _leads_to_number(layout: Layout, index: int) -> bool:
    """Tell whether only unfinished, capitalised lines stand between here and a clause number."""
    for place in range(index, min(index + _LONGEST_STACK, len(layout.lines))):
        if layout.has_number(place):
            return place > index
        if not _may_be_heading(layout.lines[place]):
            return False
    return False


def _may_be_heading(line: Line) -> bool:
    return line.text[:1].isupper() and not is_finished(line.text)
