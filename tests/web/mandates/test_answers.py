"""Whoever is given a mandate accepts it or declines it, from My work or from its page."""

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, make_instrument, make_mandate, open_biennium
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance, Answerers, AssignmentOrder
from tracker.models.mandates import Mandate
from tracker.services.assignments import assign_each

PAGE = "/eco/13-iv/1"
REASON = "Islands are counted by the Trade Division."


@pytest.fixture
def given(database: Database, house: House) -> tuple[int, int]:
    """Return two mandates that the coordinator gave to Ana."""
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        keys = [make_mandate(session, instrument, path, None).id for path in "12"]
    with database.transaction() as session:
        answerers = Answerers(house.statistics, house.focal_point.person_id)
        orders = [AssignmentOrder(key, 1, answerers) for key in keys]
        assign_each(session, orders, actor=house.coordinator, at=clock.now())
    return keys[0], keys[1]


@pytest.fixture
def ana(client: FlaskClient, house: House) -> FlaskClient:
    sign_in(client, house.focal_point.person_id)
    return client


def acceptance(database: Database, mandate_id: int) -> Acceptance | None:
    with database.reading() as session:
        return session.get_one(Mandate, mandate_id).acceptance


def test_my_work_begins_with_what_was_given(ana: FlaskClient, given: tuple[int, int]) -> None:
    assert given
    words = text_of(ana.get("/"))

    assert "Given to you: accept or decline 2" in words
    assert "Given by Carla Coordinator" in words


def test_one_click_accepts_all_that_was_given(
    ana: FlaskClient, database: Database, given: tuple[int, int]
) -> None:
    page = ana.get("/")

    answer = submit(ana, page, {"mandate": [f"{key}:2" for key in given]}, to="/mandates/accept")

    assert answer.location == "/"
    assert "2 mandates are yours to report on." in text_of(ana.get("/"))
    assert {acceptance(database, key) for key in given} == {Acceptance.ACCEPTED}


def test_a_mandate_is_accepted_on_its_page(
    ana: FlaskClient, database: Database, given: tuple[int, int]
) -> None:
    answer = submit(ana, ana.get(PAGE), to="/mandates/accept")

    assert answer.location == PAGE
    words = text_of(ana.get(PAGE))
    assert "Accepted by Ana Focal" in words
    assert "This mandate was given to you." not in words
    assert acceptance(database, given[1]) is Acceptance.WAITING


def test_what_is_declined_comes_back_to_the_coordinator_with_its_reason(
    client: FlaskClient, database: Database, house: House, given: tuple[int, int]
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/mandates/{given[0]}/decline")

    answer = submit(client, page, {"reason": REASON})

    assert answer.location == "/"
    assert acceptance(database, given[0]) is Acceptance.DECLINED
    sign_in(client, house.coordinator.person_id)
    assert "1 mandate was declined by whom it was given to" in text_of(client.get("/"))
    listed = text_of(client.get("/mandates?answer=declined"))
    assert f"Declined by Ana Focal: {REASON}" in listed
    assert f"Declined: {REASON}" in text_of(client.get(PAGE))


def test_to_decline_without_a_reason_is_told_at_the_field(
    ana: FlaskClient, database: Database, given: tuple[int, int]
) -> None:
    answer = submit(ana, ana.get(f"/mandates/{given[0]}/decline"), {"reason": " "})

    assert answer.status_code == 400
    assert 'id="reason-error"' in answer.text
    assert acceptance(database, given[0]) is Acceptance.WAITING


def test_a_stale_answer_keeps_its_reason(
    ana: FlaskClient, house: House, database: Database, given: tuple[int, int]
) -> None:
    page = ana.get(f"/mandates/{given[0]}/decline")
    with database.transaction() as session:
        order = AssignmentOrder(given[0], None, Answerers(house.statistics))
        assign_each(session, [order], actor=house.coordinator, at=clock.now())

    answer = submit(ana, page, {"reason": REASON})

    assert answer.status_code == 409
    assert REASON in answer.text


def test_another_unit_cannot_decline(
    client: FlaskClient, house: House, given: tuple[int, int]
) -> None:
    sign_in(client, house.other_focal_point.person_id)

    assert client.get(f"/mandates/{given[0]}/decline").status_code == 403


def test_a_deputy_finds_what_they_look_after(
    client: FlaskClient, database: Database, house: House, given: tuple[int, int]
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, given[0]).deputy_id = house.manager.person_id
    sign_in(client, house.manager.person_id)

    words = text_of(client.get("/"))

    assert "As deputy 1" in words
    assert "Given to you: accept or decline 1" in words
