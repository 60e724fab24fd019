"""Mandates are assigned as suggested, or many at once after a rehearsal of what would change."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House, counted_statements, make_instrument, make_mandate
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.assignments import Acceptance
from tracker.installation import Installation
from tracker.models.instruments import BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit


@pytest.fixture
def free(database: Database, house: House) -> tuple[int, int]:
    """Return two mandates that nobody answers for, on counting islands as those of 12(IV) are."""
    assert house
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        return tuple(make_mandate(session, instrument, path, None).id for path in "12")  # type: ignore[return-value]


def mandate(database: Database, mandate_id: int) -> Mandate:
    with database.reading() as session:
        return session.get_one(Mandate, mandate_id)


def test_the_list_without_owners_is_assigned_as_suggested_in_one_step(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get("/mandates?owner=none")

    answer = submit(coordinator, page, to="/orders")

    assert "Proposed: Statistics Division Ana Focal as in 12(IV), para. 5(b)" in text_of(page)
    assert answer.location == "/mandates?owner=none"
    assert "2 mandates are assigned." in text_of(coordinator.get(answer.location))
    assert {mandate(database, key).lead_unit_id for key in free} == {house.statistics}
    assert mandate(database, free[0]).focal_point_id == house.focal_point.person_id


@pytest.mark.usefixtures("free")
def test_a_large_body_proposes_owners_for_a_list_when_somebody_asks(
    coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.queries.owner_suggestions.MOST_HINTED_AMONG", 1)
    page = coordinator.get("/mandates?owner=none")

    (link,) = html.fromstring(page.text).xpath('//a[contains(., "Propose who may answer")]/@href')
    asked = coordinator.get(link)

    assert "as in 12(IV), para. 5(b)" not in text_of(page)
    assert "Proposed: Statistics Division Ana Focal as in 12(IV), para. 5(b)" in text_of(asked)
    assert "Propose who may answer" not in text_of(asked)


@pytest.mark.usefixtures("free")
def test_a_narrowed_list_without_owners_does_not_say_that_there_is_none(
    coordinator: FlaskClient,
) -> None:
    words = text_of(coordinator.get("/mandates?owner=none&nature=procedural"))

    assert "No mandate is like this." in words
    assert "Somebody answers for every mandate." not in words


def test_the_list_shows_the_due_date_that_a_suggestion_brings(
    coordinator: FlaskClient, database: Database, free: tuple[int, int]
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, free[0]).occasion = "by 31 December 2099"
    page = coordinator.get("/mandates?owner=none")

    submit(coordinator, page, to="/orders")

    assert "Proposed: 31 December 2099 “by 31 December 2099”" in text_of(page)
    assert [mandate(database, key).due_on for key in free] == [date(2099, 12, 31), None]


def test_the_list_says_why_words_with_a_day_bring_no_due_date(
    coordinator: FlaskClient, database: Database, free: tuple[int, int]
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, free[0]).occasion = "by 31 December 2001"

    words = text_of(coordinator.get("/mandates?owner=none"))

    assert "“by 31 December 2001”: proposed due date: 31 December 2001 (this day is over)" in words


def test_the_rehearsal_says_where_a_proposed_due_date_comes_from(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, free[0]).occasion = "by 31 December 2099"
    page = coordinator.get(f"/mandates/assign?mandate={free[0]}&mandate={free[1]}")

    answer = submit(coordinator, page, {"do": "rehearse", "unit_id": str(house.statistics)})

    assert "Proposed: 31 December 2099 “by 31 December 2099”" in text_of(answer)


def test_a_suggestion_is_taken_as_it_was_seen(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get("/mandates?owner=none")
    with arranging(), database.transaction() as session:
        for key in house.mandates:
            session.get_one(Mandate, key).lead_unit_id = house.trade
            session.get_one(Mandate, key).focal_point_id = None

    submit(coordinator, page, to="/orders")

    assert mandate(database, free[0]).lead_unit_id == house.statistics


def test_an_order_that_nobody_was_shown_assigns_nothing(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get("/mandates?owner=none")

    answer = submit(coordinator, page, {"order": ["one", "1:2:3", "x:1:1::::"]}, to="/orders")

    assert answer.status_code == 400
    assert "Nothing was selected" in text_of(answer)


def test_a_single_mandate_begins_with_its_suggestion(
    coordinator: FlaskClient, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/{free[0]}/assign")

    chosen = html.document_fromstring(page.text).xpath("//option[@selected]/text()")
    assert chosen[:2] == ["Statistics Division", "Ana Focal"]
    assert "similar mandates" in text_of(page)


def test_several_are_assigned_as_suggested_on_their_own_page(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/assign?mandate={free[0]}&mandate={free[1]}")

    answer = submit(coordinator, page, {"do": "suggested", "due_on": "2099-01-31"})

    assert answer.status_code == 303
    assert {mandate(database, key).due_on for key in free} == {date(2099, 1, 31)}
    assert {mandate(database, key).lead_unit_id for key in free} == {house.statistics}


def test_as_suggested_where_nobody_is_suggested_is_refused(
    coordinator: FlaskClient, house: House
) -> None:
    first, second, _ = house.mandates
    page = coordinator.get(f"/mandates/assign?mandate={first}&mandate={second}")

    answer = submit(coordinator, page, {"do": "suggested"})

    assert answer.status_code == 400
    assert "Nobody is suggested for these mandates." in text_of(answer)


def test_nobody_loses_a_mandate_to_another_without_a_rehearsal(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/assign?mandate={free[0]}&mandate={house.mandates[0]}")

    rehearsed = submit(coordinator, page, {"unit_id": house.trade})

    words = text_of(rehearsed)
    assert "1 mandate is given to somebody · 1 is taken from who answers now" in words
    assert "Nothing is assigned yet." in words
    assert mandate(database, house.mandates[0]).lead_unit_id == house.statistics

    answer = submit(coordinator, rehearsed)

    assert answer.status_code == 303
    assert mandate(database, house.mandates[0]).lead_unit_id == house.trade
    assert mandate(database, free[0]).lead_unit_id == house.trade


def test_what_cannot_be_assigned_is_told_in_the_rehearsal_and_left_out(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    with arranging(), database.transaction() as session:
        instrument = session.get_one(Instrument, mandate(database, free[0]).instrument_id)
        unclear = make_mandate(session, instrument, "9", None, requires_action=None).id
    page = coordinator.get(f"/mandates/assign?mandate={free[0]}&mandate={unclear}")

    rehearsed = submit(coordinator, page, {"do": "rehearse", "unit_id": house.trade})
    submit(coordinator, rehearsed)

    assert "Nobody has confirmed yet that 13(IV), para. 9" in text_of(rehearsed)
    assert mandate(database, free[0]).lead_unit_id == house.trade
    assert mandate(database, unclear).lead_unit_id is None


def test_a_deputy_and_contributing_units_are_named_with_the_assignment(
    coordinator: FlaskClient, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/{free[0]}/assign")
    fields = {
        "unit_id": house.statistics,
        "focal_point_id": house.focal_point.person_id,
        "deputy_id": house.manager.person_id,
        "contributing_unit_ids": [house.trade],
        "due_on": "",
    }

    answer = submit(coordinator, page, fields)

    words = text_of(coordinator.get(answer.location))
    assert "Deputy: Mona Manager" in words
    assert "With Trade Division" in words
    assert "Assigned to Statistics Division (Ana Focal), deputy Mona Manager, with Trade" in words
    again = coordinator.get(f"/mandates/{free[0]}/assign")
    assert html.document_fromstring(again.text).xpath("//option[@selected]/text()") == [
        "Statistics Division",
        "Ana Focal",
        "Mona Manager",
    ]


def test_an_outside_entity_that_leads_as_well_is_named_where_one_reads_who_answers(
    coordinator: FlaskClient, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/{free[0]}/assign")
    fields = {"unit_id": house.statistics, "focal_point_id": "", "joint_lead": " UNDP:  Panama "}

    answer = submit(coordinator, page, fields | {"due_on": ""})

    shown = coordinator.get(answer.location)
    assert "Leads jointly with UNDP: Panama" in text_of(shown)
    assert "Assigned to Statistics Division, jointly with UNDP: Panama" in text_of(shown)
    assert "Leads jointly with UNDP: Panama" in text_of(coordinator.get("/mandates"))
    assert "UNDP: Panama" in coordinator.get("/mandates/list.csv").text
    again = coordinator.get(f"/mandates/{free[0]}/assign")
    assert dict(filled_in(form_of(again)))["joint_lead"] == "UNDP: Panama"


def test_a_joint_lead_travels_through_the_rehearsal(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/assign?mandate={free[0]}&mandate={free[1]}")
    fields = {"unit_id": house.trade, "joint_lead": "UNDP: Panama", "do": "rehearse"}

    rehearsal = submit(coordinator, page, fields)
    submit(coordinator, rehearsal)

    assert "Leads jointly with UNDP: Panama" in text_of(rehearsal)
    assert {mandate(database, key).joint_lead for key in free} == {"UNDP: Panama"}


def test_a_unit_that_leads_and_contributes_is_told_at_its_field(
    coordinator: FlaskClient, house: House, free: tuple[int, int]
) -> None:
    page = coordinator.get(f"/mandates/{free[0]}/assign")

    answer = submit(
        coordinator,
        page,
        {"unit_id": house.trade, "focal_point_id": "", "contributing_unit_ids": [house.trade]},
    )

    assert answer.status_code == 400
    assert "Trade Division leads, so it cannot contribute as well." in text_of(answer)


def test_all_that_a_filter_shows_are_assigned_together(
    coordinator: FlaskClient, database: Database, house: House, free: tuple[int, int]
) -> None:
    listed = coordinator.get("/mandates?owner=none")
    link = html.document_fromstring(listed.text).xpath("//a[contains(@href, 'all=1')]")[0]
    assert link.text == "Assign all 2 mandates that the filter shows"
    page = coordinator.get(link.get("href"))

    submit(coordinator, page, {"unit_id": house.trade})

    assert {mandate(database, key).lead_unit_id for key in free} == {house.trade}


def test_too_many_for_one_step_are_refused_with_a_way_out(
    coordinator: FlaskClient, free: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert free
    monkeypatch.setattr("tracker.web.mandates.assigning.MOST_AT_ONCE", 1)

    answer = coordinator.get("/mandates/assign?all=1&owner=none")

    assert answer.status_code == 400
    assert "Narrow the list first." in text_of(answer)
    assert back_to_the_list(answer) == "/mandates?owner=none"


def back_to_the_list(page: TestResponse) -> str:
    """Return where the link below a refusal leads."""
    (link,) = html.document_fromstring(page.text).xpath("//a[. = 'Back to the list']")
    return str(link.get("href"))


def test_a_list_is_narrowed_to_one_resolution(
    coordinator: FlaskClient, database: Database, free: tuple[int, int]
) -> None:
    instrument_id = mandate(database, free[0]).instrument_id

    words = text_of(coordinator.get(f"/mandates?resolution={instrument_id}"))

    assert "Only of 13(IV)." in words
    assert "2 mandates" in words


def test_a_list_is_narrowed_to_what_a_session_adopted(
    coordinator: FlaskClient, installation: Installation, house: House, free: tuple[int, int]
) -> None:
    assert free
    import_text(installation.database, installation.files, actor=house.coordinator)
    with installation.database.reading() as session:
        held = session.scalars(select(BodySession)).one()

    words = text_of(coordinator.get(f"/mandates?session={held.id}"))

    assert "Only of Fifth session." in words
    assert "21(V), para. 1" in words
    assert "13(IV)" not in words


def test_the_list_takes_a_fixed_number_of_statements(
    coordinator: FlaskClient, database: Database, free: tuple[int, int]
) -> None:
    assert free
    counts = []
    for symbol in ("14(IV)", "15(IV)", "16(IV)"):
        with arranging(), database.transaction() as session:
            instrument = make_instrument(session, symbol, symbol.replace("(IV)", "-iv"))
            for number in range(1, 16):
                make_mandate(session, instrument, str(number), None)
        with counted_statements(database) as statements:
            coordinator.get("/mandates?owner=none")
        counts.append(len(statements))

    # With few rows all have a suggestion, and the standing list is not asked for one.
    assert counts[1] == counts[2]


def test_a_manager_is_suggested_nothing_for_other_units(
    client: FlaskClient, house: House, free: tuple[int, int]
) -> None:
    assert free
    sign_in(client, house.other_manager.person_id)

    words = text_of(client.get("/mandates?owner=none"))

    assert "Proposed:" not in words
    assert "as suggested" not in words


def test_when_every_mandate_has_an_owner_the_list_says_so(
    coordinator: FlaskClient, house: House
) -> None:
    assert house

    assert "Somebody answers for every mandate." in text_of(coordinator.get("/mandates?owner=none"))


def test_a_unit_that_is_none_is_refused(coordinator: FlaskClient, free: tuple[int, int]) -> None:
    page = coordinator.get(f"/mandates/{free[0]}/assign")

    answer = submit(coordinator, page, {"unit_id": "4711"})

    assert answer.status_code == 400


def test_the_waiting_and_the_declined_are_lists_of_their_own(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    first, second, _ = house.mandates
    with arranging(), database.transaction() as session:
        assert session.scalars(select(OrganizationalUnit)).first() is not None
        session.get_one(Mandate, first).acceptance = Acceptance.WAITING
        session.get_one(Mandate, second).acceptance = Acceptance.DECLINED

    waiting = text_of(coordinator.get("/mandates?answer=waiting"))
    declined = text_of(coordinator.get("/mandates?answer=declined"))

    assert "12(IV), para. 5(a)" in waiting
    assert "para. 5(b)" not in waiting
    assert "12(IV), para. 5(b)" in declined


def test_of_very_many_people_those_of_the_chosen_unit_are_offered(
    coordinator: FlaskClient,
    database: Database,
    house: House,
    free: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracker.web.mandates.assign_form.MOST_OFFERED", 0)
    page = coordinator.get(f"/mandates/{free[0]}/assign")
    chosen = {"unit_id": house.trade, "focal_point_id": "", "joint_lead": "Port of Dakar"}
    offered = {option.text for option in form_of(page).findall(".//optgroup/option")}
    assert "Ana Focal" in offered
    assert "Otto Focal" not in offered

    shown = submit(coordinator, page, {**chosen, "do": "people"})

    assert shown.status_code == 200
    assert form_of(shown).fields["joint_lead"] == "Port of Dakar"
    given = {"focal_point_id": house.other_focal_point.person_id}
    assert submit(coordinator, shown, given).status_code == 303
    assert mandate(database, free[0]).focal_point_id == house.other_focal_point.person_id
