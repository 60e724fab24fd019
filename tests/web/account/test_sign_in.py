"""The pages of signing in and out: what they let in, what they say, where they lead."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import Settings
from tests.application import settings_on
from tests.audit import arranging
from tests.reporting import House
from tests.travel import Travel
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.auth.passwords import Passwords
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.people import FailedSignIn, Person
from tracker.models.reminders import MailMessage
from tracker.services.sign_in import make_link

MAIL_SERVER = "smtp://127.0.0.1:2525"  # asked by no page: a job sends what pages queue
EMAIL = "ana.focal@example.org"
PASSWORD = "coral tide lantern"


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Return settings that name a mail server; without one no link is offered."""
    return replace(settings_on(sqlite_url, tmp_path), smtp_url=MAIL_SERVER)


@pytest.fixture
def ana(house: House, database: Database) -> int:
    """Give the focal point a password and return who they are."""
    with arranging(), database.transaction() as session:
        person = session.get_one(Person, house.focal_point.person_id)
        person.password_hash = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
        return person.id


@pytest.fixture
def link(ana: int, installation: Installation) -> str:
    """Return a sign-in link of the focal point."""
    with installation.database.reading() as session:
        return make_link(session, person_id=ana, tokens=installation.tokens, at=clock.now())


def enter(client: FlaskClient, password: str = PASSWORD, page: str = "/sign-in") -> TestResponse:
    return submit(client, client.get(page), {"email": EMAIL, "password": password})


@pytest.mark.usefixtures("ana")
def test_a_page_that_needs_a_person_is_reached_after_signing_in(client: FlaskClient) -> None:
    turned_away = client.get("/account?x=1")

    answer = enter(client, page=turned_away.location)

    assert (answer.status_code, answer.location) == (303, "/account?x=1")
    assert "Ana Focal" in client.get("/account").text


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "evil"],
)
@pytest.mark.usefixtures("ana")
def test_signing_in_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    page = client.get("/sign-in", query_string={"next": elsewhere})
    fields = {**dict(filled_in(form_of(page))), "email": EMAIL, "password": PASSWORD}

    answer = client.post("/sign-in", query_string={"next": elsewhere}, data=fields)

    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.usefixtures("ana")
def test_a_wrong_password_is_told_counted_and_the_address_kept(
    client: FlaskClient, database: Database
) -> None:
    answer = enter(client, "wrong")

    assert answer.status_code == 400
    assert "The address or the password is not right" in text_of(answer)
    assert f'value="{EMAIL}"' in answer.text
    with database.reading() as session:
        assert len(session.scalars(select(FailedSignIn)).all()) == 1


@pytest.mark.usefixtures("ana")
def test_after_five_wrong_passwords_the_page_asks_to_wait(client: FlaskClient) -> None:
    for _ in range(5):
        enter(client, "wrong")

    assert "Wait 15 minutes" in text_of(enter(client))


def test_nothing_entered_is_told_at_the_fields(client: FlaskClient) -> None:
    answer = submit(client, client.get("/sign-in"))

    assert answer.status_code == 400
    assert "Enter your e-mail address." in text_of(answer)
    assert "Enter your password, or ask for a sign-in link instead." in text_of(answer)


@pytest.mark.usefixtures("ana")
def test_signing_in_begins_a_session_that_keeps_nothing_of_the_one_before(
    client: FlaskClient,
) -> None:
    page = client.get("/sign-in")
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
        old_token = before["csrf_token"]

    submit(client, page, {"email": EMAIL, "password": PASSWORD})

    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != old_token
        assert after.permanent


def test_who_is_signed_in_is_not_asked_again(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    answer = client.get("/sign-in?next=/account")

    assert (answer.status_code, answer.location) == (303, "/account")


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"], ids=["known", "unknown"])
@pytest.mark.usefixtures("ana")
def test_asking_for_a_link_answers_the_same_for_every_address(
    client: FlaskClient, email: str
) -> None:
    answer = submit(client, client.get("/sign-in"), {"email": email}, button="/sign-in/link")

    assert answer.status_code == 303
    assert (
        f"If {email} is known here, a link to sign in is on its way there. It works once, within "
        "one hour."
    ) in text_of(client.get(answer.location))


@pytest.mark.usefixtures("ana")
def test_a_link_asked_for_lies_in_the_mail_and_signs_in(
    client: FlaskClient, database: Database
) -> None:
    page = client.get("/sign-in?next=/account")
    submit(client, page, {"email": EMAIL}, button="/sign-in/link")
    with database.reading() as session:
        plain = session.scalars(select(MailMessage.plain)).one()
    address = next(word for word in plain.split() if "/sign-in/link/" in word)

    answer = submit(client, client.get(address.removeprefix("http://localhost")))

    assert (answer.status_code, answer.location) == (303, "/account")


def test_a_link_cannot_be_asked_for_without_an_address(client: FlaskClient) -> None:
    answer = submit(client, client.get("/sign-in"), button="/sign-in/link")

    assert answer.status_code == 400
    assert "Enter your e-mail address." in text_of(answer)
    assert "Enter your password" not in text_of(answer)


def test_opening_a_link_asks_and_the_button_signs_in(client: FlaskClient, link: str) -> None:
    page = client.get(link)
    assert "Sign in as Ana Focal" in text_of(page)
    assert client.get("/account").status_code == 302

    answer = submit(client, page)

    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200


def test_a_used_link_says_so_and_offers_a_new_one(client: FlaskClient, link: str) -> None:
    page = client.get(link)
    submit(client, page)
    client.delete_cookie("tracker_session")

    answer = client.get(link)

    assert answer.status_code == 403
    assert "This link was used already" in text_of(answer)
    assert 'href="/sign-in"' in answer.text


def test_an_expired_link_says_so(client: FlaskClient, link: str, travel: Travel) -> None:
    travel.by(timedelta(hours=1))

    answer = client.get(link)

    assert answer.status_code == 403
    assert "This link has expired. Ask for a new sign-in link." in text_of(answer)


def test_a_wrong_link_says_so(client: FlaskClient) -> None:
    answer = client.get("/sign-in/link/nonsense")

    assert answer.status_code == 403
    assert "This link is not valid" in text_of(answer)


def test_signing_in_by_a_link_ends_the_session_on_another_machine(
    client: FlaskClient, app: Flask, link: str
) -> None:
    enter(client)
    assert client.get("/account").status_code == 200

    elsewhere = app.test_client()
    submit(elsewhere, elsewhere.get(link))

    assert client.get("/account").status_code == 302
    assert elsewhere.get("/account").status_code == 200


def test_signing_out_ends_the_session(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)
    page = client.get("/account")
    token = filled_in(form_of(page))

    answer = client.post("/sign-out", data=dict(token))

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You are signed out." in text_of(client.get("/sign-in"))
    assert client.get("/account").status_code == 302


def test_nobody_is_signed_out_by_a_form_of_another_site(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.post("/sign-out").status_code == 400
    assert client.get("/account").status_code == 200
