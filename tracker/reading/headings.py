"""Headings among the clauses of a resolution, and the labels of the sections they open."""

import re
from collections.abc import Collection

from tracker.reading.layout import Layout, is_plain_number, marker_of
from tracker.reading.lines import Line, is_finished
from tracker.reading.paragraphs import Paragraph

_LONGEST = 200  # characters
_LONGEST_STACK = 6  # lines: "Part II", its title, "Section 3", its title
_SECTION_LINE = re.compile(
    r"^(?:Part|Section|Chapter|PART|SECTION)\s(?:[IVXLC]{1,6}|\d{1,3}[A-Z]?)$"
)
_SECTION_LABEL = re.compile(r"^(?:Part |Section )?([IVXLC]+|[A-Z])\b")


def is_heading(layout: Layout, index: int) -> bool:
    """Tell whether a heading begins: at most three lines apart from others, without an end."""
    line = layout.lines[index]
    if line.text[:1].islower():
        return False
    run = [line.text]
    for following in layout.lines[index + 1 : index + 4]:
        if following.blank_before or following.is_paragraph or marker_of(following):
            text = " ".join(run)
            return not is_finished(text) and len(text) <= _LONGEST
        run.append(following.text)
    return False


def heads_clause(layout: Layout, index: int, above: Paragraph | None, *, after_comma: bool) -> bool:
    """Tell whether a line that nothing sets apart is a heading: a numbered clause follows.

    ``after_comma``: a comma may end the paragraph above, as it does in the preamble.
    """
    line = layout.lines[index]
    if above is None or line.page_break or not above.is_finished:
        return False
    if above.ends_with_comma and not after_comma:
        return False
    return _SECTION_LINE.match(line.text) is not None or _leads_to_number(layout, index)


def is_lettered_heading(layout: Layout, index: int) -> bool:
    """Tell whether "(i) Exemptions" is a heading: it has no end and a numbered clause is next."""
    return not is_finished(layout.lines[index].text) and is_plain_number(layout.after(index))


def section_label(heading: Paragraph | None, taken: Collection[str]) -> str:
    """Return a label for the section that a heading opens: its number or letter, else a count."""
    printed = _SECTION_LABEL.match(heading.texts[0]) if heading else None
    if printed and printed[1] not in taken:
        return printed[1]
    count = 2
    while f"S{count}" in taken:
        count += 1
    return f"S{count}"


def _leads_to_number(layout: Layout, index: int) -> bool:
    """Tell whether only unfinished, capitalised lines stand between here and a clause number."""
    for line in layout.lines[index : index + _LONGEST_STACK]:
        if is_plain_number(line):
            return line is not layout.lines[index]
        if not _may_be_heading(line):
            return False
    return False


def _may_be_heading(line: Line) -> bool:
    return line.text[:1].isupper() and not is_finished(line.text)
