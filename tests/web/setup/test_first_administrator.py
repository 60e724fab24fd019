"""The set-up link: whom it makes administrator, and when it works no more."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import make_person
from tests.visitors import filled_in, form_of, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.queries.people import actor_of, find_person_by_email
from tracker.services.setup import make_set_up_link

FIRST = {
    "name": "Ada First",
    "email": "ada@example.org",
    "password": "four words nobody joins",
}


@pytest.fixture
def link(installation: Installation) -> str:
    """Return the path of a set-up link that was just printed."""
    with installation.database.reading() as session:
        path = make_set_up_link(session, tokens=installation.tokens, at=clock.now())
    assert path is not None
    return path


def roles_of(database: Database, email: str) -> set[tuple[Role, int | None]]:
    with database.reading() as session:
        person = find_person_by_email(session, email)
        return set() if person is None else set(actor_of(person).roles)


def test_the_link_makes_an_administrator_who_is_signed_in_and_led_on(
    client: FlaskClient, database: Database, link: str
) -> None:
    answer = submit(client, client.get(link), FIRST)

    assert (answer.status_code, answer.location) == (303, "/setup/entity")
    assert client.get("/setup/entity").status_code == 200
    assert roles_of(database, "ada@example.org") == {
        (Role.ADMINISTRATOR, None),
        (Role.COORDINATOR, None),
    }


def test_whoever_is_no_coordinator_becomes_administrator_only(
    client: FlaskClient, database: Database, link: str
) -> None:
    submit(client, client.get(link), FIRST | {"is_coordinator": None})

    assert roles_of(database, "ada@example.org") == {(Role.ADMINISTRATOR, None)}


def test_the_password_signs_in_again(client: FlaskClient, link: str) -> None:
    submit(client, client.get(link), FIRST)
    client.post("/sign-out", data=dict(filled_in(form_of(client.get("/account")))))

    answer = submit(
        client,
        client.get("/sign-in"),
        {"email": "ada@example.org", "password": "four words nobody joins"},
    )

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Enter your name."),
        ({"email": "nobody"}, "“nobody” is not an e-mail address."),
        ({"password": "short"}, "12 characters"),
    ],
    ids=["name", "address", "password"],
)
def test_what_cannot_be_taken_is_told_and_nobody_is_made(
    client: FlaskClient, database: Database, link: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = submit(client, client.get(link), FIRST | wrong)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert roles_of(database, "ada@example.org") == set()


def test_a_link_is_used_up_by_the_first_who_uses_it(
    app: Flask, client: FlaskClient, database: Database, link: str
) -> None:
    second = app.test_client()
    page = second.get(link)
    submit(client, client.get(link), FIRST)

    answer = submit(second, page, FIRST | {"email": "second@example.org"})

    assert answer.status_code == 403
    assert "the set-up link is used up" in text_of(answer)
    assert roles_of(database, "second@example.org") == set()


def test_a_wrong_link_says_how_to_get_a_new_one(client: FlaskClient) -> None:
    answer = client.get("/setup/not-a-link")

    assert answer.status_code == 403
    assert "gets a new one with: tracker setup" in text_of(answer)


def test_a_link_works_for_a_day(client: FlaskClient, installation: Installation) -> None:
    with installation.database.reading() as session:
        path = make_set_up_link(
            session, tokens=installation.tokens, at=clock.now() - timedelta(days=1)
        )
    assert path is not None

    assert client.get(path).status_code == 403


def test_there_is_no_link_where_somebody_administers(installation: Installation) -> None:
    with arranging(), installation.database.transaction() as session:
        make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None))

    with installation.database.reading() as session:
        assert make_set_up_link(session, tokens=installation.tokens, at=clock.now()) is None
