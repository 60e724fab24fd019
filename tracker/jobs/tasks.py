"""The job that runs long work: each task in a process of its own, within limits."""

import logging
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from tracker import clock
from tracker.domain.errors import N_, NotFound, Phrase, Refused
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.jobs.task_kinds import TASK_KINDS, Progress, TaskCancelled, TaskFunction
from tracker.models.jobs import TaskState
from tracker.queries.import_files import RECOGNITION
from tracker.queries.jobs import TaskProgress, find_task
from tracker.queries.people import find_actor
from tracker.sentences import sentence_of
from tracker.services.background_tasks import (
    INTERRUPTED,
    claim_task,
    end_task,
    fail_interrupted_tasks,
    report_progress,
)

logger = logging.getLogger(__name__)

TIME_LIMIT = timedelta(minutes=30)
SCAN_TIME_LIMIT = timedelta(hours=4)  # each page has a limit of its own
SCANS = frozenset({RECOGNITION})
MEMORY_LIMIT = 4 * 1024**3  # bytes of address space: fonts and files are mapped into it
LOOK_EVERY = 0.2  # seconds between two looks at the process
LOOKS_PER_READING = 5  # looks at the process between two readings of the row
CANCELLED = N_("The work was cancelled before it was done. Nothing of it was kept.")
TOO_LONG = N_("The work took longer than it may take and was stopped. Nothing of it was kept.")
TOO_LARGE = N_("The work needs more memory than it may have and was stopped. Choose less at once.")
BROKE = N_(
    "The work failed unexpectedly, and nothing of it was kept. Whoever runs the site finds the "
    "reason in the log."
)
TASKS_RUN = N_("Tasks run: %(num)s")
TASKS_INTERRUPTED = N_("Tasks found interrupted: %(num)s")

stopping = threading.Event()
"""Set when the process of the scheduler is to end; the task that runs then is interrupted."""


def run_waiting_tasks(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Run the tasks that wait, one after the other; fail those that nobody runs any more."""
    del at  # a task is run now or not at all
    return _run_waiting(installation, TIME_LIMIT, but_not=SCANS)


def run_waiting_scans(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Recognise the scans that wait, beside other tasks, since they would keep these waiting."""
    del at
    return _run_waiting(installation, SCAN_TIME_LIMIT, kinds=SCANS)


def _run_waiting(
    installation: Installation,
    limit: timedelta,
    *,
    kinds: Collection[str] | None = None,
    but_not: Collection[str] = (),
) -> Sequence[Phrase]:
    with installation.database.transaction() as session:
        interrupted = fail_interrupted_tasks(session, is_gone=_is_gone, at=clock.now())
    run_count = 0
    while not stopping.is_set():
        task_id = _claim(installation, limit, kinds, but_not)
        if task_id is None:
            break
        command = [sys.executable, "-m", "tracker", "tasks", "run", str(task_id)]
        run_in_process(installation, task_id, command, time_limit=limit)
        run_count += 1
    return counts((TASKS_RUN, run_count), (TASKS_INTERRUPTED, interrupted))


def run_in_process(
    installation: Installation,
    task_id: int,
    command: Sequence[str],
    *,
    time_limit: timedelta = TIME_LIMIT,
) -> None:
    """Run ``command``, which does the task and notes its end; see that there is an end."""
    with subprocess.Popen(command) as process:  # noqa: S603 - our own command
        state, message = _watch(installation, task_id, process, time_limit)
    with installation.database.transaction() as session:
        # Changes nothing when the process itself noted its end.
        end_task(session, task_id, state=state, message=message, at=clock.now())
    logger.info("task %s ended with exit code %s", task_id, process.returncode)


def run_task(
    installation: Installation, task_id: int, *, kinds: Mapping[str, TaskFunction] = TASK_KINDS
) -> None:
    """Do a task that was claimed, in this process, and note how it ended.

    What is no refusal is raised, for the log; the process that watches notes the failure.
    """
    with installation.database.reading() as session:
        task = find_task(session, task_id)
        actor = find_actor(session, task.requested_by_id) if task else None
    if task is None or task.state is not TaskState.RUNNING:
        raise NotFound("There is no such task that is to be run now.")
    result: Mapping[str, object] = {}
    state, message = TaskState.DONE, ""
    try:
        if actor is None or task.kind not in kinds:
            raise NotFound("Who asked for this work, or the work itself, is no longer known here.")
        result = kinds[task.kind](
            installation, actor, task.arguments, _progress(installation, task)
        )
    except TaskCancelled:
        state, message = TaskState.CANCELLED, CANCELLED
    except Refused as refusal:
        # Only who asked for the work reads this.
        language = actor.language if actor else "en"
        state, message = TaskState.FAILED, sentence_of(refusal, language)
    except MemoryError:
        state, message = TaskState.FAILED, TOO_LARGE
    with installation.database.transaction() as session:
        end_task(session, task_id, state=state, message=message, result=result, at=clock.now())


def run_limited_task(installation: Installation, task_id: int) -> None:
    """Do a task in this process with no more memory and time than a task may have."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    seconds = int(TIME_LIMIT.total_seconds())
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    run_task(installation, task_id)


def _progress(installation: Installation, task: TaskProgress) -> Progress:
    def progress(percent: int, message: str) -> None:
        with installation.database.transaction() as session:
            goes_on = report_progress(session, task.task_id, percent=percent, message=message)
        if not goes_on:
            raise TaskCancelled

    return progress


def _claim(
    installation: Installation,
    limit: timedelta,
    kinds: Collection[str] | None,
    but_not: Collection[str],
) -> int | None:
    lasts = limit + timedelta(minutes=1)
    with installation.database.transaction() as session:
        task = claim_task(
            session,
            holder=_holder(),
            at=clock.now(),
            lasts=lasts,
            kinds=kinds,
            but_not=but_not,
        )
        return None if task is None else task.id


def _watch(
    installation: Installation, task_id: int, process: subprocess.Popen[bytes], limit: timedelta
) -> tuple[TaskState, str]:
    ends_at = time.monotonic() + limit.total_seconds()
    looks = 0
    while process.poll() is None:
        if time.monotonic() >= ends_at:
            process.kill()
            return TaskState.FAILED, TOO_LONG
        if stopping.wait(LOOK_EVERY):
            process.terminate()
            return TaskState.FAILED, INTERRUPTED
        looks += 1
        if looks % LOOKS_PER_READING == 0 and _is_cancelled(installation, task_id):
            process.terminate()
            return TaskState.CANCELLED, CANCELLED
    return TaskState.FAILED, BROKE


def _is_cancelled(installation: Installation, task_id: int) -> bool:
    with installation.database.reading() as session:
        task = find_task(session, task_id)
    return task is not None and task.is_cancel_requested


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_gone(holder: str) -> bool:
    """Tell whether ``holder`` was a process of this machine that has ended."""
    host, _, process_id = holder.rpartition(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
