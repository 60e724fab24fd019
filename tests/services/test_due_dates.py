"""More time and waivers: further rows with their reasons, never an overwritten date."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import DUE_ON, TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.progress import DueDate, ProgressReport, Waiver
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.progress import save_draft, submit_report

LATER = date(2026, 8, 31)


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def extend(
    session: Session,
    report_id: int,
    actor: Actor,
    due_on: date = LATER,
    reason: str = "The census ends in July.",
) -> ProgressReport:
    return extend_due_date(
        session, report_id=report_id, due_on=due_on, reason=reason, actor=actor, at=clock.now()
    )


def waive(
    session: Session,
    report_id: int,
    actor: Actor,
    version: int = 1,
    reason: str = "The island was under water.",
) -> ProgressReport:
    return waive_report(
        session, report_id=report_id, version=version, reason=reason, actor=actor, at=clock.now()
    )


def submit(session: Session, report_id: int, house: House) -> None:
    submit_report(
        session, report_id=report_id, version=1, text=TEXT, actor=house.focal_point, at=clock.now()
    )


@pytest.mark.parametrize("name", ["manager", "coordinator"])
def test_an_extension_is_a_further_row_and_overdue_follows_it(
    database: Database, house: House, report_id: int, name: str
) -> None:
    with database.transaction() as session:
        extend(session, report_id, getattr(house, name))

    with database.reading() as session:
        report = session.get_one(ProgressReport, report_id)
        assert report.due_on == LATER
        assert report.overdue_at == datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
        history = session.execute(select(DueDate.due_on, DueDate.reason).order_by(DueDate.id))
        assert [tuple(row) for row in history if row.due_on == LATER or row.reason] == [
            (LATER, "The census ends in July.")
        ]
        assert session.scalars(
            select(DueDate.due_on).where(DueDate.report_id == report_id).order_by(DueDate.id)
        ).all() == [DUE_ON, LATER]
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert entry.before is not None
        assert entry.before["due_on"] == DUE_ON.isoformat()


def test_more_time_makes_no_unfinished_form_stale(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        extend(session, report_id, house.manager)

    with database.transaction() as session:
        submit(session, report_id, house)


@pytest.mark.parametrize(
    ("due_on", "reason", "field"),
    [
        pytest.param(DUE_ON, "Why not.", "due_on", id="the same day"),
        pytest.param(date(2026, 6, 1), "Why not.", "due_on", id="an earlier day"),
        pytest.param(LATER, "  ", "reason", id="no reason"),
    ],
)
def test_an_extension_gives_more_time_and_a_reason(
    database: Database, house: House, report_id: int, due_on: date, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal, database.transaction() as session:
        extend(session, report_id, house.manager, due_on, reason)

    assert refusal.value.field == field


@pytest.mark.parametrize("name", ["focal_point", "other_manager", "viewer"])
def test_others_do_not_give_more_time(
    database: Database, house: House, report_id: int, name: str
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        extend(session, report_id, getattr(house, name))


def test_an_answered_report_needs_no_more_time_and_no_waiver(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house)

    with pytest.raises(WrongState, match="needs no more time"), database.transaction() as session:
        extend(session, report_id, house.manager)
    with pytest.raises(WrongState, match="cannot be waived"), database.transaction() as session:
        waive(session, report_id, house.coordinator, version=2)


def test_a_waived_report_takes_no_answer_and_says_why(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        assert waive(session, report_id, house.coordinator).is_waived

    with database.reading() as session:
        assert session.scalars(select(Waiver.reason)).all() == ["The island was under water."]
    with pytest.raises(WrongState, match="was waived"), database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())


def test_a_waiver_is_the_coordinators_and_has_a_reason(
    database: Database, house: House, report_id: int
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        waive(session, report_id, house.manager)
    with pytest.raises(Invalid, match="Enter the reason"), database.transaction() as session:
        waive(session, report_id, house.coordinator, reason="")
    with pytest.raises(Stale), database.transaction() as session:
        waive(session, report_id, house.coordinator, version=7)
