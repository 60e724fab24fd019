"""Reading of a working copy of the report that came back edited, tracked changes taken as accepted.

The passages of a copy stand between bookmarks that bear their keys. What somebody wrote behind a
passage and before the next mark, heading, quote or table belongs to that passage.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from tracker.domain.biennial_report.editing import (
    CopyMark,
    CopyText,
    FixedKind,
    find_mark,
    passage_of_mark,
)
from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.reading.packages import open_package, parse_part
from tracker.reading.word_tables import LEFT_OUT, MARK, W, is_hidden, rows_of, runs_on

LARGEST_COPY = 30 * 1024 * 1024
"""Bytes: a report of two thousand mandates takes a tenth of it."""
_UNPACKED_LIMIT = 400 * 1024 * 1024
_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_SIGNS = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_FIXED_STYLES = {"Heading": FixedKind.HEADING, "Quote": FixedKind.QUOTE, "Caption": FixedKind.TABLE}
_SKIPPED_STYLES = ("TOC", "TableNote", "FigureDrawing")


@dataclass(slots=True)
class _Reader:
    """What was read so far, and the passage to which the next words belong."""

    passages: dict[str, list[str]] = field(default_factory=dict)
    fixed: list[tuple[FixedKind, str]] = field(default_factory=list)
    key: str | None = None
    carried: bool = False  # the last paragraph's end was deleted: the next one goes on in its line
    loose: str = ""  # the words of the paragraph that belong to no passage


def read_edited_report(content: bytes) -> CopyText:
    """Return what a copy says; raise Invalid, with what to do, for a file that is none."""
    with _opened(content) as package:
        body, mark = parse_part(package, MARK).find(f"{W}body"), _mark(package)
        if body is None:
            raise UnreadableDocument("The Word file has no text.")
    reader = _Reader()
    for element in _units(body):
        if element.tag == f"{W}tbl":
            reader.fixed.extend((FixedKind.TABLE, text) for text in _cells(element))
            reader.key = None
        else:
            _read_paragraph(reader, element)
    return CopyText(
        mark=mark,
        passages={key: "\n".join(lines) for key, lines in reader.passages.items()},
        fixed=tuple(reader.fixed),
    )


def read_copy_mark(content: bytes) -> CopyMark | None:
    """Return which edition a copy was made from, without its text; raise Invalid as above."""
    with _opened(content) as package:
        return _mark(package)


@contextmanager
def _opened(content: bytes) -> Iterator[ZipFile]:
    """Open a Word file; what is none, or too large, is refused with what to do."""
    if len(content) > LARGEST_COPY:
        raise Invalid(
            "The file is larger than %(limit)s MB, which no copy of the report is. Take pictures "
            "out of it and choose it again.",
            limit=LARGEST_COPY // 1024 // 1024,
        )
    try:
        with open_package(content) as package:
            if sum(member.file_size for member in package.infolist()) > _UNPACKED_LIMIT:
                raise Invalid(
                    "The Word file unpacks to more than %(limit)s MB. Take pictures out of it and "
                    "choose it again.",
                    limit=_UNPACKED_LIMIT // 1024 // 1024,
                )
            yield package
    except UnreadableDocument as problem:
        raise Invalid(
            "This is no Word file (.docx), or it is damaged or protected by a password. Open it in "
            "Word, save it anew as .docx and choose it again."
        ) from problem


def _mark(package: ZipFile) -> CopyMark | None:
    """Return the mark of the edition that a Word file is a copy of."""
    if "docProps/core.xml" not in package.namelist():
        return None
    return find_mark(parse_part(package, "docProps/core.xml").findtext(_KEYWORDS) or "")


def _units(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a document in order; a table as a whole."""
    for child in element:
        if child.tag in LEFT_OUT:
            continue
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        else:
            yield from _units(child)


def _read_paragraph(reader: _Reader, paragraph: etree._Element) -> None:
    style = _style_of(paragraph)
    kind = next((kind for name, kind in _FIXED_STYLES.items() if style.startswith(name)), None)
    if kind is not None:
        reader.key = None
    if _begins_passage(paragraph):
        reader.key = None  # what stands before its mark is the run-in heading
    elif reader.key is not None and not reader.carried:
        reader.passages[reader.key].append("")
    reader.loose = ""
    _gather(reader, paragraph)
    reader.carried = runs_on(paragraph)
    words = " ".join(reader.loose.split())
    # Cover and contents stand before the first passage, and are made anew each time.
    is_there = bool(reader.passages) or kind is FixedKind.HEADING
    is_told = words and is_there and not style.startswith(_SKIPPED_STYLES)
    if is_told and (kind is not None or reader.key is None):
        reader.fixed.append((kind or FixedKind.OTHER, words))


def _gather(reader: _Reader, element: etree._Element) -> None:
    for child in element:
        if child.tag in LEFT_OUT or child.tag == f"{W}p":
            continue
        if is_hidden(child):
            continue
        if child.tag == f"{W}bookmarkStart":
            _begin(reader, child.get(f"{W}name") or "")
        elif child.tag == f"{W}t":
            _say(reader, child.text or "")
        elif child.tag in _SIGNS:
            _say(reader, _SIGNS[child.tag])
        else:
            _gather(reader, child)


def _begin(reader: _Reader, name: str) -> None:
    key = passage_of_mark(name)
    if key is not None:
        reader.key = key
        reader.passages.setdefault(key, []).append("")


def _begins_passage(paragraph: etree._Element) -> bool:
    return any(
        passage_of_mark(mark.get(f"{W}name") or "") is not None
        for mark in paragraph.iter(f"{W}bookmarkStart")
    )


def _say(reader: _Reader, words: str) -> None:
    if reader.key is None:
        reader.loose += words
    else:
        reader.passages[reader.key][-1] += words


def _cells(table: etree._Element) -> Iterator[str]:
    """Yield the rows of a table as texts."""
    for row in rows_of(table):
        yield " | ".join(" ".join(cell.split()) for cell in row)


def _style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val") or ""
