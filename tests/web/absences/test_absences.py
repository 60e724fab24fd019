"""The pages of absences: entered, told on other pages, ended."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, make_house
from tests.visitors import form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.models.absences import PersonAbsence

DAYS = {"starts_on": "2026-06-10", "ends_on": "2026-06-20"}


@pytest.fixture
def house(database: Database) -> House:
    """Put the invented commission into the application's database."""
    with arranging(), database.transaction() as session:
        return make_house(session)


def enter(client: FlaskClient, deputy_id: int) -> None:
    answer = submit(client, client.get("/absences/enter"), DAYS | {"deputy_id": deputy_id})
    assert (answer.status_code, answer.location) == (303, "/absences")


def test_an_absence_is_entered_and_told_to_who_stands_in_and_on_the_mandate(
    client: FlaskClient, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)
    enter(client, house.viewer.person_id)
    assert "Ana Focal (away now)" in text_of(client.get("/absences"))

    sign_in(client, house.viewer.person_id)

    assert "You stand in for Ana Focal until 20 June 2026" in text_of(client.get("/"))
    mandate = text_of(client.get("/eco/12-iv/5/a"))
    assert "Ana Focal is away until 20 June 2026. Vera Viewer stands in." in mandate


def test_what_cannot_be_an_absence_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)

    answer = submit(client, client.get("/absences/enter"), DAYS | {"deputy_id": 0})

    assert answer.status_code == 400
    assert "Choose who stands in" in text_of(answer)
    assert 'value="2026-06-20"' in answer.text


def test_only_managers_are_asked_for_an_officer_in_charge(
    client: FlaskClient, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)
    assert "Officer-in-charge" not in text_of(client.get("/absences/enter"))

    sign_in(client, house.manager.person_id)
    assert "Officer-in-charge" in text_of(client.get("/absences/enter"))


def test_nobody_opens_the_absence_of_somebody_else_but_the_coordinator(
    client: FlaskClient, house: House
) -> None:
    address = f"/absences/enter?person={house.focal_point.person_id}"
    sign_in(client, house.manager.person_id)
    assert client.get(address).status_code == 403

    sign_in(client, house.coordinator.person_id)

    assert "Enter an absence of Ana Focal" in text_of(client.get(address))


def test_an_absence_is_changed_and_ended(
    client: FlaskClient, database: Database, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)
    enter(client, house.viewer.person_id)
    page = client.get("/absences/1")

    assert submit(client, page, {"ends_on": "2026-06-18"}).status_code == 303
    assert submit(client, client.get("/absences"), to="/end").status_code == 303

    with database.reading() as session:
        [absence] = session.scalars(select(PersonAbsence)).all()
        assert absence.ends_on == date(2026, 6, 14)
    assert "No absence is entered." in text_of(client.get("/absences"))


def test_of_very_many_people_those_of_the_chosen_unit_stand_in(
    client: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.offered_people.MOST_OFFERED", 0)
    sign_in(client, house.focal_point.person_id)
    other = str(house.other_focal_point.person_id)
    page = client.get("/absences/enter")
    assert "Otto Focal" not in text_of(page)

    shown = submit(client, page, DAYS | {"unit": house.trade, "do": "people"})

    assert shown.status_code == 200
    assert form_of(shown).fields["ends_on"] == DAYS["ends_on"]
    assert submit(client, shown, {"deputy_id": other, "unit": 0}).status_code == 303


def test_the_coordinator_chooses_the_unit_of_whom_an_absence_is_entered(
    client: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.offered_people.MOST_OFFERED", 0)
    sign_in(client, house.coordinator.person_id)

    of_house = client.get("/absences")
    of_unit = client.get(f"/absences?unit={house.trade}&do=people")

    assert "Otto Focal" not in of_house.text
    assert "Otto Focal" in of_unit.text
