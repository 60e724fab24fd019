"""One's own account: what it shows, and what one may change about oneself."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.reporting import House
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.audit import AuditEntry
from tracker.models.people import Person

PASSWORD = "coral tide lantern"


@pytest.fixture
def ana(client: FlaskClient, house: House) -> int:
    """Sign the focal point in and return who they are."""
    sign_in(client, house.focal_point.person_id)
    return house.focal_point.person_id


@pytest.mark.usefixtures("ana")
def test_the_account_says_who_one_is_and_what_one_may_do(client: FlaskClient) -> None:
    words = text_of(client.get("/account"))

    assert "ana.focal@example.org" in words
    assert "Focal point, Statistics Division" in words


def test_name_language_and_time_zone_can_be_changed(
    client: FlaskClient, database: Database, ana: int
) -> None:
    details = {"name": "Ana  Focal Pérez", "language": "es", "time_zone": "America/Santiago"}

    answer = submit(client, client.get("/account"), details, to="details")

    assert answer.status_code == 303
    with database.reading() as session:
        person = session.get_one(Person, ana)
        assert (person.name, person.language) == ("Ana Focal Pérez", "es")
        assert person.time_zone == "America/Santiago"
        entry = session.scalars(select(AuditEntry)).one()
        assert entry.action == "person.details_changed"
        assert entry.before == {"name": "Ana Focal", "language": "en", "time_zone": "UTC"}


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 201), ("language", "tlh"), ("time_zone", "Mars/Base")],
    ids=["no-name", "endless-name", "unknown-language", "unknown-zone"],
)
def test_details_that_cannot_be_taken_are_refused(
    client: FlaskClient, field: str, value: str
) -> None:
    answer = submit(client, client.get("/account"), {field: value}, to="details")

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)


@pytest.mark.usefixtures("ana")
def test_details_changed_meanwhile_are_not_written_over(client: FlaskClient) -> None:
    page = client.get("/account")
    submit(client, page, {"name": "First"}, to="details")

    answer = submit(client, page, {"name": "Second"}, to="details")

    assert answer.status_code == 409
    assert "First" in client.get("/account").text


def test_a_first_password_needs_no_other_and_ends_other_sessions(
    client: FlaskClient, app: Flask, ana: int
) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, ana)

    answer = submit(client, client.get("/account"), {"password": PASSWORD}, to="password")

    assert answer.status_code == 303
    assert "Your password is set" in text_of(client.get("/account"))
    assert elsewhere.get("/account").status_code == 302


@pytest.mark.usefixtures("ana")
def test_a_short_password_is_refused_at_its_field(client: FlaskClient) -> None:
    answer = submit(client, client.get("/account"), {"password": "short"}, to="password")

    assert answer.status_code == 400
    assert "Choose one with at least 12 characters." in text_of(answer)


@pytest.mark.usefixtures("ana")
def test_a_new_password_needs_the_present_one(client: FlaskClient) -> None:
    submit(client, client.get("/account"), {"password": PASSWORD}, to="password")
    page = client.get("/account")

    new = {"password": "another tide lantern"}
    refused = submit(client, page, {**new, "current_password": "wrong"}, to="password")
    taken = submit(client, page, {**new, "current_password": PASSWORD}, to="password")

    assert refused.status_code == 400
    assert "This is not your present password." in text_of(refused)
    assert taken.status_code == 303


def test_who_came_by_a_link_may_forget_the_present_password(
    client: FlaskClient, installation: Installation, ana: int
) -> None:
    submit(client, client.get("/account"), {"password": PASSWORD}, to="password")
    with client.session_transaction() as session:
        session["signed_in_by_link"] = True

    page = client.get("/account")
    answer = submit(client, page, {"password": "another tide lantern"}, to="password")

    assert "Present password" not in text_of(page)
    assert answer.status_code == 303
    with installation.database.reading() as session:
        kept = session.get_one(Person, ana).password_hash
        assert installation.passwords.is_right("another tide lantern", kept)


def test_an_account_is_nobodys_who_is_not_signed_in(client: FlaskClient) -> None:
    answer = client.get("/account")

    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/account")
