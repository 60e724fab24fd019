"""Scanned files: recognised page by page within limits, each once, then read like any other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tracker.domain.errors import N_, Phrase, ScannedDocument, UnreadableDocument
from tracker.reading.confined import ConfinedReader
from tracker.reading.page_language import language_of_page
from tracker.reading.pictures import Picture, no_words
from tracker.reading.readers import Reading
from tracker.reading.recognised import RecognisedPage
from tracker.reading.recognition import Habits, recognise_page
from tracker.reading.tesseract import PACKS, RecognitionFailed, Tesseract

SECONDS_A_PAGE = 4  # on an ordinary machine, to say how long it will take
_SURE = 60  # certainty from which on a word is one, and not the grain of a photograph
_FEWEST_LETTERS = 40  # of words that are sure, for a file that holds a text at all
_NAMES = {"en": N_("English"), "es": N_("Spanish"), "fr": N_("French"), "pt": N_("Portuguese")}

# Told before each page: its place among those to be recognised, from 1, and how many these are.
Progress = Callable[[int, int], None]


class KeptPages(Protocol):
    """Where the recognised pages of one file are kept, so that each is recognised once."""

    def page(self, index: int) -> RecognisedPage | None:
        """Return a page (from 0) that was recognised before, else None."""

    def keep(self, index: int, page: RecognisedPage, picture: Picture) -> None:
        """Keep a page and its upright picture."""


@dataclass(frozen=True, slots=True)
class ForgottenPages:
    """Keeps the pages of a file as long as it is read and no longer."""

    pages: dict[int, RecognisedPage] = field(default_factory=dict)

    def page(self, index: int) -> RecognisedPage | None:
        """Return a page (from 0) that was recognised before, else None."""
        return self.pages.get(index)

    def keep(self, index: int, page: RecognisedPage, picture: Picture) -> None:
        """Keep a page; its picture is not needed again."""
        del picture
        self.pages[index] = page


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """What recognising one file may take: pages, and for each page seconds and bytes of memory."""

    pages: int = 200
    page_seconds: int = 60
    page_memory_bytes: int = 1024**3


def found_tesseract(scan: ScannedDocument, limits: ScanLimits) -> Tesseract:
    """Return the program that recognises these pages.

    Raises UnreadableDocument where there is none, or where there are too many pages for it.
    """
    if len(scan.pages) > limits.pages:
        raise UnreadableDocument(
            "%(pages)s pages of the file are scans; at most %(limit)s are recognised in one file. "
            "Upload only the pages of the resolution.",
            pages=len(scan.pages),
            limit=limits.pages,
        )
    tesseract = Tesseract.found(seconds=limits.page_seconds, memory_bytes=limits.page_memory_bytes)
    if tesseract is None or not tesseract.languages:
        raise _nothing_recognises(scan, tesseract)
    return tesseract


def read_recognising(
    content: bytes,
    file_name: str,
    *,
    reader: ConfinedReader,
    limits: ScanLimits,
    kept: KeptPages,
    progress: Progress,
) -> Reading:
    """Read a file; pages that are scans are recognised, each in processes of their own.

    Raises UnreadableDocument, with a sentence that names the page where one is to blame.
    """
    try:
        return read_recognised(content, file_name, reader=reader, kept=kept)
    except ScannedDocument as scan:
        recogniser = _Recogniser(content, file_name, reader, found_tesseract(scan, limits))
        pages = recogniser.pages(scan.pages, kept, progress)
    _check_words(list(pages.values()), recogniser.tesseract)
    return reader(content, file_name, recognised=pages)


def read_recognised(
    content: bytes, file_name: str, *, reader: ConfinedReader, kept: KeptPages
) -> Reading:
    """Read a file whose scanned pages, if any, were recognised before.

    Raises ScannedDocument where they were not.
    """
    try:
        return reader(content, file_name)
    except ScannedDocument as scan:
        pages = {number - 1: kept.page(number - 1) for number in scan.pages}
        found = {index: page for index, page in pages.items() if page is not None}
        if len(found) < len(pages):
            raise
        return reader(content, file_name, recognised=found)


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """Recognises the pages of one file."""

    content: bytes
    file_name: str
    reader: ConfinedReader
    tesseract: Tesseract

    def pages(
        self, numbers: Sequence[int], kept: KeptPages, progress: Progress
    ) -> dict[int, RecognisedPage]:
        """Return the pages with these numbers (from 1) by their index from 0."""
        pages: dict[int, RecognisedPage] = {}
        habits = Habits()
        for place, number in enumerate(numbers, start=1):
            progress(place, len(numbers))
            page = kept.page(number - 1)
            if page is None:
                page, picture, habits = self._page(number, habits)
                kept.keep(number - 1, page, picture)
            pages[number - 1] = page
        return pages

    def _page(self, number: int, habits: Habits) -> tuple[RecognisedPage, Picture, Habits]:
        def picture_of(turned: int) -> Picture:
            return self.reader.picture(self.content, self.file_name, number - 1, turned)

        try:
            return recognise_page(self.tesseract, picture_of, habits)
        except RecognitionFailed as problem:
            if problem.is_late:
                raise UnreadableDocument(
                    "Recognising page %(page)s took longer than %(seconds)s seconds and was "
                    "stopped. Scan it anew in black and white at 300 dots an inch, or leave it "
                    "out.",
                    page=number,
                    seconds=self.tesseract.seconds,
                ) from problem
            raise UnreadableDocument(
                "Page %(page)s could not be recognised. Scan it anew in black and white at 300 "
                "dots an inch, or leave it out.",
                page=number,
            ) from problem


def _check_words(pages: Sequence[RecognisedPage], tesseract: Tesseract) -> None:
    """Raise UnreadableDocument for pages without words and for a language that is not installed."""
    sure = [word for page in pages for word in page.words if word.confidence >= _SURE]
    if sum(word.letters for word in sure) < _FEWEST_LETTERS:
        raise no_words()
    language = language_of_page("\n".join(page.text for page in pages))
    if language is not None and language not in tesseract.languages:
        raise UnreadableDocument(
            "The scan seems to be in %(language)s, which nothing here can recognise yet. Whoever "
            "runs the server can install the language pack %(pack)s of Tesseract (Debian: apt-get "
            "install tesseract-ocr-%(pack)s). Then upload the scan again.",
            language=Phrase(_NAMES[language]),
            pack=PACKS[language],
        )


def _nothing_recognises(scan: ScannedDocument, tesseract: Tesseract | None) -> UnreadableDocument:
    packs = " ".join(f"tesseract-ocr-{pack}" for pack in PACKS.values())
    debian = packs if tesseract else f"tesseract-ocr {packs}"
    return UnreadableDocument(
        "%(pages)s of %(count)s pages are pictures, or have a text that makes no sense, and "
        "nothing here can recognise what they show. Whoever runs the server can install the "
        "program Tesseract with its language packs eng, spa, fra and por (Debian: apt-get install "
        "%(debian)s). Until then take the Word file of the resolution.",
        pages=len(scan.pages),
        count=scan.page_count,
        debian=debian,
    )
