"""The page of briefs, and the files that it gives."""

from io import BytesIO

import docx
import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.briefing import add_activity
from tests.reporting import make_house, make_unit
from tests.visitors import sign_in, text_of
from tracker.database import Database
from tracker.models.activity_parts import ActivityCountry


@pytest.fixture
def reader(client: FlaskClient, database: Database) -> FlaskClient:
    """Return the client of somebody who may only read, where one course was held in Bolivia."""
    with arranging(), database.transaction() as session:
        house = make_house(session)
    add_activity(database, house, "Course", countries=[ActivityCountry(country="BOL")])
    sign_in(client, house.viewer.person_id)
    return client


def test_the_page_shows_the_brief_and_leads_to_its_files(reader: FlaskClient) -> None:
    page = reader.get("/reports/brief?about=bolivia&since=2022")

    assert "Country: Bolivia (Plurinational State of)" in text_of(page)
    assert "One activity is on record." in text_of(page)
    file = reader.get("/reports/brief/file.docx?about=bolivia&since=2022&language=es")
    words = [paragraph.text for paragraph in docx.Document(BytesIO(file.data)).paragraphs]
    assert "Reseña: Bolivia (Estado Plurinacional de)" in words


def test_what_is_not_found_is_said_with_spellings_near_it(reader: FlaskClient) -> None:
    page = reader.get("/reports/brief?about=Boliva&since=2022")

    assert "Nothing is on record on “Boliva” since 1 January 2022." in text_of(page)
    assert "Did you mean: Bolivia" in text_of(page)
    assert reader.get("/reports/brief/file.docx?about=Boliva&since=2022").status_code == 404


def test_a_unit_that_is_called_as_the_word_is_named_beside_it(reader: FlaskClient) -> None:
    words = reader.get("/reports/brief?about=trade&since=2022")
    unit = reader.get("/reports/brief?about=trade&kind=unit&since=2022")

    assert "Nothing is on record on “trade” since 1 January 2022." in text_of(words)
    assert "Did you mean: Trade Division (unit)" in text_of(words)
    assert "kind=unit" in words.text
    assert "Nothing is on record on “Trade Division” since 1 January 2022." in text_of(unit)


def test_a_word_that_is_found_names_the_unit_called_so(
    reader: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        make_unit(session, "course", "Training Division", "UTC")

    page = reader.get("/reports/brief?about=course&since=2022")

    assert "Topic: course." in text_of(page)
    assert "Also called so: Training Division (unit)." in text_of(page)


def test_a_day_that_is_none_is_refused_and_nothing_typed_is_lost(reader: FlaskClient) -> None:
    page = reader.get("/reports/brief?about=Bolivia&since=lately")

    assert page.status_code == 400
    assert "“lately” is no year and no date." in text_of(page)
    assert 'value="Bolivia"' in page.text
