"""The mails to come where very many reports wait: worked out apart, kept, shown with their age."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, open_biennium
from tests.visitors import submit, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.jobs.outlooks import foresee_mails
from tracker.jobs.tasks import run_task
from tracker.models.jobs import BackgroundTask, TaskState
from tracker.models.outlooks import Outlook
from tracker.queries import kept_outlooks
from tracker.queries.reminder_outlook import mails_ahead
from tracker.services.background_tasks import claim_task, end_task

__all__ = ["coordinator", "database", "house", "installation"]
PAGE = "/admin/deliveries/ahead"


@pytest.fixture
def many(
    coordinator: FlaskClient, database: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> House:
    """Open a period whose reports are more than a page works out."""
    monkeypatch.setattr(kept_outlooks, "MOST_AT_ONCE", 0)
    with database.transaction() as session:
        open_biennium(session, house, due_on=clock.today("UTC") + timedelta(days=9))
    return house


def claimed(database: Database) -> int:
    """Let the scheduler take what was asked for; return its id."""
    with database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        return task.id


def tasks_of(database: Database) -> list[TaskState]:
    with database.reading() as session:
        return list(session.scalars(select(BackgroundTask.state).order_by(BackgroundTask.id)))


def test_until_somebody_works_it_out_the_page_says_how_it_comes(
    coordinator: FlaskClient, many: House
) -> None:
    text = text_of(coordinator.get(PAGE))

    assert "So many reports wait that it is worked out at night" in text
    assert "Work it out now" in text
    assert "No reminder is to go out" not in text


def test_what_is_kept_is_what_the_page_would_have_worked_out(
    coordinator: FlaskClient,
    installation: Installation,
    database: Database,
    many: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    foresee_mails(installation, clock.now())
    kept = text_of(coordinator.get(PAGE))

    monkeypatch.setattr(kept_outlooks, "MOST_AT_ONCE", 10)
    at_once = text_of(coordinator.get(PAGE))

    with database.reading() as session:
        assert mails_ahead(session, after=clock.now(), days=14)
    assert "Ana Focal" in at_once
    assert kept.partition("Show this day")[2] == at_once.partition("Show this day")[2]
    assert kept.partition(" mails in")[0] == at_once.partition(" mails in")[0]


def test_one_day_is_taken_from_what_is_kept(
    coordinator: FlaskClient, installation: Installation, database: Database, many: House
) -> None:
    foresee_mails(installation, clock.now())
    with database.reading() as session:
        mails = mails_ahead(session, after=clock.now(), days=90)
    latest = mails[-1].at.date()
    count = sum(mail.at.date() == latest for mail in mails)

    text = text_of(coordinator.get(f"{PAGE}?day={latest}"))

    assert latest > clock.today("UTC") + timedelta(days=14)
    assert text.partition("What will go out")[2].startswith(f" {count} mail")


def test_who_asks_for_it_sees_it_waiting_then_at_work_then_worked_out(
    coordinator: FlaskClient, installation: Installation, database: Database, many: House
) -> None:
    asked = submit(coordinator, coordinator.get(PAGE), to="/ahead")
    waiting = text_of(coordinator.get(PAGE))
    task_id = claimed(database)
    run_task(installation, task_id)
    done = text_of(coordinator.get(PAGE))

    assert (asked.status_code, asked.location) == (303, PAGE)
    assert "It waits for its turn." in waiting
    assert "Work it out" not in waiting
    assert "Worked out on" in done
    assert "Ana Focal" in done
    assert tasks_of(database) == [TaskState.DONE]


def test_while_one_works_it_out_nobody_asks_twice(
    coordinator: FlaskClient, database: Database, many: House
) -> None:
    page = coordinator.get(PAGE)

    submit(coordinator, page, to="/ahead")
    submit(coordinator, page, to="/ahead")

    assert tasks_of(database) == [TaskState.WAITING]


def test_a_failure_is_told_until_it_is_worked_out(
    coordinator: FlaskClient, installation: Installation, database: Database, many: House
) -> None:
    submit(coordinator, coordinator.get(PAGE), to="/ahead")
    task_id = claimed(database)
    with database.transaction() as session:
        end_task(session, task_id, state=TaskState.FAILED, message="It broke off.", at=clock.now())
    failed = text_of(coordinator.get(PAGE))
    foresee_mails(installation, clock.now() + timedelta(minutes=1))

    assert "It broke off." in failed
    assert "Work it out now" in failed
    assert "It broke off." not in text_of(coordinator.get(PAGE))


def test_what_does_not_reach_the_day_that_is_asked_for_says_so(
    coordinator: FlaskClient, installation: Installation, database: Database, many: House
) -> None:
    foresee_mails(installation, clock.now())
    with arranging(), database.transaction() as session:
        session.scalars(select(Outlook)).one().reaches_until = clock.now() + timedelta(days=2)

    day = clock.today("UTC") + timedelta(days=60)

    assert "does not reach that far" in text_of(coordinator.get(f"{PAGE}?day={day}"))


def test_a_small_body_keeps_nothing_and_its_page_is_of_this_moment(
    coordinator: FlaskClient,
    installation: Installation,
    database: Database,
    many: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_outlooks, "MOST_AT_ONCE", 3)

    assert not foresee_mails(installation, clock.now())
    assert "Work it out" not in text_of(coordinator.get(PAGE))
