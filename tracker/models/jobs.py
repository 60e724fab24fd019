"""Runs of jobs, leases between processes, and long work that runs in the background."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import (
    Base,
    JsonObject,
    Key,
    LongText,
    Moment,
    UtcDateTime,
    choice,
    reference,
)


class JobRun(Base):
    """One run of a job: when, how long, how it ended, and when the job rings next."""

    __tablename__ = "job_runs"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40), index=True)
    started_at: Mapped[Moment]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_success: Mapped[bool | None]
    next_ring_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    summary: Mapped[LongText] = mapped_column(default="")


class Lease(Base):
    """A right to do a thing alone until a moment; saves double work, never decides correctness."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    held_until: Mapped[Moment]


class TaskState(StrEnum):
    """Where a background task stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BackgroundTask(Base):
    """Long work asked for by a person, claimed by the scheduler, run in a process of its own."""

    __tablename__ = "background_tasks"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[JsonObject]
    state: Mapped[TaskState] = mapped_column(choice(TaskState, "state"), default=TaskState.WAITING)
    progress_percent: Mapped[int] = mapped_column(default=0)
    message: Mapped[LongText] = mapped_column(default="")
    is_cancel_requested: Mapped[bool] = mapped_column(default=False)
    requested_at: Mapped[Moment]
    requested_by_id: Mapped[int] = reference("people.id")
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[JsonObject]

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state not in {TaskState.WAITING, TaskState.RUNNING}

    __table_args__ = (Index("ix_background_tasks_queue", "state", "id"),)
