"""How the jobs ran last, and where background tasks stand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import Phrase
from tracker.domain.jobs import PURPOSES, is_late
from tracker.domain.phrases import revived_values
from tracker.models.jobs import BackgroundTask, JobRun, TaskState


@dataclass(frozen=True, slots=True)
class LastRuns:
    """When a job ran last, how that ended (None: it runs still), and when it last succeeded.

    ``did`` holds a phrase for each thing it did, none when there was nothing to do.
    """

    started_at: datetime
    finished_at: datetime | None
    is_success: bool | None
    did: Sequence[Phrase]
    succeeded_at: datetime | None
    next_ring_at: datetime | None

    @property
    def summary(self) -> str:
        """Return in one line of English what the run did, for the command line."""
        return "; ".join(str(phrase) for phrase in self.did)

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
            did=phrases_kept(run.summary),
            succeeded_at=succeeded.get(run.name),
            next_ring_at=run.next_ring_at,
        )
        for run in session.scalars(_newest_runs())
    }


def phrases_kept(summary: str) -> Sequence[Phrase]:
    """Return the phrases that a row of runs holds; a row of an earlier release holds a sentence."""
    if not summary.startswith("["):
        return [Phrase(summary)] if summary else []
    return [Phrase(said["message"], revived_values(said["values"])) for said in json.loads(summary)]


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
