"""The Word report held against the schemas of its format, so that Word opens it without repair."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from tests.house_styles import house_file
from tests.logos import SVG
from tests.writing.biennial_report.example import make_content, nasty_content
from tests.writing.biennial_report.test_house_styles import written
from tests.writing.biennial_report.test_logo import with_logo
from tracker.domain.biennial_report import compose
from tracker.writing.biennial_report import word
from tracker.writing.biennial_report.clean_copy import without_marks

VALIDATOR = OpenXmlValidator()
NOTHING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}nothing"


def in_language(language: str) -> bytes:
    return word.write(compose(make_content(language=language, period_id=7), {}))


def with_the_logo() -> bytes:
    document, files = with_logo(SVG)
    return word.write(document, files=files)


def problems_of(content: bytes, folder: Path) -> list[str]:
    file = folder / "report.docx"
    file.write_bytes(content)
    return [str(problem) for problem in VALIDATOR.validate(file).errors]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_a_report_is_valid_as_working_copy_and_handed_over(language: str, tmp_path: Path) -> None:
    report = in_language(language)

    assert problems_of(report, tmp_path) == []
    assert problems_of(without_marks(report), tmp_path) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda: word.write(compose(nasty_content(), {})),
        lambda: word.write(compose(replace(make_content(), resolutions=(), activities=()), {})),
        lambda: written(house_file()),
        with_the_logo,
    ],
    ids=["nasty", "empty", "styles of a house", "logo"],
)
def test_an_unusual_report_is_valid(write: Callable[[], bytes], tmp_path: Path) -> None:
    assert problems_of(write(), tmp_path) == []


def test_what_word_would_repair_is_found(tmp_path: Path) -> None:
    opened = docx.Document(BytesIO(in_language("en")))
    opened.element.body.append(opened.element.makeelement(NOTHING))
    harmed = BytesIO()
    opened.save(harmed)

    assert problems_of(harmed.getvalue(), tmp_path)
