"""Characters that the PDF cannot show are found before it is written, with their places."""

import pytest

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
    nasty_content,
)
from tracker.domain.biennial_report import ReportDocument, compose
from tracker.writing.biennial_report.glyphs import characters_lacking, lacking_places
from tracker.writing.biennial_report.pdf import write_and_tell


def document_with(text: str) -> ReportDocument:
    activity = make_activity(activity_id=1, countries=(text,), description=None)
    return compose(
        make_content(
            resolutions=(make_resolution(make_mandate(done=text)),), activities=(activity,)
        ),
        {},
    )


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Résumé, ação, año – “señal” €", ""),
        ("Сессия, σύνοδος, دورة", ""),
        ("The 中国 delegation, 中", "中国"),
        ("", ""),
    ],
)
def test_only_what_no_font_has_is_told_and_once(text: str, lacking: str) -> None:
    assert characters_lacking(text) == lacking


def test_each_place_is_named_by_its_heading_or_table_and_its_passage() -> None:
    places = lacking_places(document_with("Work in 中国."))

    assert [(place.passage, place.characters) for place in places] == [
        ("mandate0.done.1", "中国"),
        ("", "中国"),
    ]
    assert "Paragraph" in places[0].where
    assert places[1].where.startswith("Table")


def test_a_document_that_the_fonts_can_show_has_no_such_place() -> None:
    assert lacking_places(compose(make_content(), {})) == ()


@pytest.mark.slow
@pytest.mark.parametrize("document", [document_with("中国"), compose(nasty_content(), {})])
def test_what_is_found_before_is_what_the_typesetter_refuses(document: ReportDocument) -> None:
    told = {character for place in lacking_places(document) for character in place.characters}

    _, refused = write_and_tell(document)

    assert {letter for each in refused for letter in each} >= told
    assert all(any(letter in told for letter in each) for each in refused)
