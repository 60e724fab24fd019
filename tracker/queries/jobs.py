"""How the jobs ran last, and where background tasks stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.jobs import BackgroundTask, JobRun, TaskState


@dataclass(frozen=True, slots=True)
class LastRuns:
    """When a job ran last, how that ended (None: it runs still), and when it last succeeded."""

    started_at: datetime
    is_success: bool | None
    summary: str
    succeeded_at: datetime | None


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
    newest = select(func.max(JobRun.id)).group_by(JobRun.name)
    succeeded = dict(
        session.execute(
            select(JobRun.name, func.max(JobRun.started_at))
            .where(JobRun.is_success.is_(True))
            .group_by(JobRun.name)
        ).all()
    )
    return {
        run.name: LastRuns(run.started_at, run.is_success, run.summary, succeeded.get(run.name))
        for run in session.scalars(select(JobRun).where(JobRun.id.in_(newest)))
    }


def find_task(session: Session, task_id: int) -> TaskProgress | None:
    """Return where a task stands, None when there is no such task."""
    task = session.get(BackgroundTask, task_id)
    return None if task is None else task_progress(task)


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
