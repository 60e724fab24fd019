"""What is handed over is unpacked: no names, marks, comments, identifiers or hidden data."""

import re
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import compose
from tracker.reading.edited_report import read_edited_report
from tracker.writing.biennial_report import pdf, web_page, word
from tracker.writing.biennial_report.clean_copy import without_marks

WORKING_COPY = word.write(compose(make_content(is_draft=True, period_id=7), {}))
FINAL = word.write(compose(make_content(is_draft=False, period_id=7), {}))
KNOWN_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/_rels/document\.xml\.rels"
    r"|word/(document|fontTable|footer|footnotes|header|numbering|settings|styles|theme)\.xml"
    r"|word/media/drawing\d+\.(png|svg)"
)
# Marks of editing sessions, of people, of tracked changes and of what a page does not show.
TELLTALES = re.compile(
    rb"rsid|paraId|textId|w:ins[ >]|w:del[ >]|w:vanish|comment|customXml|w:sdt|attachedTemplate"
    rb"|docVar|Company|Manager|userId|w15:|tracker",
    re.IGNORECASE,
)


def parts_of(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("copy", [FINAL, without_marks(WORKING_COPY)], ids=["final", "of a draft"])
def test_a_hand_over_copy_holds_nothing_but_the_document(copy: bytes) -> None:
    parts = parts_of(copy)

    marks = re.findall(rb'bookmarkStart [^>]*w:name="([^"]*)"', parts["word/document.xml"])
    properties = dict(re.findall(rb"<(?:\w+:)(\w+)[^>/]*>([^<]*)<", parts["docProps/core.xml"]))
    assert [name for name in parts if not KNOWN_PARTS.fullmatch(name)] == []
    assert [name for name, content in parts.items() if TELLTALES.search(content)] == []
    # The places that Word's own contents and the annex lead to, numbered, and nothing else.
    assert {re.sub(rb"\d+", b"", mark) for mark in marks} == {b"_Toc", b"_Ref"}
    assert {name for name, value in properties.items() if value} == {
        *(b"title", b"creator", b"language", b"created", b"modified"),
        *(b"lastModifiedBy", b"revision"),
    }
    assert (
        properties[b"creator"]
        == properties[b"lastModifiedBy"]
        == (make_content().entity_name.encode())
    )


def test_a_working_copy_bears_the_marks_that_its_clean_copy_lacks() -> None:
    working, clean = (
        read_edited_report(WORKING_COPY),
        read_edited_report(without_marks(WORKING_COPY)),
    )

    assert working.mark is not None
    assert working.passages
    assert (clean.mark, dict(clean.passages)) == (None, {})


def test_a_clean_copy_says_what_the_working_copy_says() -> None:
    working, clean = parts_of(WORKING_COPY), parts_of(without_marks(WORKING_COPY))

    def words(parts: dict[str, bytes]) -> list[bytes]:
        return re.findall(rb"<w:t[^>]*>([^<]*)</w:t>", parts["word/document.xml"])

    assert words(working) == words(clean)
    assert len(re.findall(rb"bookmarkStart", clean["word/document.xml"])) == len(
        re.findall(rb"bookmarkEnd", clean["word/document.xml"])
    )


def test_the_pdf_names_the_house_alone() -> None:
    opened = pypdfium2.PdfDocument(pdf.write(compose(make_content(period_id=7), {})))

    told = {name: value for name, value in opened.get_metadata_dict().items() if value}
    assert set(told) <= {"Title", "Author", "Subject", "Creator", "CreationDate", "ModDate"}
    assert told["Author"] == make_content().entity_name
    assert told["Creator"].startswith("Typst")
    assert opened.count_attachments() == 0


def test_the_web_page_names_no_record_behind_its_paragraphs() -> None:
    page = web_page.write(compose(make_content(period_id=7), {})).decode()

    assert "data-" not in page
    assert "<!--" not in page
    assert "tracker" not in page.lower()
