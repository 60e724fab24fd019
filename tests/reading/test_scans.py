"""Scanned files: recognised page by page, each once, and refused with what can be done."""

from io import BytesIO

import pypdfium2
import pytest

from tests.reading.documents import make_encrypted_pdf, make_pdf
from tests.reading.fake_tesseract import (
    FakeTesseract,
    no_tesseract,
    picture_of_page,
    tesseract,
)
from tests.resolution_texts import ADOPTED
from tracker.domain.clauses import DoubtReason
from tracker.domain.errors import ScannedDocument, UnreadableDocument
from tracker.reading.confined import ConfinedReader
from tracker.reading.readers import Reading
from tracker.reading.scans import ForgottenPages, ScanLimits, read_recognised, read_recognising

__all__ = ["no_tesseract", "tesseract"]

pytestmark = pytest.mark.slow
FIRST_PAGE = ADOPTED.partition("3. ")[0].replace("1. ", "1\\. ").replace("2. ", "2\\. ")
SPANISH = (
    "La Comisión pide a la secretaría que presente en la reunión el informe de los países. " * 3
)


def recognise(
    content: bytes,
    name: str = "scan.png",
    *,
    limits: ScanLimits | None = None,
    kept: ForgottenPages | None = None,
    told: list[tuple[int, int]] | None = None,
) -> Reading:
    def tell(place: int, count: int) -> None:
        if told is not None:
            told.append((place, count))

    with ConfinedReader() as reader:
        return read_recognising(
            content,
            name,
            reader=reader,
            limits=limits or ScanLimits(),
            kept=kept or ForgottenPages(),
            progress=tell,
        )


def test_a_scan_is_read_like_a_text_and_says_where_its_lines_stand(
    tesseract: FakeTesseract,
) -> None:
    tesseract.finds(ADOPTED)

    reading = recognise(picture_of_page())

    (resolution,) = reading.resolutions
    assert [clause.path for clause in resolution.operative_clauses] == ["1", "2", "2.a", "2.b", "3"]
    assert reading.places.sizes == {1: (1550, 2192)}
    first = reading.places.lines[0]
    assert first is not None
    assert (first.page, first.box.left, first.box.top) == (1, 150, 100)


def test_a_word_that_was_hard_to_recognise_makes_its_paragraph_doubtful(
    tesseract: FakeTesseract,
) -> None:
    tesseract.finds(ADOPTED, unsure={"keeping": 31, "registers;": 20})

    (resolution,) = recognise(picture_of_page()).resolutions

    doubted = {block.path: block.doubts for block in resolution.blocks if block.doubts}
    assert list(doubted) == ["2.a"]
    assert [(doubt.reason, doubt.words) for doubt in doubted["2.a"]] == [
        (DoubtReason.UNSURE_WORD, "keeping")  # "registers" stands elsewhere for certain
    ]


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_each_page_is_told_of_and_recognised_once(tesseract: FakeTesseract, kind: str) -> None:
    tesseract.finds(ADOPTED)
    content, name = picture_of_page(kind, pages=3), f"scan.{kind.lower()}"
    kept = ForgottenPages()
    told: list[tuple[int, int]] = []

    recognise(content, name, kept=kept, told=told)
    with ConfinedReader() as reader:
        again = read_recognised(content, name, reader=reader, kept=kept)

    assert told == [(1, 3), (2, 3), (3, 3)]
    assert tesseract.run_count == 3
    assert {place.page for place in again.places.lines if place} == {1, 2, 3}


def with_text_before(scan: bytes) -> bytes:
    """Return a PDF whose first page holds the text up to 2(b), and then the pages of a scan."""
    document = pypdfium2.PdfDocument(make_pdf(FIRST_PAGE))
    scanned, file = pypdfium2.PdfDocument(scan), BytesIO()
    document.import_pages(scanned)
    document.save(file)
    scanned.close()
    document.close()
    return file.getvalue()


def test_only_the_scanned_pages_of_a_pdf_are_recognised(tesseract: FakeTesseract) -> None:
    tesseract.finds("3. Invites member States to share their registers with one another.")
    kept = ForgottenPages()

    (resolution,) = recognise(
        with_text_before(picture_of_page("PDF")), "a.pdf", kept=kept
    ).resolutions

    paths = [clause.path for clause in resolution.operative_clauses]
    assert (paths, list(kept.pages)) == (["1", "2", "2.a", "2.b", "3"], [1])


def test_a_scan_that_was_not_recognised_says_which_pages_are_pictures() -> None:
    with ConfinedReader() as reader, pytest.raises(ScannedDocument) as scan:
        read_recognised(
            picture_of_page("PDF", pages=2), "a.pdf", reader=reader, kept=ForgottenPages()
        )

    assert (scan.value.pages, scan.value.page_count) == ((1, 2), 2)


def test_without_tesseract_a_scan_says_how_it_is_installed(no_tesseract: None) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        recognise(picture_of_page())

    assert "1 of 1 pages are pictures, or have a text" in str(refusal.value)
    assert "(Debian: apt-get install tesseract-ocr tesseract-ocr-eng" in str(refusal.value)


def test_tesseract_without_our_languages_says_which_are_missing(tesseract: FakeTesseract) -> None:
    tesseract.finds("", packs=["osd", "deu"])

    with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr-eng "):
        recognise(picture_of_page())


def test_a_language_that_is_not_installed_is_named_with_its_pack(tesseract: FakeTesseract) -> None:
    tesseract.finds(SPANISH, packs=["eng"])

    with pytest.raises(UnreadableDocument, match=r"in Spanish, .*tesseract-ocr-spa"):
        recognise(picture_of_page())


def test_more_pages_than_may_be_recognised_are_refused_before_any_is(
    tesseract: FakeTesseract,
) -> None:
    tesseract.finds(ADOPTED)

    with pytest.raises(UnreadableDocument, match="3 pages of the file are scans; at most 2"):
        recognise(picture_of_page("TIFF", pages=3), "a.tiff", limits=ScanLimits(pages=2))

    assert tesseract.run_count == 0


def test_a_page_on_which_nothing_stands_is_not_given_to_tesseract(tesseract: FakeTesseract) -> None:
    tesseract.finds("")

    with pytest.raises(UnreadableDocument, match="No words were found"):
        recognise(picture_of_page(is_blank=True))

    assert tesseract.run_count == 0


def test_the_grain_of_a_photograph_is_no_text(tesseract: FakeTesseract) -> None:
    words = "ae ii Wwe Tt oO mM vv xX"
    tesseract.finds(words, unsure=dict.fromkeys(words.split(), 30))

    with pytest.raises(UnreadableDocument, match="No words were found"):
        recognise(picture_of_page())


def test_a_page_that_takes_too_long_is_named(tesseract: FakeTesseract) -> None:
    tesseract.finds(ADOPTED, does="while :; do :; done")

    with pytest.raises(UnreadableDocument, match="page 1 took longer than 1 seconds"):
        recognise(picture_of_page(), limits=ScanLimits(page_seconds=1))


def test_a_page_on_which_tesseract_breaks_is_named(tesseract: FakeTesseract) -> None:
    tesseract.finds(ADOPTED, does="exit 3")

    with pytest.raises(UnreadableDocument, match="Page 1 could not be recognised"):
        recognise(picture_of_page())


def test_a_password_is_told_before_any_page_is_looked_at(tesseract: FakeTesseract) -> None:
    with pytest.raises(UnreadableDocument, match="password-protected"):
        recognise(make_encrypted_pdf(), "a.pdf")
