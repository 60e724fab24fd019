"""The pages of people: who is invited, with which roles, and who can sign in no more."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from tests.application import settings_on
from tests.audit import arranging
from tests.reporting import House, make_person
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.people import Person
from tracker.models.reminders import MailMessage
from tracker.queries.people import find_actor, find_person_by_email

MAIL_SERVER = "smtp://127.0.0.1:2525"  # asked by no page: a job sends what pages queue
NEW = {"name": "New Person", "email": "new@example.org", "roles-0-role": "viewer"}


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Return settings that name a mail server; without one nothing is sent."""
    return replace(settings_on(sqlite_url, tmp_path), smtp_url=MAIL_SERVER)


@pytest.fixture(autouse=True)
def administrator(client: FlaskClient, database: Database, house: House) -> int:
    """Add an administrator to the house, and sign them in."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person_id)
    return person_id


def roles_of(database: Database, person_id: int) -> frozenset[tuple[Role, int | None]]:
    with database.reading() as session:
        actor = find_actor(session, person_id)
        assert actor is not None
        return actor.roles


def test_the_list_names_people_with_their_roles(client: FlaskClient) -> None:
    words = text_of(client.get("/admin/people"))

    assert "8 people who can sign in" in words
    assert "Ana Focal" in words
    assert "Focal point, Statistics Division" in words
    assert "Not yet" in words


def test_the_list_is_searched(client: FlaskClient) -> None:
    assert "2 people" in text_of(client.get("/admin/people?q=manager"))
    assert "Nobody is like this." in text_of(client.get("/admin/people?q=zzz"))
    assert "Nobody is like this." in text_of(client.get("/admin/people?show=deactivated"))


def test_an_invitation_makes_the_person_and_sends_the_link(
    client: FlaskClient, database: Database, house: House
) -> None:
    roles = {
        "roles-0-role": "focal_point",
        "roles-0-unit_id": house.trade,
        "roles-1-role": "editor",
    }

    answer = submit(client, client.get("/admin/people/invite"), NEW | roles)

    assert answer.status_code == 303
    assert "An invitation to New Person is on its way to new@example.org." in text_of(
        client.get(answer.location)
    )
    with database.reading() as session:
        person = find_person_by_email(session, "new@example.org")
        assert person is not None
        person_id = person.id
        assert session.scalars(select(MailMessage.recipient_id)).all() == [person_id]
    assert roles_of(database, person_id) == {(Role.FOCAL_POINT, house.trade), (Role.EDITOR, None)}


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"name": ""}, 400, "Enter the person's name."),
        ({"email": "nobody"}, 400, "“nobody” is not an e-mail address."),
        ({"email": "ana.focal@example.org"}, 409, "ana.focal@example.org is invited already."),
        ({"roles-0-role": ""}, 400, "Choose at least one role."),
        ({"roles-0-role": "king"}, 400, "Not a valid choice"),
        ({"roles-0-role": "manager"}, 400, "Choose the unit of the role, or the whole house."),
        ({"language": "tlh"}, 400, "Not a valid choice"),
        ({"time_zone": "Mars/Base"}, 400, "Not a valid choice"),
    ],
    ids=["name", "address", "twice", "no-role", "role", "nowhere", "language", "zone"],
)
def test_an_invitation_that_cannot_be_sent_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, database: Database, wrong: dict[str, str], status: int, sentence: str
) -> None:
    answer = submit(client, client.get("/admin/people/invite"), NEW | wrong)

    assert answer.status_code == status
    assert sentence in text_of(answer)
    kept = dict(filled_in(form_of(answer)))
    assert (kept["name"], kept["email"]) == ((NEW | wrong)["name"], (NEW | wrong)["email"])
    with database.reading() as session:
        assert find_person_by_email(session, "new@example.org") is None
        assert session.scalars(select(MailMessage.id)).all() == []


def test_a_focal_point_of_the_whole_house_is_meant_as_such(
    client: FlaskClient, database: Database
) -> None:
    roles = {"roles-0-role": "focal_point", "roles-0-unit_id": "0"}

    submit(client, client.get("/admin/people/invite"), NEW | roles)

    with database.reading() as session:
        person = find_person_by_email(session, "new@example.org")
        assert person is not None
        assert [(role.role, role.unit_id) for role in person.roles] == [(Role.FOCAL_POINT, None)]


def test_roles_are_changed_in_rows(client: FlaskClient, database: Database, house: House) -> None:
    address = f"/admin/people/{house.viewer.person_id}"
    page = client.get(address)
    assert dict(filled_in(form_of(page)))["roles-0-role"] == "viewer"

    rows = {
        "roles-0-role": "",
        "roles-1-role": "manager",
        "roles-1-unit_id": house.trade,
    }
    answer = submit(client, page, rows, to="/roles")

    assert answer.status_code == 303
    assert "The roles of Vera Viewer are saved." in text_of(client.get(address))
    assert roles_of(database, house.viewer.person_id) == {(Role.MANAGER, house.trade)}


def test_taking_all_roles_away_is_refused(client: FlaskClient, house: House) -> None:
    page = client.get(f"/admin/people/{house.viewer.person_id}")

    answer = submit(client, page, {"roles-0-role": ""}, to="/roles")

    assert answer.status_code == 400
    assert "Choose at least one role." in text_of(answer)


def test_roles_changed_meanwhile_are_not_written_over(client: FlaskClient, house: House) -> None:
    page = client.get(f"/admin/people/{house.viewer.person_id}")
    submit(client, page, {"roles-0-role": "editor"}, to="/roles")

    assert submit(client, page, {"roles-0-role": "manager"}, to="/roles").status_code == 409


def test_who_answers_for_mandates_is_not_deactivated_and_the_page_says_why(
    client: FlaskClient, house: House
) -> None:
    page = client.get(f"/admin/people/{house.focal_point.person_id}")

    answer = submit(client, page, to="/deactivate")

    assert answer.status_code == 409
    assert "Ana Focal still answers for 2 mandates." in text_of(answer)


def test_the_only_administrator_stays(
    client: FlaskClient, database: Database, administrator: int
) -> None:
    page = client.get(f"/admin/people/{administrator}")

    for answer in (
        submit(client, page, to="/deactivate"),
        submit(client, page, {"roles-0-role": "viewer"}, to="/roles"),
    ):
        assert answer.status_code == 409
        assert "Ada Administrator is the only administrator." in text_of(answer)
    assert roles_of(database, administrator) == {(Role.ADMINISTRATOR, None)}


def test_somebody_is_deactivated_and_let_in_again(
    client: FlaskClient, database: Database, house: House
) -> None:
    address = f"/admin/people/{house.viewer.person_id}"

    submit(client, client.get(address), to="/deactivate")
    page = client.get(address)
    assert "Vera Viewer can sign in no more." in text_of(page)
    assert "Vera Viewer is deactivated and cannot sign in." in text_of(page)
    assert "Vera Viewer" in text_of(client.get("/admin/people?show=deactivated"))

    submit(client, page, to="/reactivate")
    with database.reading() as session:
        assert session.get_one(Person, house.viewer.person_id).is_active


def test_an_invitation_goes_out_and_the_next_is_another(
    client: FlaskClient, database: Database, house: House
) -> None:
    page = client.get(f"/admin/people/{house.viewer.person_id}")

    answer = submit(client, page, to="/invite-again")

    assert "Send an invitation" in text_of(page)
    assert "Send another invitation" in text_of(client.get(answer.location))
    with database.reading() as session:
        [mail] = session.scalars(select(MailMessage))
        assert (mail.recipient_id, mail.kind) == (house.viewer.person_id, "invitation")


@pytest.mark.parametrize("path", ["", "/invite", "/1"])
def test_only_administrators_see_these_pages(client: FlaskClient, house: House, path: str) -> None:
    sign_in(client, house.coordinator.person_id)

    assert client.get(f"/admin/people{path}").status_code == 403


def test_somebody_who_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/admin/people/999").status_code == 404
