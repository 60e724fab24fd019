"""Tables of Word documents as they would be if all tracked changes were accepted."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.reading.packages import open_package, parse_part

MARK = "word/document.xml"
UNPACKED_LIMIT = 60 * 1024 * 1024  # bytes
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}sdtPr", _MC_FALLBACK})
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}


@dataclass(frozen=True, slots=True)
class WordText:
    """The words of a document outside its tables, and its tables: rows of cells."""

    words: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def is_word(content: bytes) -> bool:
    """Tell whether a file is a package that holds a Word document."""
    try:
        with open_package(content) as package:
            return MARK in package.namelist()
    except UnreadableDocument:
        return False


def read_word_tables(content: bytes) -> WordText:
    """Return what a document says; paragraphs of a cell are parted by line ends.

    Insertions are taken, deletions dropped, also of whole rows. Raises Invalid for a document that
    is damaged or would unpack too large.
    """
    try:
        return _read(content)
    except UnreadableDocument as problem:
        raise Invalid(
            "The Word file is damaged or protected by a password, so nothing could be read. Open "
            "it in Word, save it anew and choose it again."
        ) from problem


def _read(content: bytes) -> WordText:
    with open_package(content) as package:
        if sum(member.file_size for member in package.infolist()) > UNPACKED_LIMIT:
            raise Invalid(
                "The Word file unpacks to more than %(limit)s MB. Take pictures out of it and "
                "choose it again.",
                limit=UNPACKED_LIMIT // 1024 // 1024,
            )
        body = parse_part(package, MARK).find(f"{W}body")
    if body is None:
        return WordText("", ())
    tables = [table for table in body.iter(f"{W}tbl") if not _is_within(table, f"{W}tbl")]
    outside = [each for each in body.iter(f"{W}p") if not _is_within(each, f"{W}tbl")]
    return WordText(_joined(outside), tuple(tuple(rows_of(table)) for table in tables))


def rows_of(table: etree._Element) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as the texts of their cells, those that were deleted left out."""
    for row in table.iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None or _nearest(row, f"{W}tbl") is not table:
            continue
        yield tuple(
            _joined(list(cell.iter(f"{W}p")))
            for cell in row.iter(f"{W}tc")
            if _nearest(cell, f"{W}tr") is row
        )


def _joined(paragraphs: list[etree._Element]) -> str:
    """Return paragraphs as lines; one whose end was deleted runs on into the next."""
    text = ""
    for paragraph in paragraphs:
        if any(ancestor.tag in LEFT_OUT for ancestor in paragraph.iterancestors()):
            continue
        text += "".join(_pieces(paragraph))
        if not runs_on(paragraph):
            text += "\n"
    return text.removesuffix("\n")


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in LEFT_OUT or child.tag == f"{W}p":
            continue
        if is_hidden(child):
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)


def runs_on(paragraph: etree._Element) -> bool:
    """Tell whether the paragraph's end was deleted, so that it runs on into the next."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element is a run of text that Word does not show."""
    return element.tag == f"{W}r" and element.find(f"{W}rPr/{W}vanish") is not None


def _is_within(element: etree._Element, tag: str) -> bool:
    return _nearest(element, tag) is not None


def _nearest(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)
