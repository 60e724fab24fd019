"""PDF files with a text layer: printed lines with their place and size on the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from tracker.domain.errors import UnreadableDocument
from tracker.reading.lines import Line, clean_text

# PDFium is not safe to use from several threads at once.
_PDFIUM = Lock()
_POINTS_A_COLUMN = 5.0
_WIDEST_LETTER = 0.72  # of the size: a line whose letters take more has gaps in it
_CELL_GAP = 1.5  # of the size: no space between words is as wide
_PAGE_LIMIT = 2_000
_BROKEN_WORD = "\ufffe"  # PDFium's sign for a word broken at a line's end


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as printed: left edge, top, height of its letters in points."""

    text: str
    left: float
    top: float
    size: float


def read_pdf(content: bytes) -> list[Line]:
    """Return the printed lines of a PDF.

    Raises UnreadableDocument for a damaged or encrypted file and for scans without text.
    """
    with _PDFIUM:
        document = _open(content)
        try:
            if len(document) > _PAGE_LIMIT:
                raise UnreadableDocument(
                    "The PDF has more than %(limit)s pages. "
                    "Upload only the pages of the resolution.",
                    limit=_PAGE_LIMIT,
                )
            pages = [_rows(list(_printed_lines(document, index))) for index in range(len(document))]
        except pypdfium2.PdfiumError as problem:
            raise _damaged() from problem
        finally:
            document.close()
    if sum(len(line.text) for page in pages for line in page) < 20 * max(1, len(pages)):
        raise UnreadableDocument(
            "The PDF holds only pictures of pages, without text. "
            "Have the text recognised (OCR) first, or upload the Word file of the resolution."
        )
    return _lines(pages)


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        encrypted = getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise (_encrypted() if encrypted else _damaged()) from problem


def _printed_lines(document: pypdfium2.PdfDocument, index: int) -> Iterator[_Printed]:
    page = document[index]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        start = 0
        for piece in text.split("\r\n"):
            stripped = piece.strip()
            if stripped:
                first = start + len(piece) - len(piece.lstrip())
                yield _placed(text_page, stripped, first)
            start += len(piece) + 2
    finally:
        text_page.close()
        page.close()


def _placed(text_page: pypdfium2.PdfTextPage, text: str, first: int) -> _Printed:
    # PDFium leaves some characters out of the text, so that places in it are not places on the page
    place = raw.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    left, _, _, top = text_page.get_charbox(max(0, place), loose=True)
    right = _right_edge(text_page, first + len(text) - 1)
    # a footnote begins with a small raised mark: a letter further on tells the size
    size = raw.FPDFText_GetFontSize(text_page, max(0, place) + len(text) // 2)
    if right - left > _WIDEST_LETTER * size * len(text):
        text = _with_gaps(text_page, text, first, size * _CELL_GAP)
    return _Printed(text, left, top, size)


def _right_edge(text_page: pypdfium2.PdfTextPage, index: int) -> float:
    place = raw.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    return float(text_page.get_charbox(max(0, place), loose=True)[2])


def _with_gaps(text_page: pypdfium2.PdfTextPage, text: str, first: int, least: float) -> str:
    """Return a line with wide gaps between its words, as between cells, shown as three spaces."""
    shown = ""
    for index, sign in enumerate(text):
        is_gap = False
        if sign == " " and 0 < index < len(text) - 1:
            place = raw.FPDFText_GetCharIndexFromTextIndex(text_page, first + index + 1)
            following = text_page.get_charbox(max(0, place), loose=True)[0]
            is_gap = following - _right_edge(text_page, first + index - 1) > least
        shown += "   " if is_gap else sign
    return shown


def _rows(pieces: list[_Printed]) -> list[_Printed]:
    """Put together what PDFium parted though it stands in one row, as after a raised mark."""
    rows: list[_Printed] = []
    for piece in pieces:
        above = rows[-1] if rows else None
        if above and abs(above.top - piece.top) < above.size * 0.6 and piece.left > above.left:
            rows[-1] = replace(above, text=f"{above.text} {piece.text}")
        else:
            rows.append(piece)
    return rows


def _lines(pages: list[list[_Printed]]) -> list[Line]:
    printed = [line for page in pages for line in page]
    margin = min(line.left for line in printed)
    body_size = median(line.size for line in printed)
    gaps = [before.top - after.top for page in pages for before, after in pairwise(page)]
    pitch = median([gap for gap in gaps if gap > 0] or [body_size])
    lines: list[Line] = []
    for page in pages:
        above: _Printed | None = None
        for line in page:
            # lines of a title are as far apart as its letters are large
            large = min(line.size, above.size) / body_size if above else 1.0
            blank = above is None or above.top - line.top > pitch * max(1.0, large) * 1.25
            lines.extend(
                _split_broken(
                    Line(
                        clean_text(line.text),
                        round((line.left - margin) / _POINTS_A_COLUMN),
                        blank_before=blank,
                        page_break=above is None and bool(lines),
                        is_small=line.size < body_size * 0.93,
                    )
                )
            )
            above = line
    return lines


def _split_broken(line: Line) -> Iterator[Line]:
    """Return a line that PDFium joined at a hyphen as the two lines that were printed."""
    first, *others = line.text.split(_BROKEN_WORD)
    yield Line(
        first + ("-" if others else ""),
        line.indent,
        blank_before=line.blank_before,
        page_break=line.page_break,
        is_small=line.is_small,
    )
    for position, text in enumerate(others, start=1):
        yield Line(text + ("-" if position < len(others) else ""), is_small=line.is_small)


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "The PDF is damaged or was cut off while being copied. "
        "Get it again from where it comes from, or print it to a new PDF, and upload that."
    )


def _encrypted() -> UnreadableDocument:
    return UnreadableDocument(
        "The PDF is password-protected, so nothing could be read. "
        "Save it without a password and upload it again."
    )
