"""The pages of a hand-over: chosen, looked at, done, and the pack fetched."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House, make_person
from tests.visitors import form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.mandates import Mandate
from tracker.models.people import Person


@pytest.fixture(autouse=True)
def administrator(client: FlaskClient, database: Database) -> int:
    """Sign an administrator in."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person_id)
    return person_id


def address_of(house: House) -> str:
    return f"/admin/people/{house.focal_point.person_id}/hand-over"


def test_work_is_handed_over_and_the_pack_is_the_successors(
    client: FlaskClient, database: Database, house: House
) -> None:
    successor = house.other_focal_point.person_id
    page = client.get(address_of(house))
    assert "2 items are open." in text_of(page)

    rehearsed = submit(client, page, {"everything": successor})
    words = text_of(rehearsed)
    assert "Otto Focal takes 2 items" in words
    assert "Otto Focal gets the role focal point in Statistics Division" in words
    done = submit(client, rehearsed, to="/take")

    assert done.status_code == 303
    shown = text_of(client.get(done.location))
    assert "2 items of Ana Focal are handed over." in shown
    assert "2 items to Otto Focal" in shown
    sign_in(client, successor)
    assert "2 items of Ana Focal" in text_of(client.get("/account"))
    pack = client.get("/admin/people/packs/1")
    assert (pack.mimetype, pack.data[:5]) == ("application/pdf", b"%PDF-")
    sign_in(client, house.viewer.person_id)
    assert client.get("/admin/people/packs/1").status_code == 404
    with database.reading() as session:
        assert not session.get_one(Person, house.focal_point.person_id).is_active
        held = session.scalars(select(Mandate.focal_point_id).where(Mandate.id.in_(house.mandates)))
        assert set(held) == {successor}


@pytest.mark.parametrize("nobody", [None, 0, "x", 10**30], ids=str)
def test_choosing_nobody_is_told(client: FlaskClient, house: House, nobody: object) -> None:
    answer = submit(client, client.get(address_of(house)), {"everything": nobody})

    assert answer.status_code == 400
    assert "Choose at least one successor." in text_of(answer)


def test_a_choice_for_one_mandate_is_kept_when_one_chooses_otherwise(
    client: FlaskClient, house: House
) -> None:
    chosen = {
        "everything": house.other_focal_point.person_id,
        f"item-focal_point-{house.mandates[0]}": house.manager.person_id,
    }
    rehearsed = submit(client, client.get(address_of(house)), chosen)
    assert "Mona Manager takes 1 item" in text_of(rehearsed)

    again = submit(client, rehearsed, to="/hand-over", button="again")

    assert f'<option value="{house.manager.person_id}" selected>' in again.text


def test_of_very_many_people_those_of_the_chosen_unit_are_offered(
    client: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.offered_people.MOST_OFFERED", 0)
    other = house.other_focal_point.person_id
    page = client.get(address_of(house))
    assert offered(page, "everything") == {0, house.manager.person_id}

    shown = submit(client, page, {"unit": house.trade}, to="/hand-over", button="again")
    chosen = {"everything": other, "unit": 0}
    again = submit(client, shown, chosen, to="/hand-over", button="again")

    assert other in offered(shown, "everything")
    assert house.manager.person_id not in offered(shown, "everything")
    assert other in offered(again, "everything")
    assert form_of(again).fields["everything"] == str(other)
    assert "Otto Focal takes 2 items" in text_of(submit(client, again))


def test_where_lists_would_be_too_many_everything_goes_to_one(
    client: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Choose one by one" in text_of(client.get(address_of(house)))
    monkeypatch.setattr("tracker.web.admin.handovers.MOST_ROWS", 1)

    assert "These are too many to be chosen one by one" in text_of(client.get(address_of(house)))


def offered(page: TestResponse, name: str) -> set[int]:
    """Return the ids of the people that a list offers."""
    options = form_of(page).xpath(f".//select[@name='{name}']/option")
    return {int(option.get("value")) for option in options}


def test_who_answers_for_nothing_has_nothing_to_hand_over(
    client: FlaskClient, house: House
) -> None:
    words = text_of(client.get(f"/admin/people/{house.viewer.person_id}/hand-over"))

    assert "Vera Viewer answers for nothing that is open." in words


def test_a_coordinator_begins_from_the_list_and_an_administrator_closes_the_account(
    client: FlaskClient, house: House, administrator: int
) -> None:
    person_id = house.focal_point.person_id
    sign_in(client, house.coordinator.person_id)
    listed = text_of(client.get("/admin/people/hand-overs"))
    assert "Ana Focal" in listed
    assert "Vera Viewer" not in listed
    assert "Nobody of this name" in text_of(client.get("/admin/people/hand-overs?q=zzz"))

    rehearsed = submit(
        client, client.get(address_of(house)), {"everything": house.other_focal_point.person_id}
    )
    assert "The administrators are told that Ana Focal leaves" in text_of(rehearsed)
    done = submit(client, rehearsed, to="/take")
    shown = text_of(client.get(done.location))
    assert "The administrators are told to close the account." in shown
    assert "The administrators are asked to close the account." in shown
    assert client.get(f"/admin/people/{person_id}").status_code == 403
    assert client.get("/admin/people/packs/1").status_code == 200

    sign_in(client, administrator)
    assert "1 person leaves whose account is still open" in text_of(client.get("/"))
    assert "handed over by Carla Coordinator" in text_of(client.get("/admin/people"))
    page = client.get(f"/admin/people/{person_id}")
    assert "Ana Focal leaves: Carla Coordinator handed the work over" in text_of(page)
    kept = submit(client, page, to="/keep")
    assert "The account of Ana Focal stays." in text_of(client.get(kept.location))
    again = submit(client, page, to="/keep")
    assert again.status_code == 409
