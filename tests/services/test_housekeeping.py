"""What is forgotten after a while, and what is not."""

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.models.jobs import JobRun, Lease
from tracker.models.people import FailedSignIn
from tracker.services.housekeeping import (
    forget_ended_leases,
    forget_failed_sign_ins,
    forget_old_runs,
    forget_recognised_pages,
    forget_uploads,
)
from tracker.services.leases import take_lease
from tracker.storage import FileStore, PageStore


def add_run(database: Database, name: str) -> None:
    with database.transaction() as session:
        session.add(JobRun(name=name, started_at=clock.now(), is_success=True))


def test_runs_older_than_ninety_days_are_forgotten_save_the_last_of_each_job(
    database: Database, travel: Travel
) -> None:
    for name in ("reminders", "reminders", "housekeeping"):
        add_run(database, name)
    travel.by(timedelta(days=91))
    add_run(database, "reminders")

    with database.transaction() as session:
        assert forget_old_runs(session, at=clock.now()) == 2

    with database.reading() as session:
        left = session.scalars(select(JobRun.name).order_by(JobRun.id)).all()
    assert left == ["housekeeping", "reminders"]


def test_failed_sign_ins_are_forgotten_after_a_day(database: Database, travel: Travel) -> None:
    for hours in (0, 2):
        travel.by(timedelta(hours=hours))
        with database.transaction() as session:
            session.add(FailedSignIn(email_digest="0" * 64, failed_at=clock.now()))
    travel.by(timedelta(hours=23))

    with database.transaction() as session:
        assert forget_failed_sign_ins(session, at=clock.now()) == 1


def test_leases_that_ran_out_are_forgotten(database: Database, travel: Travel) -> None:
    with database.transaction() as session:
        for name, minutes in (("short", 1), ("long", 60)):
            lasts = timedelta(minutes=minutes)
            take_lease(session, name=name, holder="one", at=clock.now(), lasts=lasts)
    travel.by(timedelta(minutes=2))

    with database.transaction() as session:
        assert forget_ended_leases(session, at=clock.now()) == 1

    with database.reading() as session:
        assert session.scalars(select(Lease.name)).all() == ["long"]


def test_an_upload_that_nobody_confirmed_is_removed_after_a_week(tmp_path: Path) -> None:
    uploads = FileStore(tmp_path)
    old, new = uploads.keep(b"old"), uploads.keep(b"new")
    for digest, days in ((old, 8), (new, 6)):
        stored_at = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(tmp_path / digest[:2] / digest, (stored_at, stored_at))

    removed = forget_uploads(uploads, at=clock.now())

    assert removed == 1
    assert uploads.content_of(new) == b"new"
    assert uploads.older_than(clock.now()) == [new]


def test_recognised_pages_that_nobody_needs_are_forgotten_after_a_week(
    tmp_path: Path, travel: Travel
) -> None:
    pages = PageStore(tmp_path)
    for digest in ("a" * 64, "b" * 64):
        pages.keep(digest, 1, b"{}", b"picture")
        os.utime(tmp_path / digest[:2] / digest, (clock.now().timestamp(),) * 2)
    travel.by(timedelta(days=8))

    assert forget_recognised_pages(pages, needed={"a" * 64}, at=clock.now()) == 1

    assert (pages.text_of("a" * 64, 1), pages.text_of("b" * 64, 1)) == (b"{}", None)
