"""The pages of roll-ups: what is proposed, sent with changed words, set aside; and the rules."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.audit import arranging
from tests.escalating import RIPE, make_silence
from tests.furniture import put
from tests.pages import CheckedClient
from tests.reporting import House, make_person
from tests.travel import Travel
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.domain.reminder_limits import Limit
from tracker.installation import Installation
from tracker.models.escalations import RollUp
from tracker.queries.reminder_limits import limits_in_force, switches

PAGE = "/compliance/roll-ups"


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def house(database: Database, travel: Travel, client: CheckedClient) -> House:
    """Return a house of silence on the day it may be told, its coordinator signed in."""
    travel.to(RIPE)
    made = put(database, make_silence)
    sign_in(client, made.coordinator.person_id)
    return made


def newest(database: Database) -> RollUp:
    with database.reading() as session:
        return session.scalars(select(RollUp).order_by(RollUp.id.desc()).limit(1)).one()


def test_the_list_names_each_unit_with_how_much_is_unanswered(
    client: CheckedClient, house: House
) -> None:
    text = text_of(client.get(PAGE))

    assert "In 2 units reports are unanswered after several reminders." in text
    assert "Statistics Division" in text
    assert "Mona Manager" in text


def test_compliance_leads_coordinators_there(client: CheckedClient, house: House) -> None:
    assert f'href="{PAGE}"' in client.get("/compliance").text


def test_a_roll_up_is_written_and_can_be_changed_before_it_is_sent(
    client: CheckedClient, database: Database, house: House
) -> None:
    page = client.get(f"{PAGE}/units/{house.statistics}")
    assert "Dear Mona Manager," in text_of(page)
    assert "16 June" in text_of(page)

    answer = submit(client, page, {"subject": "Two reports of yours"})

    assert answer.status_code == 303
    assert newest(database).subject == "Two reports of yours"
    assert "Waits for the next delivery" in text_of(client.get(PAGE))


def test_words_that_are_no_mail_are_refused_and_nothing_is_lost(
    client: CheckedClient, house: House
) -> None:
    page = client.get(f"{PAGE}/units/{house.statistics}")

    answer = submit(client, page, {"subject": " "})

    assert answer.status_code == 400
    assert "Enter a subject" in text_of(answer)
    assert "Dear Mona Manager," in text_of(answer)


def test_what_is_set_aside_says_why_and_is_proposed_again(
    client: CheckedClient, database: Database, house: House
) -> None:
    address = f"{PAGE}/units/{house.statistics}"
    submit(client, client.get(address), {"reason": "By telephone."}, button="set-aside")
    assert client.get(address).status_code == 404
    kept = f"{PAGE}/{newest(database).id}"
    page = client.get(kept)
    assert "By telephone." in text_of(page)

    submit(client, page, to="propose-again")

    assert client.get(address).status_code == 200


def test_the_rules_are_switched_by_an_administrator_and_kept(
    client: CheckedClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        administrator = make_person(session, "Adam", (Role.ADMINISTRATOR, None)).id
    sign_in(client, administrator)
    page = client.get("/admin/escalation")

    submit(client, page, {"is_on": "on", f"unit_{house.trade}": "off", "notice": "10"})

    with database.reading() as session:
        found, limits = switches(session), limits_in_force(session)
    assert found.holds_in(house.statistics)
    assert not found.holds_in(house.trade)
    assert limits[Limit.NOTICE] == 10


def test_a_number_out_of_range_is_refused_at_its_field(
    client: CheckedClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        administrator = make_person(session, "Adam", (Role.ADMINISTRATOR, None)).id
    sign_in(client, administrator)

    answer = submit(client, client.get("/admin/escalation"), {"notice": "0"})

    assert answer.status_code == 400
    assert "Enter a whole number from 1 to 365." in text_of(answer)
