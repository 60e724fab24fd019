"""The start page begins with what the role is there for; compliance leads to its rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import (
    TEXT,
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    make_person,
    open_biennium,
    open_year,
    report_on,
)
from tests.visitors import form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.compliance import Compliance
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import Review
from tracker.models.people import OrganizationalUnit, Person, PersonKind, RoleAssignment
from tracker.models.progress import ProgressReport
from tracker.services.progress import return_report, submit_report

YESTERDAY = datetime(2026, 6, 14, 4, 0, tzinfo=UTC)


@pytest.fixture
def reports(database: Database, house: House) -> tuple[int, int, int]:
    """Open the biennium and return its reports."""
    with database.transaction() as session:
        open_biennium(session, house)
        ids = [report_on(session, mandate_id).id for mandate_id in house.mandates]
    return ids[0], ids[1], ids[2]


def start_of(client: FlaskClient, actor: Actor) -> str:
    sign_in(client, actor.person_id)
    return text_of(client.get("/"))


def hand_in(database: Database, report_id: int, actor: Actor, **changes: str) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=session.get_one(ProgressReport, report_id).version,
            text=replace(TEXT, **changes),  # type: ignore[arg-type]
            actor=actor,
            at=clock.now(),
        )


def make_late(database: Database, report_id: int) -> None:
    with arranging(), database.transaction() as session:
        report = session.get_one(ProgressReport, report_id)
        report.overdue_at = YESTERDAY
        report.due_on = YESTERDAY.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("focal_point", "No reporting period is open yet.When the coordinator opens one"),
        ("manager", "No report waits for your clearance."),
        ("coordinator", "No reporting period is open yet.Open one:"),
        ("viewer", "3 mandates, 3 of them require our action"),
    ],
)
def test_an_empty_start_page_says_what_will_fill_it(
    client: FlaskClient, house: House, name: str, sentence: str
) -> None:
    assert sentence in start_of(client, getattr(house, name))


def test_a_coordinator_is_led_to_the_import_where_nothing_is_imported(
    client: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Carla First", (Role.COORDINATOR, None)).id
    sign_in(client, person_id)

    words = text_of(client.get("/"))

    assert "Upload the adopted text of one" in words
    assert "No reporting period is open yet." not in words


def test_a_focal_point_sees_what_is_theirs_by_urgency(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    make_late(database, reports[0])
    hand_in(database, reports[1], house.focal_point)
    with database.transaction() as session:
        return_report(
            session,
            report_id=reports[1],
            version=2,
            remark="Which islands?",
            actor=house.manager,
            at=clock.now(),
        )

    words = start_of(client, house.focal_point)

    assert words.startswith("My work 2 reports wait for you.")
    assert "Returned to you 1 12(IV), para. 5(b)" in words
    assert "Mona Manager: Which islands?" in words
    assert "Overdue 1 12(IV), para. 5(a)" in words
    assert "5(c)" not in words


def test_the_header_says_how_many_wait(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    sign_in(client, house.focal_point.person_id)

    assert "2 wait for you" in client.get("/periods").text
    for report in reports[:2]:
        hand_in(database, report, house.focal_point)
    assert "for you</a>" not in client.get("/periods").text


def test_whoever_has_answered_everything_is_told_so(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    hand_in(database, reports[2], house.other_focal_point)

    assert "You have answered everything that you were asked." in start_of(
        client, house.other_focal_point
    )


def test_a_manager_clears_several_reports_from_the_queue(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    hand_in(database, reports[0], house.focal_point)
    hand_in(database, reports[1], house.focal_point, done="A study was published.")
    sign_in(client, house.manager.person_id)
    page = client.get("/")

    none = submit(client, page, to="/progress/clear")
    answer = submit(
        client, page, {"report": [f"{reports[0]}:2", f"{reports[1]}:2"]}, to="/progress/clear"
    )

    assert text_of(page).startswith("Review queue 2 reports wait for you")
    assert "A study was published." in text_of(page)
    assert none.status_code == 400
    assert "Select at least one report to clear." in text_of(none)
    assert answer.status_code == 303
    assert "2 reports cleared." in text_of(client.get("/"))
    with database.reading() as session:
        assert session.get_one(ProgressReport, reports[1]).review is Review.CLEARED


def test_a_manager_does_not_select_their_own_text(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    hand_in(database, reports[0], house.manager)
    sign_in(client, house.manager.person_id)
    page = client.get("/")

    assert "another manager of the unit clears it" in text_of(page)
    assert not form_of(page, "/progress/clear").xpath(".//input[@type='checkbox']")


def test_a_coordinator_sees_one_sentence_and_every_number_leads_on(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    make_late(database, reports[0])
    hand_in(database, reports[2], house.other_focal_point)

    words = start_of(client, house.coordinator)
    page = client.get("/")

    told = (
        "1 of 3 mandates answered, 2 not answered yet, 1 overdue in 1 unit, 1 of them unanswered."
    )
    assert told in words
    assert "12(IV), para. 5(b)" in text_of(client.get("/compliance?standing=open"))
    late = text_of(client.get("/compliance?standing=late"))
    assert "12(IV), para. 5(a)" in late
    assert "12(IV), para. 5(b)" not in late
    assert f"/all/{house.trade}/submitted" in page.text
    assert f"/all/all/{Compliance.SUBMITTED}" in page.text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", [0, 1, 2]),
        ("?standing=answered", [2]),
        ("?standing=unanswered", [0]),
        ("?unit=1", [0, 1]),
        ("?unit=2&standing=late", []),
        ("?period=1&standing=submitted", [2]),
    ],
)
def test_compliance_lists_the_rows_behind_a_number(
    client: FlaskClient,
    database: Database,
    house: House,
    reports: tuple[int, int, int],
    question: str,
    found: list[int],
) -> None:
    make_late(database, reports[0])
    hand_in(database, reports[2], house.other_focal_point)
    sign_in(client, house.coordinator.person_id)

    page = client.get(f"/compliance{question}")

    listed = [place for place in range(3) if f'"/progress/{reports[place]}"' in page.text]
    assert listed == found
    assert ("No report of this period stands so." in text_of(page)) is (not found)


@pytest.mark.parametrize(
    ("question", "status", "sentence"),
    [
        ("?standing=asleep", 400, "There is no standing “asleep”."),
        ("?unit=x", 400, "“x” in the address of this page is not a number."),
        ("?period=9999999999999", 400, "is not a number"),
        ("?period=7", 404, "There is no such reporting period."),
    ],
)
def test_a_damaged_address_is_told_in_a_sentence(
    client: FlaskClient, house: House, question: str, status: int, sentence: str
) -> None:
    sign_in(client, house.coordinator.person_id)

    answer = client.get(f"/compliance{question}")

    assert answer.status_code == status
    assert sentence in text_of(answer)


def test_compliance_is_empty_before_the_first_period(client: FlaskClient, house: House) -> None:
    sign_in(client, house.editor.person_id)

    assert "No reporting period is open yet." in text_of(client.get("/compliance"))


@pytest.mark.parametrize("name", ["viewer", "focal_point"])
def test_compliance_is_not_for_everybody(client: FlaskClient, house: House, name: str) -> None:
    sign_in(client, getattr(house, name).person_id)

    assert client.get("/compliance").status_code == 403


def test_a_long_list_says_how_many_there_are_and_leads_to_the_next_page(
    client: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.statistics)
        for number in range(120):
            make_mandate(session, instrument, str(number), unit)
    with database.transaction() as session:
        open_biennium(session, house)

    work = start_of(client, house.focal_point)
    sign_in(client, house.coordinator.person_id)
    first = client.get("/compliance")
    following = first.text.rpartition('" rel="next"')[0].rpartition('href="')[2]
    second = client.get(following.replace("&amp;", "&"))

    assert "The 50 most urgent of 122 are listed." in work
    assert "123 reports" in text_of(first)
    assert second.status_code == 200
    assert "Previous page" in text_of(second)


def test_the_start_page_takes_a_fixed_number_of_statements(
    client: FlaskClient, database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with arranging(), database.transaction() as session:
        for role in (Role.FOCAL_POINT, Role.COORDINATOR):
            session.add(
                RoleAssignment(
                    person_id=house.manager.person_id,
                    role=role,
                    unit_id=house.statistics,
                    given_at=clock.now(),
                )
            )
    hand_in(database, reports[0], house.focal_point)
    sign_in(client, house.manager.person_id)
    client.get("/")

    with counted_statements(database) as few:
        client.get("/")
    hand_in(database, reports[1], house.focal_point)
    with counted_statements(database) as many:
        client.get("/")

    assert len(few) == len(many) <= 28


def test_nothing_new_takes_one_click_from_my_work_and_one_back(
    client: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
    hand_in(database, earlier, house.focal_point)
    with database.transaction() as session:
        interim = open_year(session, house, 2026)
    sign_in(client, house.focal_point.person_id)

    answered = submit(client, client.get("/"), {}, to=f"/progress/{interim}/attest")

    assert (answered.status_code, answered.location) == (303, "/")
    page = client.get("/")
    assert "Submitted under your name as it was said last." in text_of(page)
    assert "Waits for a manager" in text_of(page)
    back = submit(client, page, {}, to=f"/progress/{interim}/take-back")
    assert back.location == f"/progress/{interim}"
    assert "The report is yours again." in text_of(client.get(back.location))


def test_a_report_that_was_answered_meanwhile_is_not_answered_twice(
    client: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
    hand_in(database, earlier, house.focal_point)
    with database.transaction() as session:
        interim = open_year(session, house, 2026)
    sign_in(client, house.focal_point.person_id)
    page = client.get("/")
    hand_in(database, interim, house.manager)

    answer = submit(client, page, {}, to=f"/progress/{interim}/attest")

    assert answer.status_code == 409
    assert "Somebody else changed this report" in text_of(answer)


def test_a_shared_mailbox_is_asked_for_a_name_before_nothing_is_new(
    client: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
    hand_in(database, earlier, house.focal_point)
    with arranging(), database.transaction() as session:
        interim = open_year(session, house, 2026)
        session.get_one(Person, house.focal_point.person_id).kind = PersonKind.MAILBOX
    sign_in(client, house.focal_point.person_id)

    asked = submit(client, client.get("/"), {}, to=f"/progress/{interim}/attest")
    assert asked.status_code == 400
    assert "Enter your name: several people write from this mailbox" in text_of(asked)
    answered = submit(client, asked, {"attest-given_by": "Otto"}, to="/attest")

    assert answered.status_code == 303
    assert "answer given by: Otto" in text_of(client.get(f"/progress/{interim}"))


def test_how_much_there_is_is_counted_where_the_page_says_it(
    client: FlaskClient, database: Database, house: House
) -> None:
    with counted_statements(database) as for_a_manager:
        start_of(client, house.manager)
    with counted_statements(database) as for_a_coordinator:
        words = start_of(client, house.coordinator)

    counts = "SELECT count(*) AS count_1 \nFROM instruments"
    assert "What the tracker holds" in words
    assert any(counts in each for each in for_a_coordinator)
    assert not any(counts in each for each in for_a_manager)
