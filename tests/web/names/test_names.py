"""The pages of names: what is missing, the form, and where the names are shown."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_person, make_unit
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.instruments import BodySession

SPANISH = "División de Estadística"


@pytest.fixture(autouse=True)
def _coordinator(client: FlaskClient, house: House) -> None:
    """Sign the coordinator in."""
    sign_in(client, house.coordinator.person_id)


def address_of(house: House) -> str:
    """Return the address of the form for the Statistics Division."""
    return f"/names/unit/{house.statistics}"


def test_a_name_is_written_and_shown_to_those_who_read_in_its_language(
    client: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        person = make_person(session, "Rosa Reader", (Role.COORDINATOR, None))
        person.language = "es"
        reader = person.id

    answer = submit(client, client.get(address_of(house)), {"es": SPANISH})

    assert (answer.status_code, answer.location) == (303, "/names")
    assert SPANISH not in text_of(client.get("/mandates"))
    sign_in(client, reader)
    words = text_of(client.get("/mandates"))
    assert SPANISH in words
    assert "Statistics Division" not in words


def test_the_list_says_what_is_missing(client: FlaskClient, house: House) -> None:
    submit(client, client.get(address_of(house)), {"es": SPANISH})

    words = text_of(client.get("/names"))

    assert SPANISH in words
    assert "missing" in words


def test_an_emptied_field_takes_the_name_away(client: FlaskClient, house: House) -> None:
    submit(client, client.get(address_of(house)), {"es": SPANISH})

    submit(client, client.get(address_of(house)), {"es": ""})

    assert SPANISH not in client.get(address_of(house)).text


def test_an_endless_name_is_refused_and_stays_in_the_form(
    client: FlaskClient, house: House
) -> None:
    answer = submit(client, client.get(address_of(house)), {"es": "x" * 301, "fr": "Statistique"})

    assert answer.status_code == 400
    assert "The name has more than 300 characters." in text_of(answer)
    assert 'value="Statistique"' in answer.text


def test_a_name_that_somebody_wrote_meanwhile_is_told_and_saved_the_second_time(
    client: FlaskClient, house: House
) -> None:
    opened = client.get(address_of(house))
    submit(client, client.get(address_of(house)), {"es": "División Estadística"})

    refused = submit(client, opened, {"es": SPANISH})
    saved = submit(client, refused, {})

    assert refused.status_code == 409
    assert "Somebody else wrote “División Estadística” meanwhile." in text_of(refused)
    assert saved.status_code == 303
    assert SPANISH in text_of(client.get("/names"))


@pytest.mark.parametrize("address", ["/names/choir/1", "/names/unit/9999"])
def test_what_has_no_name_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_who_reads_only_writes_no_names(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get(address_of(house)).status_code == 403


def test_names_are_read_in_one_statement_however_many_are_shown(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        for number in range(6):
            make_unit(session, f"unit-{number}", f"Unit {number}", "UTC")

    with counted_statements(app.extensions["tracker"].database) as statements:
        client.get("/mandates")

    assert sum("text_versions" in statement for statement in statements) == 1


def test_sessions_are_told_with_their_body_and_named_by_one_button(
    client: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.add(BodySession(body_id=1, number=4, name="Fourth session", language="en"))
    page = client.get("/names")

    answer = submit(client, page, to="/names/sessions")

    assert "1 session lacks its name in some language." in text_of(page)
    assert "Fourth sessionCommission of the Islands" in text_of(page)
    words = text_of(client.get(answer.location))
    assert "1 session is named." in words
    assert "Cuarto período de sesiones" in words
