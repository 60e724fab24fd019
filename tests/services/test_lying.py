"""What lies is named: to whoever goes on with it and to coordinators, once, until it is settled."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.escalating import run_jobs, told
from tests.furniture import put
from tests.post import Post
from tests.reporting import (
    TEXT,
    House,
    make_house,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance
from tracker.domain.mandates import Sensitivity
from tracker.domain.reminders import ReminderKind
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.people import Person
from tracker.models.reminders import Delivery
from tracker.queries.reminder_history import reminders_of_person
from tracker.services.progress import clear_report, return_report, save_draft, submit_report

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday; the reports are due on 30 June


@pytest.fixture
def house(database: Database, travel: Travel) -> House:
    """Return the commission with its biennium open, long before the due day."""
    travel.to(BEGIN)
    return put(database, make_open_house)


def make_open_house(session: Session) -> House:
    """Add the commission and open its biennium."""
    made = make_house(session)
    open_biennium(session, made, at=datetime(2026, 2, 1, tzinfo=UTC))
    return made


def after(database: Database, travel: Travel, days: int) -> Post:
    """Let the jobs run so many days after the beginning, and return what they sent."""
    post = Post()
    travel.to(BEGIN + timedelta(days=days))
    run_jobs(database, post)
    return post


def draft(database: Database, house: House) -> int:
    with database.transaction() as session:
        report_id = report_on(session, house.mandates[0]).id
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())
    return report_id


def submit(database: Database, house: House) -> int:
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        submit_report(
            session, report_id=report.id, version=report.version, text=TEXT,
            actor=house.focal_point, at=clock.now(),
        )  # fmt: skip
        return report.id


def send_back(database: Database, house: House) -> int:
    report_id = submit(database, house)
    with database.transaction() as session:
        return_report(
            session, report_id=report_id, version=report_on(session, house.mandates[0]).version,
            remark="Which islands?", actor=house.manager, at=clock.now(),
        )  # fmt: skip
    return report_id


def lying(database: Database) -> Sequence[tuple[int | None, int, Delivery]]:
    return told(database, ReminderKind.LYING)


def test_a_draft_that_lies_is_named_to_its_writer_and_the_coordinator_once(
    database: Database, house: House, travel: Travel
) -> None:
    report_id = draft(database, house)
    after(database, travel, 20)
    assert lying(database) == []

    post = after(database, travel, 21)
    after(database, travel, 28)

    people = (house.focal_point.person_id, house.coordinator.person_id)
    assert lying(database) == [(report_id, person_id, Delivery.SENT) for person_id in people]
    assert "In draft, untouched since 2\N{NO-BREAK SPACE}March" in post.text_to(
        "ana.focal@example.org"
    )


def test_a_returned_report_that_lies_is_named_again(
    database: Database, house: House, travel: Travel
) -> None:
    report_id = send_back(database, house)

    after(database, travel, 7)

    people = (house.focal_point.person_id, house.coordinator.person_id)
    assert lying(database) == [(report_id, person_id, Delivery.SENT) for person_id in people]


def test_a_submitted_report_that_lies_is_named_to_coordinators_while_managers_are_reminded(
    database: Database, house: House, travel: Travel
) -> None:
    report_id = submit(database, house)
    for days in (0, 7, 14):
        after(database, travel, days)

    assert lying(database) == [(report_id, house.coordinator.person_id, Delivery.SENT)]
    assert [person for _report, person, _state in told(database, ReminderKind.CLEARANCE)] == [
        house.manager.person_id
    ] * 3


def test_what_is_settled_before_the_mail_goes_out_is_named_no_more(
    database: Database, house: House, travel: Travel
) -> None:
    report_id = submit(database, house)
    travel.to(BEGIN + timedelta(days=13))
    with database.transaction() as session:
        clear_report(
            session, report_id=report_id, version=report_on(session, house.mandates[0]).version,
            actor=house.manager, at=clock.now(),
        )  # fmt: skip

    after(database, travel, 14)

    assert lying(database) == []


def test_coordinators_are_told_of_a_declined_mandate_until_it_is_assigned_anew(
    database: Database, house: House, travel: Travel
) -> None:
    mandate_id = house.mandates[0]
    with arranging(), database.transaction() as session:
        decline(session, mandate_id, house)

    post = after(database, travel, 0)

    text = post.text_to("carla.coordinator@example.org")
    assert "DECLINED: SOMEBODY ELSE IS NEEDED" in text
    assert "Reason given: “Trade does it.”" in text
    assert f"/mandates/{mandate_id}/assign" in text
    with database.reading() as session:
        (row,) = reminders_of_person(session, house.coordinator.person_id).rows
    assert (row.kind, row.report_id) == (ReminderKind.DECLINED, None)


def test_the_reason_for_declining_a_confidential_mandate_stays_in_the_house(
    database: Database, house: House, travel: Travel
) -> None:
    with arranging(), database.transaction() as session:
        decline(session, house.mandates[0], house)
        session.get_one(Mandate, house.mandates[0]).sensitivity = Sensitivity.CONFIDENTIAL

    text = after(database, travel, 0).text_to("carla.coordinator@example.org")

    assert "DECLINED" in text
    assert "Trade does it." not in text


def decline(session: Session, mandate_id: int, house: House) -> None:
    assignment = Assignment(
        mandate_id=mandate_id, unit_id=house.statistics, assigned_at=BEGIN,
        assigned_by_id=house.coordinator.person_id,
    )  # fmt: skip
    session.add(assignment)
    session.flush()
    session.add(
        AssignmentAnswer(
            assignment_id=assignment.id, is_accepted=False, reason="Trade does it.",
            answered_at=BEGIN, answered_by_id=house.focal_point.person_id,
        )
    )  # fmt: skip
    session.get_one(Mandate, mandate_id).acceptance = Acceptance.DECLINED


def test_coordinators_are_told_of_mandates_that_nobody_leads_or_whose_focal_point_left(
    database: Database, house: House, travel: Travel
) -> None:
    with arranging(), database.transaction() as session:
        report_id = report_on(session, house.mandates[2]).id
        session.get_one(Person, house.other_focal_point.person_id).is_active = False
        free = session.get_one(Mandate, house.mandates[0])
        free.lead_unit_id = free.focal_point_id = None

    post = after(database, travel, 7)

    found = told(database, ReminderKind.OWNERLESS)
    assert [report for report, _person, _state in found] == [None, report_id]
    text = post.text_to("carla.coordinator@example.org")
    assert "No unit leads it" in text
    assert "Its focal point has left." in text


def test_a_long_list_is_told_by_its_first_and_a_number(
    database: Database, house: House, travel: Travel
) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(V)", "13-v")
        for number in range(1, 16):
            make_mandate(session, instrument, str(number), None)

    post = after(database, travel, 7)

    assert "3 more are not named here." in post.text_to("carla.coordinator@example.org")
    assert len(told(database, ReminderKind.OWNERLESS)) == 15
