"""The pages of a division's sheet: downloaded, brought back, looked at, taken."""

import io
from io import BytesIO

import pytest
from docx.table import Table
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.reporting import House, open_biennium
from tests.sheets import changed_word, changed_workbook, field_row, write_in_cell
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.models.progress import ProgressDraft, ProgressRevision


@pytest.fixture(autouse=True)
def _opened(database: Database, house: House) -> None:
    with database.transaction() as session:
        open_biennium(session, house)


def download(client: FlaskClient, kind: str = "docx") -> bytes:
    page = client.get("/sheets")
    made = submit(client, page, {"kind": kind}, to="make")
    assert (made.status_code, made.headers["Content-Disposition"][:10]) == (200, "attachment")
    return bytes(made.data)


def bring(client: FlaskClient, content: bytes) -> TestResponse:
    token = form_of(client.get("/sheets"), "/sheets").fields["csrf_token"]
    return client.post(
        "/sheets",
        data={"csrf_token": token, "sheet": (io.BytesIO(content), "sheet.docx")},
        content_type="multipart/form-data",
    )


def filled(content: bytes, **fields: str) -> bytes:
    def fill(tables: list[Table]) -> None:
        for field, words in fields.items():
            write_in_cell(field_row(tables[0], field), words)

    return changed_word(content, fill)


def test_a_word_file_is_filled_looked_at_and_submitted(
    client: FlaskClient, house: House, database: Database
) -> None:
    sign_in(client, house.focal_point.person_id)
    content = filled(download(client), status="Ongoing", done="The islands are counted each year.")

    looked_at = bring(client, content)
    told = text_of(looked_at)
    taken = submit(client, looked_at, to="take", button="submits")

    assert "Complete: it can be submitted." in told
    assert "The islands are counted each year." in told
    assert taken.status_code == 303
    with database.reading() as session:
        assert session.scalars(select(ProgressRevision.done)).all() == [
            "The islands are counted each year."
        ]
    assert "There is nothing to take" in text_of(bring(client, content))


def test_a_workbook_becomes_drafts(client: FlaskClient, house: House, database: Database) -> None:
    sign_in(client, house.focal_point.person_id)
    content = changed_workbook(
        download(client, "xlsx"), lambda cells: cells.update(H6="One.", H7="Two.")
    )

    looked_at = bring(client, content)
    submit(client, looked_at, to="take")

    assert "Becomes a draft. Choose how far the mandate is carried out." in text_of(looked_at)
    with database.reading() as session:
        assert sorted(session.scalars(select(ProgressDraft.done))) == ["One.", "Two."]


def test_a_conflict_is_shown_and_left_alone(
    client: FlaskClient, house: House, database: Database
) -> None:
    sign_in(client, house.focal_point.person_id)
    content = filled(download(client), done="As in the file.")
    page = client.get("/progress/1")
    fields = dict(filled_in(form_of(page, "submit"))) | {"done": "As on the page."}
    client.post("/progress/1/draft", data=fields)

    looked_at = bring(client, content)
    assert "It was changed on the page since the sheet was made" in text_of(looked_at)
    assert "from the page to the file" in text_of(looked_at)
    refused = submit(client, looked_at, to="take")
    left = submit(client, looked_at, {"leave": "1"}, to="take")

    assert (refused.status_code, left.status_code) == (400, 303)
    with database.reading() as session:
        assert session.scalars(select(ProgressDraft.done)).one() == "As on the page."


def test_a_file_that_is_no_sheet_is_refused_at_its_field(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)

    refused = bring(client, b"%PDF-1.7")

    assert refused.status_code == 400
    assert "neither a Word file (.docx) nor a workbook" in text_of(refused)


def test_the_sheet_of_another_unit_is_refused(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    content = download(client)
    sign_in(client, house.other_focal_point.person_id)

    refused = bring(client, content)

    assert refused.status_code == 403
    assert "This is the sheet of Statistics Division" in text_of(refused)


def test_who_writes_nothing_has_no_sheet(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/sheets").status_code == 403


def test_a_manager_is_asked_who_gave_the_answers(client: FlaskClient, house: House) -> None:
    sign_in(client, house.manager.person_id)
    looked_at = bring(client, filled(download(client), status="Ongoing", done="Done."))

    assert "Who gave these answers?" in text_of(looked_at)
    given = {"given_by": "Ana, by telephone"}
    assert submit(client, looked_at, given, to="take", button="submits").status_code == 303


@pytest.mark.parametrize("kept", ["", "../../etc/passwd", "a" * 64])
def test_a_file_that_was_never_brought_is_not_taken(
    client: FlaskClient, house: House, kept: str
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = bring(client, filled(download(client), done="Done."))

    refused = submit(client, page, {"kept": kept}, to="take")

    assert refused.status_code in {400, 404}


def test_the_name_of_the_file_is_its_code(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    made = submit(client, client.get("/sheets"), {"kind": "docx"}, to="make")

    assert made.headers["Cache-Control"] == "no-store"
    assert BytesIO(made.data).read(2) == b"PK"
