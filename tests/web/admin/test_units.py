"""The page of units: the list, and what it takes to add one."""

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, make_person
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.assignments import Answerers
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Role
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.people import units
from tracker.queries.units import members_of
from tracker.services.assignees import Directory

ENERGY = {"name": "Energy Division", "key": "energy", "kind": "office"}


@pytest.fixture(autouse=True)
def _administrator(client: FlaskClient, database: Database) -> None:
    """Sign an administrator in."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person_id)


def test_a_house_without_units_says_what_they_are_for(client: FlaskClient) -> None:
    assert "There is no unit yet." in text_of(client.get("/admin/units"))


def test_a_unit_is_added_and_listed(client: FlaskClient, database: Database, house: House) -> None:
    given = ENERGY | {"parent_id": house.trade, "time_zone": "America/Santiago"}

    answer = submit(client, client.get("/admin/units"), given)

    assert (answer.status_code, answer.location) == (303, "/admin/units")
    words = text_of(client.get("/admin/units"))
    assert "The unit “Energy Division” is added." in words
    assert "Statistics Division" in words
    with database.reading() as session:
        [unit] = [unit for unit in units(session) if unit.key == "energy"]
        assert (unit.kind, unit.parent_id) == (UnitKind.OFFICE, house.trade)
        assert unit.time_zone == "America/Santiago"


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"name": ""}, 400, "Enter the unit's name."),
        ({"key": "Ener gy"}, 400, "The short name is made of letters from a to z"),
        ({"key": "trade"}, 409, "The short name “trade” belongs to another unit."),
        ({"kind": "choir"}, 400, "Not a valid choice"),
    ],
    ids=["name", "key", "twice", "kind"],
)
@pytest.mark.usefixtures("house")
def test_a_unit_that_cannot_be_added_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, database: Database, wrong: dict[str, str], status: int, sentence: str
) -> None:
    answer = submit(client, client.get("/admin/units"), ENERGY | wrong)

    assert answer.status_code == status
    assert sentence in text_of(answer)
    kept = dict(filled_in(form_of(answer)))
    assert (kept["name"], kept["key"]) == ((ENERGY | wrong)["name"], (ENERGY | wrong)["key"])
    with database.reading() as session:
        assert len(units(session)) == 2


def test_a_coordinator_sees_the_units_and_changes_none(client: FlaskClient, house: House) -> None:
    sign_in(client, house.coordinator.person_id)

    page = client.get(f"/admin/units/{house.trade}")

    assert "Trade Division" in text_of(client.get("/admin/units"))
    assert "Save who clears" in text_of(page)
    assert "Rename or move" not in text_of(page)
    chosen = {"second_unit_id": house.statistics}
    assert submit(client, page, chosen, to="/clearance").status_code == 303


def test_the_page_says_who_clears_a_second_time_and_what_it_was_before(
    client: FlaskClient, house: House
) -> None:
    page = client.get(f"/admin/units/{house.statistics}")

    answer = submit(client, page, {"second_unit_id": house.trade}, to="/clearance")

    assert answer.status_code == 303
    words = text_of(client.get(f"/admin/units/{house.statistics}"))
    assert "Its manager, then at the second level: Trade Division" in words
    assert "no second level → Trade Division" in words
    assert "cleared a second time by Trade Division" in text_of(client.get("/admin/units"))
    assert "Statistics Division" in text_of(client.get(f"/admin/units/{house.trade}"))


def test_only_who_looks_after_units_sees_them(client: FlaskClient, house: House) -> None:
    sign_in(client, house.manager.person_id)

    assert client.get("/admin/units").status_code == 403


def test_a_unit_is_renamed_and_moved(client: FlaskClient, database: Database, house: House) -> None:
    page = client.get(f"/admin/units/{house.trade}")
    assert "Otto Focal, focal point" in text_of(page)

    answer = submit(
        client,
        page,
        {"name": "Ports and Trade", "parent_id": house.statistics},
        to=str(house.trade),
    )

    assert answer.status_code == 303
    with database.reading() as session:
        unit = session.get_one(OrganizationalUnit, house.trade)
        assert (unit.name, unit.parent_id) == ("Ports and Trade", house.statistics)


def test_a_unit_does_not_move_into_its_own_part(client: FlaskClient, house: House) -> None:
    page = client.get(f"/admin/units/{house.trade}")
    submit(client, page, {"parent_id": house.statistics}, to=str(house.trade))

    page = client.get(f"/admin/units/{house.statistics}")
    answer = submit(client, page, {"parent_id": house.trade}, to=str(house.statistics))

    assert answer.status_code == 400
    assert "A unit cannot be part of itself" in text_of(answer)


def test_a_unit_that_leads_mandates_is_not_closed_and_says_which(
    client: FlaskClient, house: House
) -> None:
    page = client.get(f"/admin/units/{house.trade}")

    answer = submit(client, page, to="/close")

    assert answer.status_code == 409
    words = text_of(answer)
    assert "Trade Division still leads 1 mandates: 12(IV), para. 5(c)." in words


def test_a_closed_unit_takes_no_mandates_until_it_is_opened_again(
    client: FlaskClient, database: Database, house: House
) -> None:
    submit(client, client.get("/admin/units"), ENERGY)
    with database.reading() as session:
        [unit_id] = [unit.id for unit in units(session) if unit.key == "energy"]

    assert submit(client, client.get(f"/admin/units/{unit_id}"), to="/close").status_code == 303

    order = Answerers(unit_id)
    with database.reading() as session, pytest.raises(Invalid, match="is closed"):
        Directory(session, [order]).assignees(order)
    assert "closed on" in text_of(client.get("/admin/units"))
    assert submit(client, client.get(f"/admin/units/{unit_id}"), to="/reopen").status_code == 303
    with database.reading() as session:
        assert Directory(session, [order]).assignees(order).unit.id == unit_id


def test_a_page_of_a_unit_that_changed_meanwhile_changes_nothing(
    client: FlaskClient, house: House
) -> None:
    page = client.get(f"/admin/units/{house.trade}")
    submit(client, page, {"name": "Trade"}, to=str(house.trade))

    assert submit(client, page, {"name": "Ports"}, to=str(house.trade)).status_code == 409


def test_a_unit_is_given_a_shared_mailbox_from_its_page(
    client: FlaskClient, database: Database, house: House
) -> None:
    assert "Give the unit a mailbox" in text_of(client.get(f"/admin/units/{house.trade}"))
    form = client.get(f"/admin/people/invite?mailbox_of={house.trade}")

    answer = submit(client, form, {"email": "trade@example.org"})

    assert answer.status_code in {200, 303}
    assert "trade@example.org (focal point)" in text_of(client.get(f"/admin/units/{house.trade}"))
    with database.reading() as session:
        [mailbox] = [each for each in members_of(session, house.trade) if each.is_mailbox]
        assert (mailbox.name, mailbox.role) == ("Trade Division", Role.FOCAL_POINT)
