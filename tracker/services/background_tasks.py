"""Long work that runs in the background: asked for, claimed, reported on, cancelled, ended."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.errors import N_, NotFound, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.models.jobs import BackgroundTask, Lease, TaskState
from tracker.services import audit
from tracker.services.leases import take_lease

logger = logging.getLogger(__name__)

LEASE_PREFIX = "task:"
INTERRUPTED = N_(
    "The work was interrupted when the server stopped. Nothing is half done: start it anew."
)


def request_task(
    session: Session,
    *,
    kind: str,
    arguments: Mapping[str, object],
    actor: Actor,
    at: datetime,
) -> BackgroundTask:
    """Ask for work of this kind, a name in the registry of jobs; the next ring begins it.

    Whether ``actor`` may have it done is asked again by the service that does it. ``arguments``
    must be plain JSON.
    """
    task = BackgroundTask(
        kind=kind,
        arguments=dict(arguments),
        state=TaskState.WAITING,
        requested_at=at,
        requested_by_id=actor.person_id,
        result={},
    )
    session.add(task)
    audit.record(session, actor=actor, at=at, action="request_task", subject=task, after=arguments)
    logger.info("task %s (%s) requested by person %s", task.id, kind, actor.person_id)
    return task


def cancel_task(session: Session, *, task_id: int, actor: Actor, at: datetime) -> BackgroundTask:
    """Cancel a task that waits, or ask one that runs to stop; one's own, or as administrator."""
    task = session.scalar(
        select(BackgroundTask).where(BackgroundTask.id == task_id).with_for_update()
    )
    if task is None:
        raise NotFound("There is no such task. Go back and open the list again.")
    if task.requested_by_id != actor.person_id:
        require(actor, Action.SETTLE_DELIVERY)
    if task.is_over:
        raise WrongState("This work has ended already, so there is nothing to cancel.")
    _withdraw(task, at)
    audit.record(session, actor=actor, at=at, action="cancel_task", subject=task)
    return task


def withdraw_task(session: Session, task_id: int, *, at: datetime) -> None:
    """Stop work of which the reason is gone; that it has ended already is as good."""
    task = session.scalar(
        select(BackgroundTask).where(BackgroundTask.id == task_id).with_for_update()
    )
    if task is not None and not task.is_over:
        _withdraw(task, at)


def claim_task(
    session: Session,
    *,
    holder: str,
    at: datetime,
    lasts: timedelta,
    kinds: Collection[str] | None = None,
    but_not: Collection[str] = (),
) -> BackgroundTask | None:
    """Take the task that waits longest, of some kinds or of all but some; None when none waits.

    ``holder`` names the process that sees to it, which has until ``lasts`` is over.
    """
    kind = BackgroundTask.kind
    task = session.scalar(
        select(BackgroundTask)
        .where(
            BackgroundTask.state == TaskState.WAITING,
            kind.not_in(but_not) if kinds is None else kind.in_(kinds),
        )
        .order_by(BackgroundTask.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if task is not None:
        task.state, task.started_at = TaskState.RUNNING, at
        take_lease(session, name=f"{LEASE_PREFIX}{task.id}", holder=holder, at=at, lasts=lasts)
    return task


def report_progress(session: Session, task_id: int, *, percent: int, message: str) -> bool:
    """Say how far a task is (0 to 100) and what it does; tell whether it should go on."""
    changed = session.execute(
        update(BackgroundTask)
        .where(
            BackgroundTask.id == task_id,
            BackgroundTask.state == TaskState.RUNNING,
            ~BackgroundTask.is_cancel_requested,
        )
        .values(progress_percent=min(max(percent, 0), 100), message=message)
        .returning(BackgroundTask.id)
    )
    return changed.first() is not None


def end_task(
    session: Session,
    task_id: int,
    *,
    state: TaskState,
    message: str = "",
    result: Mapping[str, object] | None = None,
    at: datetime,
) -> bool:
    """Note how a running task ended; False when somebody else did so first."""
    values: dict[str, object] = {"state": state, "message": message, "finished_at": at}
    if state is TaskState.DONE:
        values |= {"progress_percent": 100, "result": dict(result or {})}
    changed = session.execute(
        update(BackgroundTask)
        .where(BackgroundTask.id == task_id, BackgroundTask.state == TaskState.RUNNING)
        .values(values)
        .returning(BackgroundTask.id)
    )
    return changed.first() is not None


def _withdraw(task: BackgroundTask, at: datetime) -> None:
    if task.state is TaskState.WAITING:
        task.state, task.finished_at = TaskState.CANCELLED, at
    task.is_cancel_requested = True


def fail_interrupted_tasks(
    session: Session, *, is_gone: Callable[[str], bool], at: datetime
) -> int:
    """Fail the running tasks whose time is over or whose holder is gone; return how many."""
    leases = session.scalars(
        select(Lease).where(Lease.name.startswith(LEASE_PREFIX), Lease.held_until > at)
    )
    alive = {
        int(lease.name.removeprefix(LEASE_PREFIX)) for lease in leases if not is_gone(lease.holder)
    }
    running = session.scalars(
        select(BackgroundTask.id).where(BackgroundTask.state == TaskState.RUNNING)
    ).all()
    return sum(
        end_task(session, task_id, state=TaskState.FAILED, message=INTERRUPTED, at=at)
        for task_id in running
        if task_id not in alive
    )
