"""The pages of an import: nothing is in the database before a person has confirmed."""

import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER, WITHOUT_NUMBER, as_file
from tests.uploads import upload
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.models.instruments import Body, Instrument, InstrumentText, SourceFile


def symbols(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Instrument.symbol)))


def test_an_upload_leads_to_its_review_and_imports_nothing(
    coordinator: FlaskClient, database: Database
) -> None:
    answer = upload(coordinator, as_file(ADOPTED))

    review = coordinator.get(answer.location)
    assert answer.status_code == 303
    assert "4 mandates were read, 2 of them proposed as requiring our action" in text_of(review)
    assert "No place is doubtful" in text_of(review)
    assert symbols(database) == {"12(IV)"}
    with database.reading() as session:
        assert session.scalar(select(func.count(SourceFile.id))) == 0


def test_the_review_shows_the_source_beside_the_reading(coordinator: FlaskClient) -> None:
    review = coordinator.get(upload(coordinator, as_file(ADOPTED)).location)

    words = text_of(review)
    source, _, reading = words.partition("Reading Proposed by the reader")
    assert "(a) To assist member States in keeping their registers;" in source
    assert "To assist member States in keeping their registers;" in reading
    assert "Asks: Executive Secretary" in reading


def test_a_confirmed_review_imports_and_leads_to_the_resolution(
    coordinator: FlaskClient, database: Database
) -> None:
    review = coordinator.get(upload(coordinator, as_file(ADOPTED)).location)

    answer = submit(coordinator, review)

    assert (answer.status_code, answer.location) == (303, "/coi/21-v")
    assert "21(V)" in symbols(database)
    page = coordinator.get("/coi/21-v")
    assert "21(V) is imported with 4 mandates." in text_of(page)


def test_doubtful_places_are_counted_and_lead_to_their_place_in_the_source(
    coordinator: FlaskClient,
) -> None:
    doubtful = ADOPTED.replace("(b) To report", "(c) To report").replace("3. Inv", "5. Inv")

    review = coordinator.get(upload(coordinator, as_file(doubtful)).location)

    assert re.search(r"Doubtful place 1 of (\d)", text_of(review))
    root = html.document_fromstring(review.text)
    doubt = root.xpath("//*[@data-doubt]")[0]
    assert "(c) To report to" in root.get_element_by_id(doubt.get("data-place")).text_content()
    assert root.xpath("//ol[@class='tracker-doubts']//a/@href")[0] == f"#{doubt.get('id')}"
    assert f"#{doubt.get('data-place')}" in doubt.xpath(".//a/@href")


def test_a_missing_symbol_is_asked_for_and_nothing_typed_is_lost(
    coordinator: FlaskClient, database: Database
) -> None:
    review = coordinator.get(upload(coordinator, as_file(WITHOUT_NUMBER)).location)

    answer = submit(coordinator, review, {"title": "Registers"})

    assert answer.status_code == 400
    assert "No symbol was found in the file. Enter it as printed" in text_of(answer)
    assert 'value="Registers"' in answer.text
    assert symbols(database) == {"12(IV)"}


def test_what_the_person_enters_is_imported(coordinator: FlaskClient, database: Database) -> None:
    review = coordinator.get(upload(coordinator, as_file(WITHOUT_NUMBER)).location)
    fields = {"symbol": "22 (v)", "title": "Registers", "adopted_on": "2025-05-16"}

    answer = submit(coordinator, review, fields)

    assert answer.location == "/coi/22-v"
    with database.reading() as session:
        assert "Registers" in session.scalars(select(InstrumentText.title)).all()
        assert session.scalar(select(Instrument.adopted_on).where(Instrument.slug == "22-v"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("symbol", "twenty", "“twenty” is not a document symbol"),
        ("session", "spring", "“spring” is not a session"),
        ("adopted_on", "yesterday", "This is not a date. Enter day, month and year"),
        ("body", "x" * 201, "Enter at most 200 characters."),
    ],
    ids=["symbol", "session", "date", "body"],
)
def test_what_cannot_be_taken_is_told_at_its_field(
    coordinator: FlaskClient, field: str, value: str, sentence: str
) -> None:
    review = coordinator.get(upload(coordinator, as_file(ADOPTED)).location)

    answer = submit(coordinator, review, {field: value})

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.txt", "empty"),
        (b"A letter to the editor.", "a.txt", "No resolution was found"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (as_file(ADOPTED), "a.pdf", "says PDF, but the file is plain text"),
    ],
    ids=["empty", "no resolution", "broken", "of another kind than its name says"],
)
def test_a_file_that_cannot_be_read_is_told_at_the_file(
    coordinator: FlaskClient, content: bytes, name: str, sentence: str
) -> None:
    answer = upload(coordinator, content, name)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert 'id="document-error"' in answer.text


def test_a_form_without_a_file_asks_for_one(coordinator: FlaskClient) -> None:
    answer = submit(coordinator, coordinator.get("/resolutions/import"))

    assert answer.status_code == 400
    assert "Choose the file with the adopted text." in text_of(answer)


def test_a_file_that_was_imported_is_refused_with_a_link_to_what_is_there(
    coordinator: FlaskClient,
) -> None:
    submit(coordinator, coordinator.get(upload(coordinator, as_file(ADOPTED)).location))

    answer = upload(coordinator, as_file(ADOPTED))

    assert answer.status_code == 400
    assert "This file was imported already on 15 June 2026: open 21(V) instead." in text_of(answer)
    assert 'href="/coi/21-v"' in answer.text


def test_a_resolution_that_is_there_is_refused_at_its_review_with_a_link(
    coordinator: FlaskClient,
) -> None:
    submit(coordinator, coordinator.get(upload(coordinator, as_file(ADOPTED)).location))
    review = coordinator.get(upload(coordinator, as_file(ADOPTED + "\n")).location)

    answer = submit(coordinator, review)

    assert answer.status_code == 409
    assert "21(V) is there already, imported on 15 June 2026" in text_of(answer)
    assert 'href="/coi/21-v"' in answer.text


def test_several_resolutions_of_one_file_are_imported_in_one_step(
    coordinator: FlaskClient, database: Database
) -> None:
    both = as_file(EARLIER + "\n\n" + ADOPTED)
    review = coordinator.get(upload(coordinator, both).location)

    answer = submit(coordinator, review)

    assert answer.location == "/mandates?asking=unconfirmed"
    assert symbols(database) == {"12(IV)", "20(V)", "21(V)"}


def test_a_review_belongs_to_the_person_who_uploaded(
    coordinator: FlaskClient, house: House, database: Database
) -> None:
    address = upload(coordinator, as_file(ADOPTED)).location
    with database.reading() as session:
        assert session.scalar(select(func.count(Body.id))) == 1

    sign_in(coordinator, house.focal_point.person_id)

    assert coordinator.get(address).status_code == 403


def test_a_review_that_is_not_there_is_told(coordinator: FlaskClient) -> None:
    answer = coordinator.get("/resolutions/import/999")

    assert answer.status_code == 404
    assert "There is no such review" in text_of(answer)


@pytest.mark.parametrize("address", ["/resolutions/import", "/resolutions/import/1"])
def test_a_focal_point_reaches_no_page_of_the_import(
    client: FlaskClient, house: House, address: str
) -> None:
    sign_in(client, house.focal_point.person_id)

    assert client.get(address).status_code == 403
