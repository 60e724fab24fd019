"""Moving the days of a period moves the reports that are due with it, and no others."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import (
    DUE_ON,
    TEXT,
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import DueDate, ReportingPeriod
from tracker.queries.period_moves import UnitMoves, moves_by_unit
from tracker.queries.periods import find_last_move, plan_of
from tracker.services.due_dates import extend_due_date
from tracker.services.period_dates import move_period
from tracker.services.periods import lock_period
from tracker.services.progress import submit_report

LATER = date(2026, 7, 31)
Move = Callable[..., None]


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    with database.transaction() as session:
        return open_biennium(session, house).id


@pytest.fixture
def move(database: Database, house: House, period_id: int) -> Move:
    """Return what moves the period's days."""

    def moving(
        plan: PeriodPlan,
        *,
        reason: str = "The session was moved.",
        version: int = 1,
        actor: Actor = house.coordinator,
    ) -> None:
        with database.transaction() as session:
            move_period(
                session,
                period_id=period_id,
                version=version,
                plan=plan,
                reason=reason,
                actor=actor,
                at=clock.now(),
            )

    return moving


def test_reports_that_are_due_with_the_period_move_along(
    database: Database, house: House, period_id: int, move: Move
) -> None:
    with database.transaction() as session:
        extended = report_on(session, house.mandates[1]).id
        extend_due_date(
            session,
            report_id=extended,
            due_on=date(2026, 7, 10),
            reason="Two missions are under way.",
            actor=house.manager,
            at=clock.now(),
        )
        answered = report_on(session, house.mandates[2])
        submit_report(
            session,
            report_id=answered.id,
            version=1,
            text=TEXT,
            actor=house.other_focal_point,
            at=clock.now(),
        )
    with database.reading() as session:
        assert moves_by_unit(session, period_id) == [
            UnitMoves("Statistics Division", 1, 1, 0),
            UnitMoves("Trade Division", 0, 0, 1),
        ]

    move(PeriodPlan(LATER))

    with database.reading() as session:
        reports = [report_on(session, mandate_id) for mandate_id in house.mandates]
        assert [report.due_on for report in reports] == [LATER, date(2026, 7, 10), DUE_ON]
        assert [report.version for report in reports] == [1, 1, 2]
        history = session.scalars(
            select(DueDate).where(DueDate.report_id == reports[0].id).order_by(DueDate.id)
        ).all()
        assert [(row.due_on, row.reason) for row in history] == [
            (DUE_ON, ""),
            (LATER, "The session was moved."),
        ]
        assert reports[0].overdue_at == history[1].overdue_at


def test_other_days_move_no_report(
    database: Database, house: House, period_id: int, move: Move
) -> None:
    plan = PeriodPlan(DUE_ON, clearance_on=LATER, slot_on=date(2026, 8, 20))

    move(plan)

    with database.reading() as session:
        assert plan_of(session.get_one(ReportingPeriod, period_id)) == plan
        assert len(session.scalars(select(DueDate.id)).all()) == len(house.mandates)
        last = find_last_move(session, period_id)
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.by, last.reason) == ("Carla Coordinator", "The session was moved.")
    assert entry is not None
    assert (entry.before, entry.after) == (
        {"clearance_on": None, "slot_on": None},
        {
            "clearance_on": "2026-07-31",
            "slot_on": "2026-08-20",
            "reason": "The session was moved.",
            "report_count": 0,
        },
    )


@pytest.mark.parametrize(
    ("plan", "reason", "sentence"),
    [
        (PeriodPlan(DUE_ON), "Moved.", "No day differs"),
        (PeriodPlan(LATER), " ", "Enter the reason"),
        (PeriodPlan(DUE_ON, slot_on=date(2026, 6, 1)), "Moved.", "lies before the reports are due"),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    database: Database, move: Move, period_id: int, plan: PeriodPlan, reason: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        move(plan, reason=reason)

    with database.reading() as session:
        assert session.get_one(ReportingPeriod, period_id).due_on == DUE_ON


def test_a_period_is_moved_by_the_coordinator_over_nobodys_change_and_while_it_is_open(
    database: Database, house: House, period_id: int, move: Move
) -> None:
    with pytest.raises(NotAllowed):
        move(PeriodPlan(LATER), actor=house.manager)
    with pytest.raises(Stale):
        move(PeriodPlan(LATER), version=7)
    with database.transaction() as session:
        lock_period(
            session, period_id=period_id, version=1, actor=house.coordinator, at=clock.now()
        )

    with pytest.raises(WrongState, match="takes no answers"):
        move(PeriodPlan(LATER), version=2)


def test_moving_takes_the_same_statements_however_many_reports(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.trade)
        for number in range(200):
            make_mandate(session, instrument, str(number), unit)
    with database.transaction() as session:
        period = open_biennium(session, house)

    with database.transaction() as session, counted_statements(database) as statements:
        move_period(
            session,
            period_id=period.id,
            version=1,
            plan=PeriodPlan(LATER),
            reason="Moved.",
            actor=house.coordinator,
            at=clock.now(),
        )

    assert len(statements) < 12
