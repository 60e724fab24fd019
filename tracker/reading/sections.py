"""Sections whose clauses are numbered anew: their labels go before the paths of their clauses.

Where a text counts from 1 in each section, paragraph 3 (b) of section II is "II.3.b"; sections
within parts carry both labels ("A-II.3.b"), and a section without a label its count ("S2.3").
Texts that count on through their sections have plain paths.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.domain.clauses import BlockKind
from tracker.domain.symbols import roman_value
from tracker.reading.paragraphs import Paragraph

_LABEL = re.compile(
    r"^(?:(?P<named>(?:part|section|chapter|parte|sección|capítulo|partie|chapitre|seção)\s+))?"
    r"(?P<label>[IVXLC]{1,6}|[A-Z]|(?(named)\d{1,2}))"
    r"(?(named)(?!\w)|(?:\s?[.:)–—-](?=\s|$)|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The printed label of a section and whether it counts in letters or in numerals."""

    label: str
    style: str


def with_section_labels(paragraphs: Sequence[Paragraph]) -> None:
    """Put the labels of their sections before the paths where clauses are numbered anew."""
    if not any(each.place and each.place.section for each in paragraphs):
        return
    chain: list[_Heading] = []
    headings: list[str] = []
    labels: dict[int, str] = {}
    for paragraph in paragraphs:
        if paragraph.kind is BlockKind.HEADING:
            headings.append(paragraph.texts[0])
        elif paragraph.place is not None:
            chain = _lengthened(chain, headings)
            section = paragraph.place.section
            if section not in labels:
                labels[section] = _free_label(chain if headings else [], section, labels.values())
            headings = []
            label = labels[section]
            path = f"{label}.{paragraph.place.path}" if label else paragraph.place.path
            paragraph.place = replace(paragraph.place, path=path)


def _lengthened(chain: list[_Heading], texts: Iterable[str]) -> list[_Heading]:
    """Return the open sections: a heading closes those of its style and below."""
    for text in texts:
        printed = _LABEL.match(text)
        if printed is None:
            continue
        heading = _heading(printed["label"].upper(), chain)
        styles = [each.style for each in chain]
        depth = styles.index(heading.style) if heading.style in styles else len(chain)
        chain = [*chain[:depth], heading]
    return chain


def _heading(label: str, chain: Sequence[_Heading]) -> _Heading:
    """Return a label with its style: "C" goes on from "B", and is a numeral only without it."""
    before = {each.style: each.label for each in chain}
    if label.isdecimal():
        return _Heading(label, "number")
    if len(label) == 1 and before.get("letter") == chr(ord(label) - 1):
        return _Heading(label, "letter")
    is_numeral = roman_value(label.lower()) and (len(label) > 1 or label in "IVX")
    return _Heading(label, "numeral" if is_numeral else "letter")


def _free_label(chain: Sequence[_Heading], section: int, taken: Iterable[str]) -> str:
    label = "-".join(each.label for each in chain)
    if label and label not in set(taken):
        return label
    return f"S{section + 1}" if section else ""
