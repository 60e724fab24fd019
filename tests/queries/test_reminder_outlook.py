"""What will go out: the same as what then does, told before, and told of nothing twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.post import SITE, TOKENS, Post
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.mandates import Lifecycle
from tracker.domain.reminders import ReminderKind, Silence
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.reminder_history import (
    reminders_of_person,
    reminders_of_report,
    silence_about,
)
from tracker.queries.reminder_outlook import mails_ahead, outlook
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.due_dates import waive_report
from tracker.services.periods import lock_period
from tracker.services.progress import clear_report, submit_report
from tracker.services.reminders import plan_reminders

BEGIN = datetime(2026, 6, 15, 9, tzinfo=UTC)  # a Monday; the reports are due on 30 June


@pytest.fixture
def report_id(database: Database, house: House, travel: Travel) -> int:
    """Open the biennium long ago, arrive two weeks before the due day, return the first report."""
    travel.to(BEGIN)
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        return report_on(session, house.mandates[0]).id


def submit(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=session.get_one(ProgressReport, report_id).version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )


def test_what_was_foretold_is_what_is_told_then(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    with database.reading() as session:
        foretold = [
            (at, occasion.name, occasion.recipient_id)
            for at, occasion in outlook(session, after=clock.now(), days=40)
        ]

    told: list[tuple[datetime, str, int]] = []
    first_ring = BEGIN + timedelta(hours=1)
    for at in [first_ring, *(BEGIN.replace(hour=6) + timedelta(days=n) for n in range(1, 41))]:
        travel.to(at)
        with database.transaction() as session:
            plan_reminders(session, at=at)
        with database.transaction() as session:
            collect_digests(session, at=at)
        deliver_pending(database, Post(), site=SITE, tokens=TOKENS, at=at)
        with database.reading() as session:
            known = {(name, person) for _at, name, person in told}
            told += [(at, name, person) for name, person in ledger(session) - known]

    assert sorted(foretold) == sorted(told)
    assert len(foretold) > 6


def ledger(session: Session) -> set[tuple[str, int]]:
    rows = session.execute(
        select(Notification.occasion, Notification.recipient_id).where(
            Notification.state == Delivery.SENT
        )
    )
    return {(name, person_id) for name, person_id in rows}


def test_a_mail_tells_how_many_of_each_kind(
    database: Database, house: House, report_id: int
) -> None:
    with database.reading() as session:
        mails = mails_ahead(session, after=clock.now(), days=14)

    first = mails[0]
    assert (first.recipient, first.counts) == ("Ana Focal", {ReminderKind.DUE: 2})
    assert first.at == datetime(2026, 6, 16, 6, tzinfo=UTC)


def test_what_was_answered_is_not_to_come(database: Database, house: House, report_id: int) -> None:
    submit(database, house, report_id)

    with database.reading() as session:
        ahead = outlook(session, after=clock.now(), days=14, report_ids=[report_id])

    assert {occasion.kind for _at, occasion in ahead} == {ReminderKind.CLEARANCE}
    assert {occasion.recipient_id for _at, occasion in ahead} == {house.manager.person_id}


def test_looking_ahead_takes_as_many_statements_for_many_reports_as_for_one(
    database: Database, house: House, report_id: int
) -> None:
    def statements(report_ids: list[int] | None) -> int:
        with counted_statements(database) as sent, database.reading() as session:
            outlook(session, after=clock.now(), days=14, report_ids=report_ids)
        return len(sent)

    assert statements(None) == statements([report_id])


def test_the_history_says_what_became_of_a_reminder(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    travel.to(BEGIN + timedelta(days=1))
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    submit(database, house, report_id)
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())

    with database.reading() as session:
        of_report = reminders_of_report(session, report_id)
        of_ana = reminders_of_person(session, house.focal_point.person_id)

    cancelled = of_report.rows[-1]
    assert (cancelled.kind, cancelled.state) == (ReminderKind.DUE, Delivery.CANCELLED)
    assert "answered" in cancelled.reason
    assert {row.recipient for row in of_report.rows} == {"Ana Focal", "Mona Manager"}
    assert of_ana.total == 2
    assert {row.reference.path for row in of_ana.rows if row.reference} == {"5.a", "5.b"}


def waive(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        waive_report(
            session,
            report_id=report_id,
            version=session.get_one(ProgressReport, report_id).version,
            reason="Nothing is asked this time.",
            actor=house.coordinator,
            at=clock.now(),
        )


def lock(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        report = session.get_one(ProgressReport, report_id)
        lock_period(
            session, period_id=report.period_id, version=1, actor=house.coordinator, at=clock.now()
        )


def end(database: Database, house: House, report_id: int) -> None:
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, house.mandates[0])
        mandate.lifecycle, mandate.lifecycle_source = Lifecycle.SUPERSEDED, "14(V), para. 2"


def clear(database: Database, house: House, report_id: int) -> None:
    submit(database, house, report_id)
    with database.transaction() as session:
        clear_report(
            session,
            report_id=report_id,
            version=session.get_one(ProgressReport, report_id).version,
            actor=house.manager,
            at=clock.now(),
        )


@pytest.mark.parametrize(
    ("act", "silence"),
    [
        (waive, Silence.WAIVED),
        (lock, Silence.PERIOD_CLOSED),
        (end, Silence.WITHDRAWN),
        (clear, Silence.CLEARED),
        (submit, None),
    ],
)
def test_a_silence_has_its_reason_and_nothing_is_to_come(
    database: Database,
    house: House,
    report_id: int,
    act: Callable[[Database, House, int], None],
    silence: Silence | None,
) -> None:
    act(database, house, report_id)

    with database.reading() as session:
        assert silence_about(session, report_id, at=clock.now()) is silence
        ahead = outlook(session, after=clock.now(), days=14, report_ids=[report_id])
    assert bool(ahead) is (silence is None)


def test_before_the_call_of_a_period_the_page_says_why_nobody_is_reminded_yet(
    database: Database, house: House, report_id: int
) -> None:
    with arranging(), database.transaction() as session:
        period = session.get_one(ProgressReport, report_id).period_id
        call_on = (clock.now() + timedelta(days=3)).date()
        session.get_one(ReportingPeriod, period).call_on = call_on

    with database.reading() as session:
        assert silence_about(session, report_id, at=clock.now()) is Silence.BEFORE_CALL
        later = clock.now() + timedelta(days=5)
        assert silence_about(session, report_id, at=later) is None
