"""The report as PDF: tagged, searchable, with an outline, the same bytes twice."""

import re

import pypdfium2
import pypdfium2.raw
import pytest

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
    nasty_content,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.blocks import Paragraph
from tracker.writing.biennial_report import pdf


def opened(content: ReportContent) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf.write(compose(content, {})))


def pages_of(content: ReportContent) -> list[str]:
    """Return the text of each page, on one line, without invisible places to break."""
    with opened(content) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [re.sub(r"\s+", " ", re.sub("[\u200b\ufffe]", "", text)) for text in texts]


def test_the_outline_is_that_of_the_headings() -> None:
    document = compose(make_content(), {})

    with pypdfium2.PdfDocument(pdf.write(document)) as made:
        outline = [(entry.level + 1, entry.get_title()) for entry in made.get_toc()]

    assert [(level, re.sub(r"\s+", " ", title)) for level, title in outline] == [
        (
            heading.level,
            f"{heading.label} {heading.text}".replace("\u00a0", " ").strip(),
        )
        for heading in document.headings
    ]


def test_the_file_is_tagged_and_tells_title_and_language() -> None:
    with opened(make_content(language="es")) as document:
        tagged = pypdfium2.raw.FPDFCatalog_IsTagged(document)
        title = document.get_metadata_dict()["Title"]
        written = pdf.write(compose(make_content(language="es"), {}))

    assert tagged
    assert title == "Report on the implementation of mandates and on activities, 2024–2025"
    assert b"/Lang(es)" in written.replace(b" ", b"")
    assert b"pdfuaid:part>1<" in written
    assert b"pdfaid:part>3<" in written


def test_paragraphs_are_numbered_through_the_document() -> None:
    document = compose(make_content(), {})
    numbers = [block.number for block in document.blocks if isinstance(block, Paragraph)]

    text = " ".join(pages_of(make_content())[2:])

    places = [text.find(f" {number}. ") for number in numbers[1:]]
    assert all(place >= 0 for place in places)


def test_running_head_and_page_number_stand_on_each_page_after_the_cover() -> None:
    first, *others = pages_of(make_content())

    assert first.count("CIS/G.2531 (SES.41/10)") == 1
    assert not first.rstrip().endswith("1")
    for number, page in enumerate(others, start=2):
        assert page.startswith("CIS/G.2531 (SES.41/10)")
        assert page.rstrip().endswith(str(number))


def test_a_long_table_repeats_its_head() -> None:
    activities = tuple(make_activity(f"Meeting {number}", description=None) for number in range(90))

    pages = pages_of(make_content(activities=activities))

    listing = [page for page in pages if "Caribbean Water Association" in page]
    assert len(listing) > 2
    assert all("Activity Category Dates Countries Partners Mandates" in page for page in listing)


def test_special_characters_survive() -> None:
    text = " ".join(pages_of(nasty_content()))

    for piece in ('A & B <b>"c"</b> {{ x }} {% if %} #import $x$ *b* _i_ @ref [a]', "E=mc²", "😀"):
        assert piece in text


def test_a_clause_of_three_thousand_words_comes_out_whole() -> None:
    clause = " ".join(f"word{number}" for number in range(3000))

    pages = pages_of(make_content(resolutions=(make_resolution(make_mandate(text=clause)),)))

    words = set(re.findall(r"word\d+", " ".join(pages)))
    assert len(words) == 3000


def test_a_long_word_stays_inside_its_column() -> None:
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3

    with opened(make_content(activities=(make_activity(long_word),))) as document:
        edges = [box[2] for page in document for box in page_boxes(page)]

    assert max(edges) < 530  # the margin of A4 begins at 525 points


def page_boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    text = page.get_textpage()
    return [text.get_rect(index) for index in range(text.count_rects())]


def test_characters_that_no_font_has_are_named_and_the_report_is_still_written() -> None:
    content = make_content(activities=(make_activity("Talks in 北京 and Lima"),))

    written, unknown = pdf.write_and_tell(compose(content, {}))

    assert "".join(unknown) == "北京"
    assert written.startswith(b"%PDF")
    assert b"pdfuaid:part" not in written


def test_only_characters_that_a_reader_would_see_are_named() -> None:
    content = make_content(activities=(make_activity("Islands 🏝️ 👩🏽‍🔬"),))

    assert pdf.write_and_tell(compose(content, {}))[1] == ("🏝", "👩", "🏽", "🔬")


@pytest.mark.parametrize("content", [make_content(), nasty_content()], ids=["plain", "special"])
def test_every_character_of_an_ordinary_report_is_shown(content: ReportContent) -> None:
    assert pdf.write_and_tell(compose(content, {}))[1] == ()


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.write(compose(nasty_content(), {})) == pdf.write(compose(nasty_content(), {}))


def test_an_empty_report_is_written() -> None:
    pages = pages_of(make_content(resolutions=(), activities=()))

    assert "There are no activities to list." in pages[-1]


def test_a_report_too_long_for_one_typesetting_comes_in_parts_that_number_on() -> None:
    resolutions = tuple(make_resolution(make_mandate(), symbol=f"{n} (XL)") for n in (1, 2))
    document = compose(make_content(resolutions=resolutions), {})

    parts, _ = pdf.write_parts(document, largest=11_000)

    with pypdfium2.PdfDocument(parts[0]) as first, pypdfium2.PdfDocument(parts[-1]) as last:
        titles = [entry.get_title() for made in (first, last) for entry in made.get_toc()]
        assert f"Part 1 of {len(parts)}" in first[0].get_textpage().get_text_bounded()
        assert all(pypdfium2.raw.FPDFCatalog_IsTagged(made) for made in (first, last))
    assert len(parts) == 2
    headings = {
        re.sub(r"\s+", " ", f"{each.label} {each.text}").strip() for each in document.headings
    }
    assert {re.sub(r"\s+", " ", title) for title in titles} == headings
