"""Runs of jobs: begun, finished, cut short."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.models.jobs import JobRun


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a run ended: one line on what it did, empty when there was nothing to do."""

    is_success: bool
    summary: str


def begin_run(session: Session, *, name: str, at: datetime, next_ring_at: datetime | None) -> int:
    """Note that a job begins, and when it rings next; return the key of its run."""
    run = JobRun(name=name, started_at=at, next_ring_at=next_ring_at)
    session.add(run)
    session.flush()
    return run.id


def finish_run(
    session: Session, run_id: int, *, is_success: bool, summary: str, at: datetime
) -> None:
    """Note how a run ended. A run that found nothing to do takes the place of the one before."""
    run = session.get_one(JobRun, run_id)
    run.finished_at, run.is_success, run.summary = at, is_success, summary
    if not summary:
        session.flush()
        _forget_idle_runs(session, run)


def fail_interrupted_runs(session: Session, *, name: str, at: datetime) -> None:
    """Note that runs of this job which never ended were cut short; its next run begins."""
    session.execute(
        update(JobRun)
        .where(JobRun.name == name, JobRun.finished_at.is_(None))
        .values(finished_at=at, is_success=False, summary="The run was cut short.")
    )


def _forget_idle_runs(session: Session, run: JobRun) -> None:
    before = session.scalars(
        select(JobRun)
        .where(JobRun.name == run.name, JobRun.id < run.id)
        .order_by(JobRun.id.desc())
        .limit(1)
    ).first()
    if before is not None and before.is_success and not before.summary:
        session.delete(before)
