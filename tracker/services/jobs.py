"""Runs of jobs: begun, finished, cut short."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import plain_values
from tracker.models.jobs import JobRun

CUT_SHORT = N_("The run was cut short.")


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a run ended: a phrase for each thing it did, none when there was nothing to do."""

    is_success: bool
    did: Sequence[Phrase]

    @property
    def summary(self) -> str:
        """Return in one line of English what the run did, for the command line."""
        return "; ".join(str(phrase) for phrase in self.did)


def begin_run(session: Session, *, name: str, at: datetime, next_ring_at: datetime | None) -> int:
    """Note that a job begins, and when it rings next; return the key of its run."""
    run = JobRun(name=name, started_at=at, next_ring_at=next_ring_at)
    session.add(run)
    session.flush()
    return run.id


def finish_run(session: Session, run_id: int, outcome: JobOutcome, *, at: datetime) -> None:
    """Note how a run ended. A run that found nothing to do takes the place of the one before."""
    run = session.get_one(JobRun, run_id)
    run.finished_at, run.is_success, run.summary = at, outcome.is_success, _kept(outcome.did)
    if not outcome.did:
        session.flush()
        _forget_idle_runs(session, run)


def fail_interrupted_runs(session: Session, *, name: str, at: datetime) -> None:
    """Note that runs of this job which never ended were cut short; its next run begins.

    A run that another process notes at this moment is left to it: two that change several rows in
    different orders would wait for each other.
    """
    cut_short = session.scalars(
        select(JobRun.id)
        .where(JobRun.name == name, JobRun.finished_at.is_(None))
        .order_by(JobRun.id)
        .with_for_update(skip_locked=True)
    ).all()
    session.execute(
        update(JobRun)
        .where(JobRun.id.in_(cut_short))
        .values(finished_at=at, is_success=False, summary=_kept([Phrase(CUT_SHORT)]))
    )


def _kept(did: Sequence[Phrase]) -> str:
    """Return phrases as a row of runs holds them, for readers of every language."""
    if not did:
        return ""
    phrases = [{"message": said.message, "values": plain_values(said.values)} for said in did]
    return json.dumps(phrases, ensure_ascii=False)


def _forget_idle_runs(session: Session, run: JobRun) -> None:
    before = session.scalars(
        select(JobRun)
        .where(JobRun.name == run.name, JobRun.id < run.id)
        .order_by(JobRun.id.desc())
        .limit(1)
    ).first()
    if before is not None and before.is_success and not before.summary:
        session.delete(before)
