"""Long work in the background: done, cancelled, too long, interrupted, and always at an end."""

import os
import sys
import time
from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.furniture import put
from tests.reporting import House, make_house
from tests.travel import Travel
from tracker import clock
from tracker.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from tracker.domain.permissions import Actor
from tracker.installation import Installation
from tracker.jobs import tasks
from tracker.jobs.task_kinds import Progress, TaskFunction
from tracker.jobs.tasks import run_in_process, run_task, run_waiting_tasks
from tracker.models.jobs import TaskState
from tracker.queries.jobs import TaskProgress, find_task
from tracker.services.background_tasks import INTERRUPTED, cancel_task, claim_task, request_task


@pytest.fixture
def house(installation: Installation) -> House:
    return put(installation.database, make_house)


@pytest.fixture
def task_id(installation: Installation, house: House) -> int:
    """Return a task that the editor asked for and that waits."""
    with installation.database.transaction() as session:
        return request_task(
            session,
            kind="count",
            arguments={"up_to": 3},
            actor=house.editor,
            at=clock.now(),
        ).id


@pytest.fixture
def claimed_id(installation: Installation, task_id: int) -> int:
    """Return the task after it was claimed by a process that is there."""
    claim(installation, holder=tasks._holder())
    return task_id


def claim(installation: Installation, holder: str) -> None:
    with installation.database.transaction() as session:
        claim_task(session, holder=holder, at=clock.now(), lasts=timedelta(minutes=31))


def task(installation: Installation, task_id: int) -> TaskProgress:
    with installation.database.reading() as session:
        found = find_task(session, task_id)
    assert found is not None
    return found


def count(
    _installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Progress,
) -> Mapping[str, object]:
    progress(50, "Counting")
    return {"counted": arguments["up_to"], "by": actor.name}


def kinds(function: TaskFunction) -> Mapping[str, TaskFunction]:
    return {"count": function}


def test_a_task_is_done_for_the_person_who_asked(
    installation: Installation, claimed_id: int
) -> None:
    run_task(installation, claimed_id, kinds=kinds(count))

    done = task(installation, claimed_id)
    assert (done.state, done.percent, done.is_over) == (TaskState.DONE, 100, True)
    assert done.result == {"counted": 3, "by": "Edgar Editor"}


def test_a_refusal_ends_a_task_with_its_sentence(
    installation: Installation, claimed_id: int
) -> None:
    def refuse(*_arguments: object) -> Mapping[str, object]:
        raise Invalid("There is nothing to count. Clear a report first.")

    run_task(installation, claimed_id, kinds=kinds(refuse))

    failed = task(installation, claimed_id)
    assert failed.state is TaskState.FAILED
    assert failed.message == "There is nothing to count. Clear a report first."


def test_a_task_of_an_unknown_kind_fails(installation: Installation, claimed_id: int) -> None:
    run_task(installation, claimed_id, kinds={})

    assert task(installation, claimed_id).state is TaskState.FAILED


def test_a_task_that_runs_out_of_memory_says_so(
    installation: Installation, claimed_id: int
) -> None:
    def swallow(*_arguments: object) -> Mapping[str, object]:
        raise MemoryError

    run_task(installation, claimed_id, kinds=kinds(swallow))

    assert task(installation, claimed_id).message == tasks.TOO_LARGE


def test_a_task_that_is_cancelled_stops_at_its_next_word(
    installation: Installation, house: House, claimed_id: int
) -> None:
    with installation.database.transaction() as session:
        cancel_task(session, task_id=claimed_id, actor=house.editor, at=clock.now())

    run_task(installation, claimed_id, kinds=kinds(count))

    assert task(installation, claimed_id).state is TaskState.CANCELLED


def test_a_task_that_waits_is_cancelled_at_once(
    installation: Installation, house: House, task_id: int
) -> None:
    with installation.database.transaction() as session:
        cancel_task(session, task_id=task_id, actor=house.editor, at=clock.now())

    assert task(installation, task_id).state is TaskState.CANCELLED
    assert run_waiting_tasks(installation, clock.now()) == ()


def test_a_task_that_has_ended_is_not_cancelled(
    installation: Installation, house: House, claimed_id: int
) -> None:
    run_task(installation, claimed_id, kinds=kinds(count))

    with installation.database.transaction() as session, pytest.raises(WrongState):
        cancel_task(session, task_id=claimed_id, actor=house.editor, at=clock.now())


def test_nobody_cancels_the_work_of_somebody_else(
    installation: Installation, house: House, task_id: int
) -> None:
    with installation.database.transaction() as session, pytest.raises(NotAllowed):
        cancel_task(session, task_id=task_id, actor=house.viewer, at=clock.now())


def test_a_task_that_is_not_there_cannot_be_cancelled_or_run(
    installation: Installation, house: House
) -> None:
    with installation.database.transaction() as session, pytest.raises(NotFound):
        cancel_task(session, task_id=99, actor=house.editor, at=clock.now())
    with pytest.raises(NotFound):
        run_task(installation, 99)


def test_a_task_that_waits_is_not_run_before_it_is_claimed(
    installation: Installation, task_id: int
) -> None:
    with pytest.raises(NotFound):
        run_task(installation, task_id, kinds=kinds(count))


def test_a_process_that_breaks_off_fails_its_task(
    installation: Installation, claimed_id: int
) -> None:
    run_in_process(installation, claimed_id, [sys.executable, "-c", "raise SystemExit(1)"])

    failed = task(installation, claimed_id)
    assert (failed.state, failed.message) == (TaskState.FAILED, tasks.BROKE)


def test_a_process_that_takes_too_long_is_stopped(
    installation: Installation, claimed_id: int
) -> None:
    begun = time.monotonic()

    run_in_process(
        installation,
        claimed_id,
        [sys.executable, "-c", "import time; time.sleep(60)"],
        time_limit=timedelta(seconds=0.3),
    )

    assert time.monotonic() - begun < 30
    assert task(installation, claimed_id).message == tasks.TOO_LONG


@pytest.mark.slow
def test_a_process_whose_task_is_cancelled_is_stopped(
    installation: Installation, house: House, claimed_id: int
) -> None:
    with installation.database.transaction() as session:
        cancel_task(session, task_id=claimed_id, actor=house.editor, at=clock.now())

    run_in_process(installation, claimed_id, [sys.executable, "-c", "import time; time.sleep(60)"])

    assert task(installation, claimed_id).state is TaskState.CANCELLED


def test_a_task_ends_as_interrupted_when_the_scheduler_ends(
    installation: Installation, claimed_id: int
) -> None:
    tasks.stopping.set()
    try:
        run_in_process(
            installation, claimed_id, [sys.executable, "-c", "import time; time.sleep(60)"]
        )
    finally:
        tasks.stopping.clear()

    assert task(installation, claimed_id).message == INTERRUPTED


def test_a_task_whose_process_is_gone_is_failed_by_the_next_ring(
    installation: Installation, task_id: int
) -> None:
    with_ended_process = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(with_ended_process, 0)
    host = tasks._holder().rpartition(":")[0]
    claim(installation, holder=f"{host}:{with_ended_process}")

    did = run_waiting_tasks(installation, clock.now())

    assert [str(phrase) for phrase in did] == ["Tasks found interrupted: 1"]
    failed = task(installation, task_id)
    assert (failed.state, failed.message) == (TaskState.FAILED, INTERRUPTED)


def test_a_task_that_another_process_runs_is_left_to_it_while_its_time_lasts(
    installation: Installation, task_id: int, travel: Travel
) -> None:
    claim(installation, holder="elsewhere:1")

    assert run_waiting_tasks(installation, clock.now()) == ()

    travel.by(timedelta(minutes=32))
    did = run_waiting_tasks(installation, clock.now())

    assert [str(phrase) for phrase in did] == ["Tasks found interrupted: 1"]


@pytest.mark.slow
def test_the_job_runs_a_task_in_a_process_of_its_own(
    installation: Installation, task_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", installation.settings.database_url)

    did = run_waiting_tasks(installation, clock.now())

    assert [str(phrase) for phrase in did] == ["Tasks run: 1"]
    # The kind is made up, so that the command itself refuses it, in a sentence.
    assert "no longer known" in task(installation, task_id).message
