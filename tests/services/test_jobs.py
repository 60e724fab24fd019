"""Runs of jobs that were cut short, noted by two processes at once."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from tracker.database import Database
from tracker.models.jobs import JobRun
from tracker.services.jobs import begin_run, fail_interrupted_runs

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)


def test_each_run_that_never_ended_is_noted(database: Database) -> None:
    with database.transaction() as session:
        for name in ("deliver", "deliver", "reminders"):
            begin_run(session, name=name, at=AT, next_ring_at=None)
        fail_interrupted_runs(session, name="deliver", at=AT)

    with database.reading() as session:
        runs = session.execute(select(JobRun.name, JobRun.is_success).order_by(JobRun.id)).all()

    assert [tuple(run) for run in runs] == [
        ("deliver", False),
        ("deliver", False),
        ("reminders", None),
    ]


@pytest.mark.postgres
def test_a_run_that_another_process_notes_is_waited_for_by_nobody(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as database:
        with database.transaction() as session:
            taken, free = (
                begin_run(session, name="deliver", at=AT, next_ring_at=None) for _ in range(2)
            )

        with database.transaction() as other:
            other.execute(select(JobRun).where(JobRun.id == taken).with_for_update())
            with database.transaction() as session:
                session.execute(text("SET LOCAL lock_timeout = '2s'"))
                fail_interrupted_runs(session, name="deliver", at=AT)

        with database.reading() as session:
            ended = session.scalars(select(JobRun.id).where(JobRun.finished_at.is_not(None))).all()

    assert ended == [free]
