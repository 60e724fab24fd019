"""Links that an administrator hands over, since no mail server is set."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House, make_person
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.audit import AuditEntry
from tracker.models.people import Person
from tracker.models.reminders import MailMessage

NEW = {"name": "New Person", "email": "new@example.org", "roles-0-role": "viewer"}


@pytest.fixture(autouse=True)
def administrator(client: FlaskClient, database: Database, house: House) -> int:
    """Add an administrator to the house, and sign them in."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person_id)
    return person_id


def link_on(page: TestResponse) -> str:
    """Return the path of the link that the page shows."""
    found = re.search(r"http://localhost(/sign-in/link/\S+)", text_of(page))
    assert found is not None
    return found[1]


def test_whoever_is_invited_without_mail_is_added_with_a_link_that_signs_them_in(
    client: FlaskClient, database: Database
) -> None:
    form = client.get("/admin/people/invite")
    page = submit(client, form, NEW)

    signed_in = submit(client, client.get(link_on(page)))

    assert "you are shown a link to sign in that you hand over yourself" in text_of(form)
    assert page.headers["Cache-Control"] == "no-store"
    assert "New Person" in client.get(signed_in.location).text
    with database.reading() as session:
        assert session.scalars(select(MailMessage)).all() == []


def test_a_link_for_somebody_who_is_here_is_shown_with_its_end_and_recorded(
    client: FlaskClient, database: Database, house: House, administrator: int
) -> None:
    person = client.get(f"/admin/people/{house.viewer.person_id}")

    page = submit(client, person, to="/link")

    assert "No mail server is set, so nothing can be sent to Vera Viewer." in text_of(person)
    assert "It works once, until" in text_of(page)
    assert link_on(page)
    with database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "person.link_handed_over")
        ).one()
        assert (entry.actor_id, entry.subject_id) == (administrator, house.viewer.person_id)


def test_nobody_is_handed_a_link_who_is_deactivated(
    client: FlaskClient, database: Database, house: House
) -> None:
    page = client.get(f"/admin/people/{house.viewer.person_id}")
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.viewer.person_id).is_active = False

    answer = submit(client, page, to="/link")

    assert answer.status_code == 409
    assert "is deactivated. Let them in again first." in text_of(answer)
