"""Bad input that belongs to no one page: strange addresses, numbers, texts, days and requests.

Where the rest is held: files that cannot be read in reading/test_refusals.py, at the page and
at the command line in web/resolutions/test_import.py and cli/test_resolutions.py; unknown symbols
and duplicate imports there and in services/test_resolutions.py; due dates before the adoption in
services/test_assignments.py; stale forms in web/progress, web/account and web/resolutions; wrong
and expired links in web/account/test_sign_in.py; databases that are missing or cannot be written
in cli/test_database.py; a port in use in cli/test_serve.py; settings in test_config.py.
"""

import io
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings
from tests.application import app, client, settings_on
from tests.furniture import put
from tests.reporting import House, make_house, open_biennium, report_on
from tests.resolution_texts import ADOPTED, as_file
from tests.uploads import upload
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database, OperationalError
from tracker.installation import Installation
from tracker.models import Base
from tracker.models.activities import Activity

__all__ = ["app", "client"]

SEMINAR = {"title": "Seminar", "deliverable": "seminar", "starts_on": "2026-04-01"}


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Return the settings of an installation on each engine, since each refuses other things."""
    return settings_on(database_url, tmp_path)


@pytest.fixture
def database(app: Flask) -> Database:
    """Return the database that the application works on."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def house(database: Database) -> House:
    """Put the invented commission into the application's database."""
    return put(database, make_house)


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


@pytest.fixture
def focal_point(client: FlaskClient, house: House) -> FlaskClient:
    """Return the client with the focal point of Statistics signed in."""
    sign_in(client, house.focal_point.person_id)
    return client


@pytest.fixture
def coordinator(client: FlaskClient, house: House) -> FlaskClient:
    """Return the client with the coordinator signed in."""
    sign_in(client, house.coordinator.person_id)
    return client


def row_counts(database: Database) -> dict[str, int]:
    """Return how many rows each table holds."""
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30], ids=str)
@pytest.mark.parametrize("address", ["progress", "mandates", "activities", "periods", "reports"])
def test_a_row_that_cannot_be_is_not_found(
    coordinator: FlaskClient, address: str, number: int
) -> None:
    assert coordinator.get(f"/{address}/{number}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/a%00/b", "/eco/12-iv%00", "/resolutions?body=%00", "/eco/%ed%a0%80", "/static/%00"],
)
def test_an_address_with_characters_that_nobody_sees_is_not_found(
    coordinator: FlaskClient, address: str
) -> None:
    assert coordinator.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/..%2f..%2fconfig.py", "/static/..%2f..%2fconfig.py", "/eco/'%20or%201=1", "/🏝"],
)
def test_an_address_without_a_page_says_so(coordinator: FlaskClient, address: str) -> None:
    page = coordinator.get(address)

    assert (page.status_code, "Go to the start page" in page.text) == (404, True)


@pytest.mark.parametrize("list_address", ["/resolutions", "/mandates", "/activities"])
@pytest.mark.parametrize(
    "key",
    [
        "[[[",
        '["a",true]',
        f'["a",{10**30}]',
        '["\\u0000",1]',
        '["\\ud800",1]',
        "[" * 5000,
    ],
    ids=["cut", "claim", "huge", "null", "half", "deep"],
)
def test_a_place_in_a_list_that_nobody_gave_out_leads_to_its_beginning(
    coordinator: FlaskClient, list_address: str, key: str
) -> None:
    assert coordinator.get(list_address, query_string={"after": key}).status_code == 200


@pytest.mark.parametrize("list_address", ["/mandates", "/activities"])
@pytest.mark.parametrize("unit", [str(10**30), "9" * 5000, "²"], ids=range(3))
def test_a_unit_that_is_none_filters_nothing(
    coordinator: FlaskClient, list_address: str, unit: str
) -> None:
    assert coordinator.get(list_address, query_string={"unit": unit}).status_code == 200


@pytest.mark.parametrize("list_address", ["/mandates?owner=none", "/activities", "/resolutions"])
@pytest.mark.parametrize(
    "question", ["endpoint=x", "self=x", "all=1", "_external=1", "_scheme=x", "_anchor=x", "body=x"]
)
def test_a_question_that_is_none_of_ours_asks_nothing(
    coordinator: FlaskClient, database: Database, list_address: str, question: str
) -> None:
    address, _, asked = list_address.partition("?")

    assert coordinator.get(f"{address}?{asked}&{question}").status_code == 200


def test_another_method_than_the_page_has_is_refused(coordinator: FlaskClient) -> None:
    token = dict(filled_in(form_of(coordinator.get("/resolutions/import"))))["csrf_token"]

    answer = coordinator.post("/resolutions", data={"csrf_token": token})

    assert (answer.status_code, "Nothing was changed." in text_of(answer)) == (405, True)


def test_a_page_can_be_asked_for_its_head_alone(coordinator: FlaskClient) -> None:
    answer = coordinator.head("/resolutions")

    assert (answer.status_code, answer.data) == (200, b"")


def test_a_session_that_was_tampered_with_is_nobodys(client: FlaskClient) -> None:
    client.set_cookie("tracker_session", "eyJfdXNlcl9pZCI6IjE6MCJ9.aaaaaa.forged")

    assert client.get("/resolutions").location.startswith("/sign-in")


@pytest.mark.parametrize("session_id", [f"{10**30}:0", "1:²", f"1:{'9' * 5000}", "x", ""])
def test_a_session_of_a_person_who_cannot_be_is_nobodys(
    client: FlaskClient, session_id: str
) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = session_id

    assert client.get("/resolutions").location.startswith("/sign-in")


def test_a_form_without_its_token_changes_nothing(
    focal_point: FlaskClient, database: Database
) -> None:
    before = row_counts(database)

    answer = focal_point.post("/activities/new", data=SEMINAR)

    assert (answer.status_code, row_counts(database)) == (400, before)
    assert "open the page again and send it once more" in text_of(answer)


def test_a_report_sent_twice_is_submitted_once(
    focal_point: FlaskClient, database: Database, report_id: int
) -> None:
    page = focal_point.get(f"/progress/{report_id}")
    written = {"status": "in_progress", "done": "Two missions were sent."}
    submit(focal_point, page, written, to="/submit")
    before = row_counts(database)

    again = submit(focal_point, page, written, to="/submit")

    assert (again.status_code, row_counts(database)) == (409, before)
    assert "Two missions were sent." in again.text


def test_what_people_write_is_kept_as_they_wrote_it(
    focal_point: FlaskClient, database: Database
) -> None:
    title = "🇨🇻 مرحبا \u202eשלום'; DROP TABLE people; -- <b>%(count)s</b> {{ 7 * 7 }}"

    answer = submit(focal_point, focal_point.get("/activities/new"), SEMINAR | {"title": title})

    assert answer.status_code == 303
    assert title in text_of(focal_point.get(answer.location))


def test_characters_that_no_document_takes_are_left_out(
    focal_point: FlaskClient, database: Database
) -> None:
    pasted = {"title": "Semi\x00nar\x07", "description": "First line\x0bsecond line"}

    submit(focal_point, focal_point.get("/activities/new"), SEMINAR | pasted)

    with database.reading() as session:
        activity = session.scalars(select(Activity)).one()
        assert (activity.title, activity.description) == ("Seminar", "First line\nsecond line")


@pytest.mark.parametrize("length", [100_000, 1_000_000])
def test_a_title_that_is_far_too_long_is_refused_and_nothing_kept(
    focal_point: FlaskClient, database: Database, length: int
) -> None:
    page, before = focal_point.get("/activities/new"), row_counts(database)

    answer = submit(focal_point, page, SEMINAR | {"title": "x" * length})

    assert answer.status_code in {400, 413}
    assert row_counts(database) == before


@pytest.mark.parametrize("amount", ["NaN", "-Infinity", "1e999999", str(10**30), "twelve"])
def test_a_quantity_that_is_none_is_told_at_its_field(
    focal_point: FlaskClient, database: Database, amount: str
) -> None:
    page, before = focal_point.get("/activities/new"), row_counts(database)
    quantity = {"quantities-0-year": "2026", "quantities-0-planned": amount}

    answer = submit(focal_point, page, SEMINAR | quantity)

    assert (answer.status_code, row_counts(database)) == (400, before)
    assert "This is not a number. Enter digits, as in 12." in text_of(answer)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "tomorrow", "1e5"])
def test_a_day_that_no_calendar_of_work_has_is_told_at_its_field(
    client: FlaskClient, house: House, database: Database, report_id: int, day: str
) -> None:
    sign_in(client, house.manager.person_id)
    page, before = client.get(f"/progress/{report_id}"), row_counts(database)

    answer = submit(client, page, {"due_on": day, "reason": "The ship is late."}, to="/extend")

    assert (answer.status_code, row_counts(database)) == (400, before)
    assert "This is not a date." in text_of(answer)


def test_an_upload_over_the_limit_is_told_and_nothing_kept(
    coordinator: FlaskClient, app: Flask, settings: Settings, database: Database
) -> None:
    fields: dict[str, object] = dict(filled_in(form_of(coordinator.get("/resolutions/import"))))
    fields["document"] = (io.BytesIO(b"x" * 200_000), "large.txt")
    app.config["MAX_CONTENT_LENGTH"] = 100_000  # the real limit would slow every run
    before = row_counts(database)

    answer = coordinator.post(
        "/resolutions/import", data=fields, content_type="multipart/form-data"
    )

    assert (answer.status_code, row_counts(database)) == (413, before)
    assert "Upload a smaller file" in text_of(answer)
    assert not settings.files_dir.exists()


def test_a_drawing_is_no_resolution(coordinator: FlaskClient, settings: Settings) -> None:
    answer = upload(
        coordinator, b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "a.svg"
    )

    assert answer.status_code == 400
    assert not settings.files_dir.exists()


def test_a_file_name_leads_nowhere_in_the_folders(
    coordinator: FlaskClient, settings: Settings
) -> None:
    answer = upload(coordinator, as_file(ADOPTED), "../../../outside.txt")

    kept = [path for path in settings.data_dir.parent.rglob("*") if path.is_file()]
    assert answer.status_code == 303
    assert "outside.txt" not in {path.name for path in kept}
    assert coordinator.get(answer.location).status_code == 200


@pytest.mark.parametrize("activity", [str(10**30), "²", "x"], ids=["huge", "raised", "word"])
def test_an_activity_that_cannot_be_is_not_linked(
    focal_point: FlaskClient, house: House, database: Database, activity: str
) -> None:
    address, before = f"/mandates/{house.mandates[0]}/activities/link", row_counts(database)
    token = dict(filled_in(form_of(focal_point.get("/activities/new"))))["csrf_token"]

    answer = focal_point.post(address, data={"csrf_token": token, "activity_id": activity})

    assert (answer.status_code, row_counts(database)) == (400, before)


def test_a_page_that_is_not_there_says_so_without_a_database_too(
    client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> NoReturn:
        raise OperationalError("SELECT", {}, Exception("the database is away"))

    monkeypatch.setattr("tracker.installation.Installation.house_in", away)

    answer = client.get("/nowhere")

    assert answer.status_code == 503
    assert "The database does not answer" in text_of(answer)


def test_a_data_folder_that_cannot_be_written_is_told_and_nothing_kept(
    coordinator: FlaskClient, settings: Settings, database: Database
) -> None:
    settings.data_dir.mkdir()
    settings.uploads_dir.write_bytes(b"a file where the folder should be")
    before = row_counts(database)

    answer = upload(coordinator, as_file(ADOPTED))

    assert (answer.status_code, row_counts(database)) == (503, before)
    assert "see that the data folder can be written" in text_of(answer)
