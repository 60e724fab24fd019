"""PDF files with a text layer: printed lines with their place and size on the page."""

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from tracker.domain.errors import ScannedDocument, UnreadableDocument
from tracker.reading.lines import LINE_LIMIT, too_many_lines
from tracker.reading.pictures import PAGE_WIDTH, no_words
from tracker.reading.printed_pages import Composed, Printed, compose
from tracker.reading.recognised import RecognisedPage
from tracker.reading.scanned_pages import scanned_lines
from tracker.reading.text_layers import senseless_pages
from tracker.reading.unsure_words import sure_words

# PDFium is not safe to use from several threads at once.
_PDFIUM = Lock()
_WIDEST_LETTER = 0.72  # of the size: a line whose letters take more has gaps in it
_CELL_GAP = 1.5  # of the size: no space between words is as wide
_PAGE_LIMIT = 2_000
DOTS_A_POINT = 300 / 72
_FEWEST = 100  # letters of a page that needs no look at its pictures
_LEAST_COVERED = 0.25  # of a page by pictures: a scan, not an emblem
_FEWEST_SHAPES = 100  # of a page whose letters are drawn as shapes
_DEEPEST = 4  # pictures within drawings within drawings
_DRAWN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH)
_WIDEST_PAGE = 850  # points: A3
_LARGEST_PICTURE = 30_000_000  # dots


def read_pdf(content: bytes, recognised: Mapping[int, RecognisedPage] | None = None) -> Composed:
    """Return the printed lines of a PDF; ``recognised`` are its scanned pages, by index from 0.

    Raises ScannedDocument for scanned pages that were not recognised, UnreadableDocument for a
    damaged or encrypted file.
    """
    known = recognised or {}
    sure = sure_words(known.values())
    with _PDFIUM:
        document = _open(content)
        try:
            _check_length(document)
            pages = [
                scanned_lines(known[index], index + 1, sure)
                if index in known
                else list(_printed_lines(document, index))
                for index in range(len(document))
            ]
            bare = [index for index, page in enumerate(pages) if _letter_count(page) < _FEWEST]
            scanned = {index for index in bare if index not in known and _is_drawn(document[index])}
        except pypdfium2.PdfiumError as problem:
            raise _damaged() from problem
        finally:
            document.close()
    scanned |= set(senseless_pages([_text_of(page) for page in pages])) - known.keys()
    if scanned:
        raise ScannedDocument(pages=[index + 1 for index in sorted(scanned)], page_count=len(pages))
    if not any(pages):
        raise no_words()
    if sum(map(len, pages)) > LINE_LIMIT:
        raise too_many_lines()
    return compose(pages)


def page_of_pdf(content: bytes, index: int) -> Image.Image:
    """Return a page (from 0) as a grey picture in the size that recognition needs."""
    with _PDFIUM:
        document = _open(content)
        try:
            page = document[index]
            width, height = page.get_size()
            dots = DOTS_A_POINT
            if min(width, height) > _WIDEST_PAGE:  # dots were written where points are meant
                dots = PAGE_WIDTH / min(width, height)
            dots = min(dots, (_LARGEST_PICTURE / (width * height)) ** 0.5)
            picture: Image.Image = page.render(scale=dots, grayscale=True).to_pil()
            return picture.convert("L")
        except pypdfium2.PdfiumError as problem:
            raise _damaged() from problem
        finally:
            document.close()


def _check_length(document: pypdfium2.PdfDocument) -> None:
    if len(document) > _PAGE_LIMIT:
        raise UnreadableDocument(
            "The PDF has more than %(limit)s pages. Upload only the pages of the resolution.",
            limit=_PAGE_LIMIT,
        )


def _letter_count(page: Sequence[Printed]) -> int:
    return sum(len(line.text) for line in page)


def _text_of(page: Sequence[Printed]) -> str:
    return "\n".join(line.text for line in page)


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Tell whether a page shows a picture, or letters drawn as shapes, rather than nothing."""
    width, height = page.get_size()
    covered, shapes = 0.0, 0
    for drawn in page.get_objects(filter=_DRAWN, max_depth=_DEEPEST):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawn.get_bounds()
            covered += abs((right - left) * (top - bottom))
        else:
            shapes += 1
        if covered > width * height * _LEAST_COVERED or shapes > _FEWEST_SHAPES:
            return True
    return False


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        encrypted = getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise (_encrypted() if encrypted else _damaged()) from problem


def _printed_lines(document: pypdfium2.PdfDocument, index: int) -> Iterator[Printed]:
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


def _placed(text_page: pypdfium2.PdfTextPage, text: str, first: int) -> Printed:
    # PDFium leaves some characters out of the text, so that places in it are not places on the page
    place = raw.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    left, _, _, top = text_page.get_charbox(max(0, place), loose=True)
    right = _right_edge(text_page, first + len(text) - 1)
    # a footnote begins with a small raised mark: a letter further on tells the size
    size = raw.FPDFText_GetFontSize(text_page, max(0, place) + len(text) // 2)
    if right - left > _WIDEST_LETTER * size * len(text):
        text = _with_gaps(text_page, text, first, size * _CELL_GAP)
    return Printed(text, left, top, size)


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
