"""The list of mandates, the page of one, and the forms that confirm and assign."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import TEXT, House, make_instrument, make_mandate, open_biennium, report_on
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.instruments import Clause
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.services.progress import submit_report

OURS = "/coi/21-v/2/a"
LED = "/eco/12-iv/5/a"


@pytest.fixture
def imported(installation: Installation, house: House) -> None:
    """Import the invented resolution: 2(a) and 2(b) are proposed as requiring our action."""
    import_text(installation.database, installation.files, actor=house.coordinator)


def mandate_at(database: Database, path: str) -> Mandate:
    with database.reading() as session:
        found = session.query(Mandate).join(Clause, Clause.id == Mandate.clause_id)
        return found.filter(Clause.path == path).one()


def test_without_mandates_like_this_the_list_says_what_to_do(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get("/mandates?asking=set_aside"))

    assert "No mandate is like this." in words


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("address", "seen", "unseen"),
    [
        ("/mandates", "21(V), para. 3", ""),
        ("/mandates?asking=required", "12(IV), para. 5(a)", "21(V)"),
        ("/mandates?asking=unconfirmed", "21(V), para. 2(b)", "12(IV)"),
        ("/mandates?nature=action_by_others", "21(V), para. 3", "21(V), para. 1"),
        ("/mandates?nature=unheard-of", "21(V), para. 3", ""),
    ],
)
def test_the_list_shows_what_the_address_asks_for(
    coordinator: FlaskClient, address: str, seen: str, unseen: str
) -> None:
    words = text_of(coordinator.get(address))

    assert seen in words
    assert not unseen or unseen not in words


def test_the_list_of_one_unit_holds_its_mandates(coordinator: FlaskClient, house: House) -> None:
    words = text_of(coordinator.get(f"/mandates?unit={house.trade}"))

    assert "12(IV), para. 5(c)" in words
    assert "1 mandate" in words


def test_mandates_without_an_owner_are_found(coordinator: FlaskClient, database: Database) -> None:
    with arranging(), database.transaction() as session:
        make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", None)

    words = text_of(coordinator.get("/mandates?owner=none"))

    assert "13(IV), para. 1" in words
    assert "1 mandate" in words


def test_a_long_list_is_turned_page_by_page(coordinator: FlaskClient, database: Database) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.query(OrganizationalUnit).first()
        for number in range(1, 61):
            make_mandate(session, instrument, str(number), unit)

    first = coordinator.get("/mandates")
    second = coordinator.get(address_of(first, "next"))
    again = coordinator.get(address_of(second, "prev"))

    assert "63 mandates" in text_of(first)
    assert "13(IV), para. 60" not in text_of(first)
    assert "13(IV), para. 60" in text_of(second)
    assert text_of(again) == text_of(first)


def address_of(page: TestResponse, relation: str) -> str:
    root = html.document_fromstring(page.text)
    return str(root.xpath(f"string(//a[@rel='{relation}']/@href)"))


@pytest.mark.usefixtures("imported")
def test_a_mandate_shows_its_clause_below_its_chapeau(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get(OURS))

    assert "Requests the Executive Secretary: To assist member States in keeping" in words
    assert "21(V), para. 2(a)" in words
    assert "Nobody has confirmed yet whether this asks something of us." in words


def test_a_mandate_says_in_one_line_where_it_stands(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    asked = text_of(coordinator.get(LED))
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    answered = text_of(coordinator.get(LED))

    assert "Asked about for 2026-2027; nobody has answered yet." in asked
    assert "In progress, as said for 2026-2027 by Ana Focal." in answered
    assert "Two missions were sent to the islands." in answered


@pytest.mark.usefixtures("imported")
def test_a_chapeau_leads_to_its_place_in_the_resolution(coordinator: FlaskClient) -> None:
    answer = coordinator.get("/coi/21-v/2")

    assert (answer.status_code, answer.location) == (302, "/coi/21-v?paragraph=2#para-2")


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("address", ["/nobody/21-v/1", "/coi/99-z/1", "/no/such/page"])
def test_an_address_of_no_resolution_says_nothing_of_paragraphs(
    coordinator: FlaskClient, address: str
) -> None:
    answer = coordinator.get(address)

    assert answer.status_code == 404
    assert "its address may be incomplete" in text_of(answer)
    assert "paragraph" not in text_of(answer)
    assert b"aria-current" not in answer.data


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("address", ["/coi/21-v/9", "/coi/21-v/2/z"])
def test_an_address_without_a_paragraph_says_so(coordinator: FlaskClient, address: str) -> None:
    answer = coordinator.get(address)

    assert answer.status_code == 404
    assert "There is no paragraph at this address." in text_of(answer)


def test_the_number_of_a_mandate_leads_to_its_address(
    coordinator: FlaskClient, house: House
) -> None:
    answer = coordinator.get(f"/mandates/{house.mandates[0]}")

    assert (answer.status_code, answer.location) == (302, LED)
    assert coordinator.get("/mandates/4711").status_code == 404


@pytest.mark.usefixtures("imported")
def test_a_person_confirms_a_mandate_and_corrects_its_nature(
    coordinator: FlaskClient, database: Database
) -> None:
    fields = {"requires_action": "no", "nature": "procedural"}

    answer = submit(coordinator, coordinator.get(OURS), fields, to="/confirm")

    mandate = mandate_at(database, "2.a")
    assert (answer.status_code, answer.location) == (303, OURS)
    assert (mandate.requires_action, mandate.nature.value) == (False, "procedural")
    words = text_of(coordinator.get(OURS))
    assert "Set aside: it asks nothing of us." in words
    assert "Set aside as asking nothing of us. Carla Coordinator" in words


@pytest.mark.usefixtures("imported")
def test_a_stale_confirmation_is_refused_with_what_was_chosen(coordinator: FlaskClient) -> None:
    page = coordinator.get(OURS)
    submit(coordinator, page, to="/confirm")

    answer = submit(coordinator, page, {"requires_action": "no"}, to="/confirm")

    assert answer.status_code == 409
    assert "Somebody else changed 21(V), para. 2(a)" in text_of(answer)


@pytest.mark.usefixtures("imported")
def test_a_nature_that_is_none_is_refused(coordinator: FlaskClient) -> None:
    answer = submit(coordinator, coordinator.get(OURS), {"nature": "odd"}, to="/confirm")

    assert answer.status_code == 400


def test_a_mandate_is_given_to_another_unit(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/assign")
    fields = {
        "unit_id": house.trade,
        "focal_point_id": house.other_focal_point.person_id,
        "due_on": "2026-12-01",
    }

    answer = submit(coordinator, page, fields)

    mandate = mandate_at(database, "5.a")
    assert (answer.status_code, answer.location) == (303, LED)
    assert (mandate.lead_unit_id, mandate.due_on) == (house.trade, date(2026, 12, 1))
    words = text_of(coordinator.get(LED))
    assert "Assigned to Trade Division (Otto Focal), due on 1 December 2026" in words


def test_the_form_begins_with_who_answers_now(coordinator: FlaskClient, house: House) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/assign")

    chosen = html.document_fromstring(page.text).xpath("//option[@selected]/text()")
    assert chosen == ["Statistics Division", "Ana Focal", "Nobody"]


def test_several_mandates_are_assigned_in_one_step(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    first, second, _ = house.mandates
    page = coordinator.get(f"/mandates/assign?mandate={first}&mandate={second}")
    fields = {
        "unit_id": house.statistics,
        "focal_point_id": house.focal_point.person_id,
        "due_on": "2099-01-31",
    }

    answer = submit(coordinator, page, fields)

    assert answer.location == "/eco/12-iv"
    assert "2 mandates are assigned." in text_of(coordinator.get("/eco/12-iv"))
    assert mandate_at(database, "5.b").focal_point_id == house.focal_point.person_id


def test_mandates_assigned_together_each_take_the_day_that_their_words_propose(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    first, second, _ = house.mandates
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, first).occasion = "by 31 December 2099"
    page = coordinator.get(f"/mandates/assign?mandate={first}&mandate={second}")

    rehearsed = submit(coordinator, page, {"unit_id": house.trade, "due_on": "2098-06-30"})
    submit(coordinator, rehearsed)

    assert "“by 31 December 2099”: proposed due date: 31 December 2099" in text_of(page)
    assert mandate_at(database, "5.a").due_on == date(2099, 12, 31)
    assert mandate_at(database, "5.b").due_on == date(2098, 6, 30)


def test_a_day_of_one_among_several_that_is_none_is_told_at_its_row(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    first, second, _ = house.mandates
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, first).due_on = date(2099, 1, 31)
    page = coordinator.get(f"/mandates/assign?mandate={first}&mandate={second}")

    answer = submit(coordinator, page, {"unit_id": house.trade, "own_dates-0-due_on": "2099-02-31"})

    assert answer.status_code == 400
    assert 'id="own_dates-0-due_on-error"' in answer.text
    assert mandate_at(database, "5.a").due_on == date(2099, 1, 31)


def test_an_assignment_of_nothing_says_what_to_do(coordinator: FlaskClient) -> None:
    page = coordinator.get("/mandates/assign")

    assert "No mandate is selected." in text_of(page)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"unit_id": ""}, "unit_id", "Choose the lead unit."),
        ({"due_on": "2025-05-15"}, "due_on", "lies before the adoption on 16 May 2025"),
        ({"due_on": "soon"}, "due_on", "This is not a date. Enter day, month and year"),
    ],
    ids=["no unit", "before the adoption", "no date"],
)
def test_what_cannot_be_assigned_is_told_at_its_field(
    coordinator: FlaskClient, house: House, fields: dict[str, str], field: str, sentence: str
) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/assign")

    answer = submit(coordinator, page, fields)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert f'id="{field}-error"' in answer.text


def test_a_focal_point_of_another_unit_is_told_at_the_field(
    coordinator: FlaskClient, house: House
) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/assign")
    fields = {"focal_point_id": house.other_focal_point.person_id, "due_on": "2026-12-01"}

    answer = submit(coordinator, page, fields)

    assert answer.status_code == 400
    assert "Otto Focal has no role in Statistics Division" in text_of(answer)
    assert 'value="2026-12-01"' in answer.text


@pytest.mark.usefixtures("imported")
def test_an_unconfirmed_mandate_is_not_assigned(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    page = coordinator.get(f"/mandates/{mandate_at(database, '2.a').id}/assign")

    answer = submit(coordinator, page, {"unit_id": house.statistics})

    assert answer.status_code == 409
    assert "Nobody has confirmed yet that 21(V), para. 2(a)" in text_of(answer)


def test_a_manager_is_offered_the_own_unit_alone(client: FlaskClient, house: House) -> None:
    sign_in(client, house.manager.person_id)

    page = client.get(f"/mandates/{house.mandates[0]}/assign")

    options = html.document_fromstring(page.text).xpath("//select[@name='unit_id']/option/text()")
    assert options == ["Choose a unit", "Statistics Division"]


def test_a_reader_is_offered_nothing_to_do(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    words = text_of(client.get(LED))

    assert "To count the islands, part 5.a;" in words
    assert "Assign" not in words
    assert "Decide otherwise" not in words
