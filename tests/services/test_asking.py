"""An assignment makes or re-points the report of the open period, and keeps its history."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import DUE_ON, TEXT, House, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.workflow import Review
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Assignment, Mandate
from tracker.models.progress import DueDate, ProgressReport
from tracker.services.asking import ask_in_open_periods
from tracker.services.due_dates import extend_due_date
from tracker.services.periods import lock_period
from tracker.services.progress import submit_report

Assign = Callable[..., list[ProgressReport]]


@pytest.fixture
def assign(database: Database, house: House) -> Assign:
    """Return a function that assigns the first mandate as the service for mandates does."""

    def assign_first(unit_id: int, person_id: int | None, due_on: date | None) -> list[object]:
        with arranging(), database.transaction() as session:
            mandate = session.get_one(Mandate, house.mandates[0])
            mandate.lead_unit_id = unit_id
            mandate.focal_point_id = person_id
            mandate.due_on = due_on
            session.add(
                Assignment(
                    mandate_id=mandate.id,
                    unit_id=unit_id,
                    person_id=person_id,
                    due_on=due_on,
                    assigned_at=clock.now(),
                    assigned_by_id=house.coordinator.person_id,
                )
            )
            return list(
                ask_in_open_periods(
                    session, mandate=mandate, actor=house.coordinator, at=clock.now()
                )
            )

    return assign_first  # type: ignore[return-value]


def due_dates(session: Session, report_id: int) -> list[tuple[date, str]]:
    rows = session.execute(
        select(DueDate.due_on, DueDate.reason)
        .where(DueDate.report_id == report_id)
        .order_by(DueDate.id)
    )
    return [(due_on, reason) for due_on, reason in rows]


def test_a_mandate_that_gets_a_lead_unit_late_is_asked_about_in_the_open_period(
    database: Database, house: House, assign: Assign
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).lead_unit_id = None
    with database.transaction() as session:
        open_biennium(session, house)

    (report,) = assign(house.trade, None, date(2026, 9, 1))

    assert (report.unit_id, report.focal_point_id) == (house.trade, None)
    assert report.due_on == date(2026, 9, 1)
    with database.reading() as session:
        assert due_dates(session, report.id) == [(date(2026, 9, 1), "")]
        entries = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert entries == ["open_period", "ask_for_report"]


def test_a_report_follows_its_mandate_to_another_unit(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    (report,) = assign(house.trade, house.other_focal_point.person_id, None)

    assert report.unit_id == house.trade
    assert report.focal_point_id == house.other_focal_point.person_id
    assert report.overdue_at == datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
    with database.reading() as session:
        assert [due_on for due_on, _ in due_dates(session, report.id)] == [DUE_ON, DUE_ON]


def test_another_due_date_is_a_further_row_with_its_reason(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    (report,) = assign(house.statistics, house.focal_point.person_id, date(2026, 8, 31))

    with database.reading() as session:
        assert due_dates(session, report.id) == [
            (DUE_ON, ""),
            (date(2026, 8, 31), "The mandate was given another due date."),
        ]


def test_an_extension_outlives_a_change_of_focal_point(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    (report,) = assign(house.statistics, house.focal_point.person_id, date(2026, 7, 15))
    with database.transaction() as session:
        extend_due_date(
            session,
            report_id=report.id,
            due_on=date(2026, 8, 15),
            reason="The census ends in July.",
            actor=house.manager,
            at=clock.now(),
        )

    (report,) = assign(house.statistics, None, date(2026, 7, 15))

    assert report.focal_point_id is None
    assert report.due_on == date(2026, 8, 15)


def test_an_extension_outlives_a_second_look_at_the_mandate(
    database: Database, house: House, assign: Assign, travel: Travel
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    assign(house.statistics, None, date(2026, 7, 1))
    (report,) = assign(house.statistics, None, date(2026, 7, 15))
    with database.transaction() as session:
        extend_due_date(
            session,
            report_id=report.id,
            due_on=date(2026, 8, 15),
            reason="The census ends in July.",
            actor=house.manager,
            at=travel.by(timedelta(days=1)),
        )

    with database.transaction() as session:
        (report,) = ask_in_open_periods(
            session,
            mandate=session.get_one(Mandate, house.mandates[0]),
            actor=house.coordinator,
            at=travel.by(timedelta(days=1)),
        )

    assert report.due_on == date(2026, 8, 15)


def test_assigning_the_same_again_leaves_no_trace(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    (report,) = assign(house.statistics, house.focal_point.person_id, None)

    with database.reading() as session:
        assert due_dates(session, report.id) == [(DUE_ON, "")]
        assert session.scalars(select(AuditEntry.action)).all() == ["open_period"]


def test_a_submitted_report_moves_to_the_new_unit_but_keeps_its_date(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    (report,) = assign(house.trade, None, date(2026, 12, 1))

    assert (report.unit_id, report.due_on) == (house.trade, DUE_ON)


def test_a_cleared_report_stays_with_the_unit_that_wrote_it(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with arranging(), database.transaction() as session:
        report_on(session, house.mandates[0]).review = Review.CLEARED

    (report,) = assign(house.trade, None, None)

    assert report.unit_id == house.statistics


def test_a_locked_period_and_a_mandate_set_aside_are_left_alone(
    database: Database, house: House, assign: Assign
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        lock_period(
            session, period_id=period.id, version=1, actor=house.coordinator, at=clock.now()
        )
    assert assign(house.trade, None, None) == []

    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).requires_action = False
    assert assign(house.statistics, None, None) == []
