"""Evidence on the page of a report: added, handed out as a file only, taken away."""

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.furniture import put
from tests.reporting import House, make_house, open_biennium, report_on
from tests.visitors import form_of, sign_in, submit, text_of
from tracker.database import Database


@pytest.fixture
def house(database: Database) -> House:
    return put(database, make_house)


@pytest.fixture
def address(client: FlaskClient, database: Database, house: House) -> str:
    """Return the address of the report on the first mandate, with its focal point signed in."""
    with database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
    sign_in(client, house.focal_point.person_id)
    return f"/progress/{report_id}"


def add(client: FlaskClient, address: str, content: bytes, name: str) -> TestResponse:
    token = form_of(client.get(address), "/evidence").fields["csrf_token"]
    return client.post(
        f"{address}/evidence",
        data={"csrf_token": token, "evidence-file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def test_a_file_is_handed_out_as_a_download_whatever_its_name(
    client: FlaskClient, address: str
) -> None:
    add(client, address, b"%PDF-1.7 x", "misión <b>.html")

    page = client.get(address)
    handed = client.get("/progress/evidence/1")

    assert "misión <b>.html" in text_of(page)
    assert handed.headers["Content-Type"] == "application/pdf"
    assert handed.headers["Content-Disposition"].startswith("attachment;")
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in handed.headers["Content-Security-Policy"]


def test_a_web_page_is_refused_at_its_field(client: FlaskClient, address: str) -> None:
    refused = add(client, address, b"<html><script>x</script>", "report.pdf")

    assert refused.status_code == 400
    assert "A file of this kind is not kept." in text_of(refused)


def test_a_link_is_added_and_taken_away(client: FlaskClient, address: str) -> None:
    sent = {"evidence-address": "https://example.org/report", "evidence-title": "The report"}
    added = submit(client, client.get(address), sent, to="/evidence")
    with_link = text_of(client.get(address))
    submit(client, client.get(address), to="/remove")

    assert added.status_code == 303
    assert "The report" in with_link
    assert "The report" not in text_of(client.get(address))


def test_evidence_of_a_draft_is_nobody_elses(
    client: FlaskClient, address: str, house: House
) -> None:
    add(client, address, b"%PDF-1.7 x", "mission.pdf")
    sign_in(client, house.coordinator.person_id)

    assert client.get("/progress/evidence/1").status_code == 404
