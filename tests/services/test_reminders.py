"""The ledger of reminders: planned once, reopened, cancelled, and nothing told that is answered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.many_things import make_many_things
from tests.reporting import DUE_ON, TEXT, House, counted_statements, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.reminders import ReminderKind
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.services import reminders
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.periods import lock_period
from tracker.services.progress import return_report, submit_report
from tracker.services.reminders import NO_LONGER_HOLDS, REPLACED, Planning, plan_reminders

LONG_AGO = datetime(2026, 2, 1, tzinfo=UTC)
TWO_WEEKS_BEFORE = datetime(2026, 6, 16, 9, tzinfo=UTC)


@pytest.fixture
def report_id(database: Database, house: House, travel: Travel) -> int:
    """Open the biennium long ago, arrive two weeks before the due day, return the first report."""
    travel.to(TWO_WEEKS_BEFORE)
    with database.transaction() as session:
        open_biennium(session, house, at=LONG_AGO)
        return report_on(session, house.mandates[0]).id


def plan(database: Database) -> Planning:
    with database.transaction() as session:
        return plan_reminders(session, at=clock.now())


def ledger(database: Database, report_id: int) -> dict[str, Delivery]:
    with database.reading() as session:
        rows = session.scalars(
            select(Notification)
            .where(Notification.report_id == report_id)
            .order_by(Notification.id)
        )
        return {row.occasion.removeprefix(f"due:{report_id}:"): row.state for row in rows}


def submit(database: Database, report_id: int, house: House, version: int = 1) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )


def test_a_reminder_is_planned_once_however_often_the_job_runs(
    database: Database, report_id: int
) -> None:
    first, second = plan(database), plan(database)

    assert first == Planning(planned=3, reopened=0, cancelled=0)
    assert second == Planning(planned=0, reopened=0, cancelled=0)
    assert ledger(database, report_id) == {"2026-06-30:T-14": Delivery.PENDING}


def test_a_later_reminder_takes_the_place_of_one_that_never_went_out(
    database: Database, report_id: int, travel: Travel
) -> None:
    plan(database)
    travel.by(timedelta(days=11))

    plan(database)

    assert ledger(database, report_id) == {
        "2026-06-30:T-14": Delivery.CANCELLED,
        "2026-06-30:T-3": Delivery.PENDING,
    }
    assert reason_of(database, report_id, "T-14") == REPLACED


def test_an_answer_cancels_what_is_pending(
    database: Database, house: House, report_id: int
) -> None:
    plan(database)
    submit(database, report_id, house)

    plan(database)

    states = ledger(database, report_id)
    assert states["2026-06-30:T-14"] is Delivery.CANCELLED
    assert states[f"clearance:{report_id}:R1"] is Delivery.PENDING
    assert reason_of(database, report_id, "T-14") == NO_LONGER_HOLDS


def test_a_returned_report_is_pending_for_its_focal_point(
    database: Database, house: House, report_id: int
) -> None:
    submit(database, report_id, house)
    with database.transaction() as session:
        return_report(
            session,
            report_id=report_id,
            version=report_on(session, house.mandates[0]).version,
            remark="Say how many.",
            actor=house.manager,
            at=clock.now(),
        )

    plan(database)

    with database.reading() as session:
        row = session.scalars(
            select(Notification).where(Notification.occasion == f"returned:{report_id}:R2")
        ).one()
        assert row.recipient_id == house.focal_point.person_id


def test_more_time_cancels_the_reminder_of_the_old_date(
    database: Database, house: House, report_id: int
) -> None:
    plan(database)
    with database.transaction() as session:
        extend_due_date(
            session,
            report_id=report_id,
            due_on=date(2026, 9, 30),
            reason="The mission was put off.",
            actor=house.coordinator,
            at=clock.now(),
        )

    plan(database)

    assert ledger(database, report_id) == {"2026-06-30:T-14": Delivery.CANCELLED}


@pytest.mark.parametrize("sent", [False, True], ids=["unsent", "sent"])
def test_a_date_moved_and_moved_back_reopens_what_was_not_sent(
    database: Database, report_id: int, sent: bool
) -> None:
    plan(database)
    with arranging(), database.transaction() as session:
        report = session.get_one(ProgressReport, report_id)
        report.due_on, before = date(2026, 9, 30), report.due_on
        overdue_at, report.overdue_at = report.overdue_at, datetime(2026, 10, 1, 4, tzinfo=UTC)
        if sent:
            for row in session.scalars(select(Notification)):
                row.state = Delivery.SENT
    plan(database)
    with arranging(), database.transaction() as session:
        report = session.get_one(ProgressReport, report_id)
        report.due_on, report.overdue_at = before, overdue_at

    planning = plan(database)

    assert before == DUE_ON
    assert planning.reopened == (0 if sent else 1)
    assert ledger(database, report_id) == {
        "2026-06-30:T-14": Delivery.SENT if sent else Delivery.PENDING
    }


def test_a_waived_report_reminds_nobody(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        waive_report(
            session,
            report_id=report_id,
            version=1,
            reason="Nothing is asked this time.",
            actor=house.coordinator,
            at=clock.now(),
        )

    plan(database)

    assert ledger(database, report_id) == {}


def test_a_locked_period_reminds_nobody(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        period = session.scalars(select(ReportingPeriod)).one()
        lock_period(
            session,
            period_id=period.id,
            version=period.version,
            actor=house.coordinator,
            at=clock.now(),
        )

    assert plan(database) == Planning(planned=0, reopened=0, cancelled=0)


def test_who_left_is_not_reminded_and_their_unit_is(
    database: Database, house: House, report_id: int
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).is_active = False

    plan(database)

    with database.reading() as session:
        rows = session.scalars(select(Notification).where(Notification.report_id == report_id))
        assert {row.kind: row.recipient_id for row in rows} == {
            ReminderKind.DUE: house.manager.person_id,
            ReminderKind.OWNERLESS: house.coordinator.person_id,
        }


def test_planning_takes_as_many_statements_for_many_reports_as_for_few(
    database: Database, report_id: int
) -> None:
    with counted_statements(database) as statements:
        plan(database)

    assert ledger(database, report_id)
    assert len([text for text in statements if not text.startswith("BEGIN")]) <= 21


@pytest.mark.parametrize("reports", [1, 7])
def test_the_same_is_planned_however_few_reports_are_held_at_once(
    database: Database, travel: Travel, monkeypatch: pytest.MonkeyPatch, reports: int
) -> None:
    travel.to(TWO_WEEKS_BEFORE)
    with arranging(), database.transaction() as session:
        make_many_things(session, 1, at=TWO_WEEKS_BEFORE)

    at_once = planned_and_undone(database)
    monkeypatch.setattr(reminders, "_REPORTS_HELD", reports)
    in_parts = planned_and_undone(database)

    assert in_parts == at_once
    assert all(count > 0 for count in (at_once[0].planned, at_once[0].cancelled))
    assert {"due", "overdue", "lying"} <= {row[0] for row in at_once[1]}


def planned_and_undone(database: Database) -> tuple[Planning, Sequence[tuple[object, ...]]]:
    """Return what is planned now and the whole ledger then; nothing of it is kept."""
    columns = (
        Notification.kind, Notification.occasion, Notification.recipient_id,
        Notification.report_id, Notification.mandate_id, Notification.due_on,
        Notification.state, Notification.reason,
    )  # fmt: skip
    order = Notification.occasion, Notification.recipient_id
    with database.transaction() as session:
        planning = plan_reminders(session, at=clock.now())
        rows = [tuple(row) for row in session.execute(select(*columns).order_by(*order))]
        session.rollback()
    return planning, rows


def reason_of(database: Database, report_id: int, ending: str) -> str:
    with database.reading() as session:
        rows = session.scalars(select(Notification).where(Notification.report_id == report_id))
        return next(row.reason for row in rows if row.occasion.endswith(ending))
