"""Reading of adopted texts: a file goes in, the resolutions it holds come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from PIL import Image

from tracker.domain.clauses import Block, ReadResolution
from tracker.domain.errors import ScannedDocument
from tracker.domain.page_places import LinePlace
from tracker.reading.formats import Format, format_of
from tracker.reading.lines import Line
from tracker.reading.pdf import page_of_pdf, read_pdf
from tracker.reading.pictures import no_words, page_of_pictures, picture_count
from tracker.reading.plain_text import decode, plain_lines
from tracker.reading.printed_pages import compose
from tracker.reading.recognised import RecognisedPage
from tracker.reading.resolutions import read_resolutions
from tracker.reading.scanned_pages import scanned_lines
from tracker.reading.unsure_words import sure_words
from tracker.reading.web_page import read_web_page
from tracker.reading.word import read_word

SIZE_LIMIT = 50 * 1024 * 1024
# The pages of a file that were recognised, by their index from 0.
Recognised = Mapping[int, RecognisedPage]


@dataclass(frozen=True, slots=True)
class FileLines:
    """The lines of a file, the footnotes that its format keeps apart, and its words as text.

    ``places`` tells for each line where it stands on the picture of a scanned page; it is empty for
    a file without scanned pages.
    """

    lines: Sequence[Line]
    text: str
    footnotes: Sequence[Block] = ()
    places: Sequence[LinePlace | None] = field(default=())


def read(source: Path, *, limit: int = SIZE_LIMIT) -> list[ReadResolution]:
    """Return the resolutions of a file in the order printed; ``limit`` is in bytes.

    Raises UnreadableDocument, a sentence that says what to do, for what cannot be read.
    """
    return read_bytes(_content(source, limit), source.name, limit=limit)


def read_bytes(content: bytes, filename: str, *, limit: int = SIZE_LIMIT) -> list[ReadResolution]:
    """Return the resolutions of a file's content; the kind is told by the content, not the name."""
    found = lines_of_file(content, filename, limit=limit)
    return read_resolutions(found.lines, found.footnotes)


def _content(source: Path, limit: int) -> bytes:
    """Return what a file holds, at most one byte more than the limit."""
    found = source.stat()
    if S_ISREG(found.st_mode) and found.st_size <= limit:
        return source.read_bytes()
    with source.open("rb") as file:
        return file.read(limit + 1)


def lines_of_file(
    content: bytes, filename: str, *, limit: int = SIZE_LIMIT, recognised: Recognised | None = None
) -> FileLines:
    """Return the words of a file's content as they were found, before anything is understood.

    Raises ScannedDocument where pages have to be recognised first.
    """
    kind = format_of(content, filename, limit=limit)
    if kind is Format.WORD:
        lines, footnotes = read_word(content)
        return FileLines(lines, _text(lines, footnotes), footnotes)
    if kind is Format.PDF:
        composed = read_pdf(content, recognised)
        places = composed.places if any(composed.places) else ()
        return FileLines(composed.lines, _text(composed.lines), places=places)
    if kind is Format.PICTURE:
        return _pictured(content, recognised)
    if kind is Format.WEB_PAGE:
        lines = read_web_page(content)
        return FileLines(lines, _text(lines))
    text = decode(content)
    return FileLines(plain_lines(text), text)


def page_of_file(
    content: bytes, filename: str, index: int, *, limit: int = SIZE_LIMIT
) -> Image.Image:
    """Return a page (from 0) of a PDF or a picture file as a grey picture for recognition."""
    kind = format_of(content, filename, limit=limit)
    return page_of_pdf(content, index) if kind is Format.PDF else page_of_pictures(content, index)


def _pictured(content: bytes, recognised: Recognised | None) -> FileLines:
    if recognised is None:
        count = picture_count(content)
        raise ScannedDocument(pages=range(1, count + 1), page_count=count)
    sure = sure_words(recognised.values())
    pages = [scanned_lines(page, index + 1, sure) for index, page in sorted(recognised.items())]
    if not any(pages):
        raise no_words()
    composed = compose(pages)
    return FileLines(composed.lines, _text(composed.lines), places=composed.places)


def _text(lines: Sequence[Line], footnotes: Sequence[Block] = ()) -> str:
    return "\n".join([*(line.text for line in lines), *(note.text for note in footnotes)])
