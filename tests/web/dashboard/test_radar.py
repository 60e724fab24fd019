"""The page of the radar, and who sees how much each person has."""

import pytest
from flask.testing import FlaskClient

from tests.reporting import House, open_biennium
from tests.visitors import sign_in, text_of
from tests.web.commission import database, house, installation
from tracker.database import Database

__all__ = ["database", "house", "installation"]


def page_of(client: FlaskClient, person_id: int) -> str:
    sign_in(client, person_id)
    page = client.get("/compliance/radar")
    assert page.status_code == 200
    return text_of(page)


def test_a_coordinator_sees_what_is_missing_and_who_has_how_much(
    client: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    words = page_of(client, house.coordinator.person_id)

    assert "Mandates that no activity carries out (3)" in words
    assert "How much each person has" in words
    assert "Ana Focal" in words


@pytest.mark.parametrize("name", ["manager", "editor"])
def test_others_see_no_numbers_of_people(client: FlaskClient, house: House, name: str) -> None:
    words = page_of(client, getattr(house, name).person_id)

    assert "Mandates that no activity carries out" in words
    assert "How much each person has" not in words


def test_the_full_list_is_that_of_the_mandates(client: FlaskClient, house: House) -> None:
    sign_in(client, house.coordinator.person_id)

    words = text_of(client.get("/mandates?activities=none"))

    assert words.count("12(IV), para. 5(") >= 3


def test_the_radar_is_not_for_everybody(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/compliance/radar").status_code == 403
