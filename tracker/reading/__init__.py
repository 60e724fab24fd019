"""Reading of adopted texts: a file goes in, the resolutions it holds come out."""

from pathlib import Path

from tracker.domain.clauses import Block, ReadResolution
from tracker.reading.formats import Format, format_of
from tracker.reading.lines import Line
from tracker.reading.pdf import read_pdf
from tracker.reading.plain_text import decode, read_plain_text
from tracker.reading.resolutions import read_resolutions
from tracker.reading.web_page import read_web_page
from tracker.reading.word import read_word

SIZE_LIMIT = 50 * 1024 * 1024


def read(source: Path, *, limit: int = SIZE_LIMIT) -> list[ReadResolution]:
    """Return the resolutions of a file in the order printed; ``limit`` is in bytes.

    Raises UnreadableDocument, a sentence that says what to do, for what cannot be read.
    """
    with source.open("rb") as file:
        return read_bytes(file.read(limit + 1), source.name, limit=limit)


def read_bytes(content: bytes, filename: str, *, limit: int = SIZE_LIMIT) -> list[ReadResolution]:
    """Return the resolutions of a file's content; the kind is told by the content, not the name."""
    lines, footnotes = _lines_of(content, format_of(content, filename, limit=limit))
    return read_resolutions(lines, footnotes)


def source_text(content: bytes, filename: str, *, limit: int = SIZE_LIMIT) -> str:
    """Return the words of a file's content as they were found, before anything is understood."""
    kind = format_of(content, filename, limit=limit)
    if kind not in {Format.WORD, Format.PDF, Format.WEB_PAGE}:
        return decode(content)
    lines, footnotes = _lines_of(content, kind)
    return "\n".join([*(line.text for line in lines), *(note.text for note in footnotes)])


def _lines_of(content: bytes, kind: Format) -> tuple[list[Line], list[Block]]:
    if kind is Format.WORD:
        return read_word(content)
    if kind is Format.PDF:
        return read_pdf(content), []
    if kind is Format.WEB_PAGE:
        return read_web_page(content), []
    return read_plain_text(content), []
