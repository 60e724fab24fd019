"""The logo on the cover of Word file, PDF and web page, with its alternative, always the same."""

from base64 import b64decode
from ctypes import create_string_buffer
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from lxml import etree, html

from tests.logos import SVG, kept_logo, picture
from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import ReportDocument, compose
from tracker.domain.biennial_report.house_templates import delivered
from tracker.writing.biennial_report import ReportForm, pdf, web_page, word, write

KINDS = pytest.mark.parametrize(
    "content", [SVG, picture("PNG"), picture("JPEG")], ids=["svg", "png", "jpeg"]
)


def with_logo(content: bytes, **changes: object) -> tuple[ReportDocument, dict[str, bytes]]:
    logo, files = kept_logo(content)
    plain = make_content(**changes)
    template = replace(delivered(plain.document_type), logo=logo)
    return compose(replace(plain, template=template), {}), files


@KINDS
def test_the_cover_in_word_has_it_with_its_alternative(content: bytes) -> None:
    document, files = with_logo(content)

    written = word.write(document, files=files)

    (kept,) = files.values()
    with ZipFile(BytesIO(written)) as package:
        assert kept in [package.read(name) for name in package.namelist() if "media/logo" in name]
        main = etree.fromstring(package.read("word/document.xml"))
    first = next(main.iter("{*}docPr"))
    assert first.get("descr") == "A wave"
    assert len({each.get("id") for each in main.iter("{*}docPr")}) == 2
    assert len(docx.Document(BytesIO(written)).tables[0].cell(0, 0).paragraphs) == 2


@KINDS
def test_the_cover_of_the_pdf_has_it_tagged_with_its_alternative(content: bytes) -> None:
    document, files = with_logo(content)

    written, unknown = pdf.write_and_tell(document, files=files)

    bare, _ = pdf.write_and_tell(compose(make_content(), {}))
    assert not unknown
    assert objects_on_cover(written) > objects_on_cover(bare)
    assert "A wave" in alternatives(written)


def objects_on_cover(written: bytes) -> int:
    return len(list(pypdfium2.PdfDocument(written)[0].get_objects()))


def alternatives(written: bytes) -> list[str]:
    raw = pypdfium2.raw
    page = pypdfium2.PdfDocument(written)[0]
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    found: list[str] = []
    waiting = [
        raw.FPDF_StructTree_GetChildAtIndex(tree, place)
        for place in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop()
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            held = create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, held, size)
            found.append(held.raw.decode("utf-16-le").rstrip("\0"))
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                waiting.append(child)
    return found


@KINDS
def test_the_web_page_has_it_in_itself(content: bytes) -> None:
    document, files = with_logo(content)

    page = html.document_fromstring(web_page.write(document, files=files).decode())

    (shown,) = page.xpath("//header//img")
    (kept,) = files.values()
    assert shown.get("alt") == "A wave"
    assert b64decode(shown.get("src").partition(",")[2]) == kept
    assert 'alt="A wave"' in web_page.fragment_of(web_page.write(document, files=files))


def test_the_alternative_is_in_the_language_of_the_document() -> None:
    document, files = with_logo(SVG, language="es")

    assert 'alt="Una ola"' in web_page.write_fragment(document, files=files)


def test_a_language_without_an_alternative_takes_one_that_is_there() -> None:
    document, files = with_logo(SVG, language="pt")

    assert 'alt="A wave"' in web_page.write_fragment(document, files=files)


@pytest.mark.parametrize("form", list(ReportForm))
def test_a_report_with_a_logo_has_the_same_bytes_twice(form: ReportForm) -> None:
    document, files = with_logo(SVG)

    assert write(document, form, files=files) == write(document, form, files=files)


@pytest.mark.parametrize(
    ("size", "expected"), [((800, 100), (2160000, 270000)), ((100, 400), (225000, 900000))]
)
def test_it_is_as_large_as_there_is_room(size: tuple[int, int], expected: tuple[int, int]) -> None:
    logo, _ = kept_logo(picture(size=size))

    shown = logo.on_cover("en")

    assert (shown.width, shown.height) == expected


def test_each_part_of_a_long_report_has_it() -> None:
    document, files = with_logo(SVG)

    parts, _ = pdf.write_parts(document, largest=9_000, files=files)

    assert len(parts) > 1
    assert all("A wave" in alternatives(part) for part in parts)
