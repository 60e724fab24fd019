"""The small parts that Word documents are made of: runs, paragraphs, controls."""

import re
from collections.abc import Iterable, Sequence
from itertools import count

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLUE = "00567D"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_identifiers = count(1000)


def element(name: str, **attributes: str) -> etree._Element:
    """Return an element of Word's own with attributes of its own."""
    made: etree._Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), _NOT_IN_XML.sub("", value))
    return made


def run(words: str) -> etree._Element:
    """Return words of one line as a run; tabs stay tabs."""
    made = element("r")
    for place, piece in enumerate(_NOT_IN_XML.sub("", words).split("\t")):
        if place:
            made.append(element("tab"))
        text = element("t")
        text.text = piece
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(text)
    return made


def paragraphs(text: str, *, style: str, locked: str = "") -> list[etree._Element]:
    """Return a text as paragraphs, one for each of its lines.

    ``locked`` is the tag of a control that keeps its words from being changed.
    """
    made = []
    for line in text.split("\n"):
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=style.replace(" ", "")))
        paragraph.append(properties)
        words = run(line)
        if locked:
            paragraph.append(content_control(locked, None, [words], is_locked=True))
        elif line:
            paragraph.append(words)
        made.append(paragraph)
    return made


def ruled_table(widths: Sequence[int], *, above_and_below: int) -> etree._Element:
    """Return a table with grey rules and columns of fixed widths, without rows.

    Widths, and the margins above and below the words of a cell, are in twentieths of a point.
    """
    table = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblW", w=str(sum(widths)), type="dxa"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="9CA3AF"))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    room = str(above_and_below)
    for side, width in (("top", room), ("left", "110"), ("bottom", room), ("right", "110")):
        margins.append(element(side, w=width, type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = element("tblGrid")
    grid.extend([element("gridCol", w=str(width)) for width in widths])
    table.append(grid)
    return table


def content_control(
    tag: str,
    kind: etree._Element | None,
    content: Iterable[etree._Element],
    *,
    is_locked: bool = False,
) -> etree._Element:
    """Return a control around runs that cannot be deleted; locked, its words cannot change."""
    control = element("sdt")
    properties = element("sdtPr")
    properties.append(element("tag", val=tag))
    properties.append(element("id", val=str(next(_identifiers))))
    properties.append(element("lock", val="sdtContentLocked" if is_locked else "sdtLocked"))
    if kind is not None:
        properties.append(kind)
    control.append(properties)
    inner = element("sdtContent")
    inner.extend(list(content))
    control.append(inner)
    return control
