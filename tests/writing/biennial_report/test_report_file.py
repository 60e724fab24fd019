"""The three forms: their names, their kinds, and what they have in common."""

import re
from io import BytesIO

import docx
import pypdfium2
import pytest
from lxml import html

from tests.writing.biennial_report.example import make_activity, make_content
from tracker.domain.biennial_report import ReportDocument, compose
from tracker.writing.biennial_report import CHARACTERS_NOT_SHOWN, ReportForm, file_name, write


@pytest.mark.parametrize(
    ("form", "beginning", "media_type"),
    [
        (
            ReportForm.DOCX,
            b"PK",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (ReportForm.PDF, b"%PDF-", "application/pdf"),
        (ReportForm.HTML, b"<!DOCTYPE html>", "text/html; charset=utf-8"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_each_form_is_what_its_name_says(
    form: ReportForm, beginning: bytes, media_type: str
) -> None:
    written = write(compose(make_content(), {}), form)

    assert written.content.startswith(beginning)
    assert written.media_type == media_type
    assert written.name == f"biennial_report_2024-2025_en.{form.value}"
    assert written.characters_not_shown == ()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"edition_number": 3, "finals_before": 2}, "biennial_report_2024-2025_edition_3_en.pdf"),
        ({"language": "es"}, "biennial_report_2024-2025_es.pdf"),
        (
            {"period_name": "12 May 1990 – 15 April 1992"},
            "biennial_report_12-May-1990-15-April-1992_en.pdf",
        ),
        ({"period_name": "../2024/25"}, "biennial_report_2024-25_en.pdf"),
    ],
    ids=["edition", "language", "span", "path"],
)
def test_the_name_tells_period_edition_and_language(changes: dict[str, object], name: str) -> None:
    assert file_name(compose(make_content(**changes), {}), ReportForm.PDF) == name


def test_characters_that_cannot_be_shown_are_told() -> None:
    document = compose(make_content(activities=(make_activity("北京"),)), {})

    written = write(document, ReportForm.PDF)

    said = CHARACTERS_NOT_SHOWN % {"characters": "".join(written.characters_not_shown)}
    assert "(北京)" in said


def words_of(document: ReportDocument, form: ReportForm) -> str:
    content = write(document, form).content
    match form:
        case ReportForm.DOCX:
            opened = docx.Document(BytesIO(content))
            head = [cell.text for cell in opened.tables[0].rows[0].cells]
            text = " ".join([*head, *(paragraph.text for paragraph in opened.paragraphs)])
        case ReportForm.PDF:
            with pypdfium2.PdfDocument(content) as opened_pdf:
                text = " ".join(page.get_textpage().get_text_bounded() for page in opened_pdf)
        case ReportForm.HTML:
            text = " ".join(html.document_fromstring(content).find("body").itertext())  # type: ignore[union-attr]
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("form", ReportForm)
def test_every_text_of_the_document_is_in_every_form(form: ReportForm) -> None:
    document = compose(make_content(), {}, names_missing=True)

    text = words_of(document, form)

    for block in document.blocks:
        if block.kind in {"paragraph", "heading"}:
            assert re.sub(r"\s+", " ", block.text) in text  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ReportForm)
def test_no_form_speaks_of_what_is_late(form: ReportForm) -> None:
    text = words_of(compose(make_content(), {}, names_missing=True), form).lower()

    assert "overdue" not in text
    assert "silent" not in text


@pytest.mark.parametrize("form", list(ReportForm))
def test_the_cover_of_a_translation_names_its_language_above_the_originals(
    form: ReportForm,
) -> None:
    original = words_of(compose(make_content(), {}), form)
    translated = words_of(compose(make_content(language="es"), {}), form)

    assert "SPANISH ORIGINAL: ENGLISH" in translated
    assert "ENGLISH ORIGINAL: ENGLISH" not in original
    assert "ORIGINAL: ENGLISH" in original
