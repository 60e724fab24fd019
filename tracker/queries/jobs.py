"""How the jobs ran last, and where background tasks stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.jobs import PURPOSES, is_late
from tracker.models.jobs import BackgroundTask, JobRun, TaskState


@dataclass(frozen=True, slots=True)
class LastRuns:
    """When a job ran last, how that ended (None: it runs still), and when it last succeeded."""

    started_at: datetime
    finished_at: datetime | None
    is_success: bool | None
    summary: str
    succeeded_at: datetime | None
    next_ring_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        """Tell whether the job should have run again by the moment ``at``, or hangs."""
        running_since = self.started_at if self.finished_at is None else None
        return is_late(next_ring_at=self.next_ring_at, running_since=running_since, at=at)


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """Where a background task stands."""

    task_id: int
    kind: str
    arguments: Mapping[str, object]
    state: TaskState
    percent: int
    message: str
    is_cancel_requested: bool
    requested_by_id: int
    requested_at: datetime
    finished_at: datetime | None
    result: Mapping[str, object]

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state not in {TaskState.WAITING, TaskState.RUNNING}


def last_runs(session: Session) -> Mapping[str, LastRuns]:
    """Return the last run and the last success of every job that ever ran, by name."""
    succeeded = dict(
        session.execute(
            select(JobRun.name, func.max(JobRun.started_at))
            .where(JobRun.is_success.is_(True))
            .group_by(JobRun.name)
        ).all()
    )
    return {
        run.name: LastRuns(
            started_at=run.started_at,
            finished_at=run.finished_at,
            is_success=run.is_success,
            summary=run.summary,
            succeeded_at=succeeded.get(run.name),
            next_ring_at=run.next_ring_at,
        )
        for run in session.scalars(_newest_runs())
    }


def late_jobs(session: Session, at: datetime) -> Sequence[str]:
    """Return the names of the jobs that should have run by the moment ``at``, in their order."""
    late = {
        run.name
        for run in session.scalars(_newest_runs())
        if is_late(
            next_ring_at=run.next_ring_at,
            running_since=run.started_at if run.finished_at is None else None,
            at=at,
        )
    }
    return [name for name in PURPOSES if name in late]


def find_task(session: Session, task_id: int) -> TaskProgress | None:
    """Return where a task stands, None when there is no such task."""
    task = session.get(BackgroundTask, task_id)
    return None if task is None else task_progress(task)


def _newest_runs() -> Select[JobRun]:
    newest = select(func.max(JobRun.id)).group_by(JobRun.name)
    return select(JobRun).where(JobRun.id.in_(newest))


def task_progress(task: BackgroundTask) -> TaskProgress:
    """Return where ``task`` stands, apart from the session it was read in."""
    return TaskProgress(
        task_id=task.id,
        kind=task.kind,
        arguments=task.arguments,
        state=task.state,
        percent=task.progress_percent,
        message=task.message,
        is_cancel_requested=task.is_cancel_requested,
        requested_by_id=task.requested_by_id,
        requested_at=task.requested_at,
        finished_at=task.finished_at,
        result=task.result,
    )
