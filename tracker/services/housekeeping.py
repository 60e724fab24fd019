"""What is forgotten after a while: old runs, failed sign-ins, leases, uploads nobody confirmed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.models.jobs import JobRun, Lease
from tracker.models.people import FailedSignIn
from tracker.storage import FileStore

RUNS_KEPT = timedelta(days=90)
FAILED_SIGN_INS_KEPT = timedelta(days=1)
UPLOADS_KEPT = timedelta(days=7)


def forget_old_runs(session: Session, *, at: datetime) -> int:
    """Delete the runs of jobs older than ninety days, save the last of each; return how many."""
    newest = select(func.max(JobRun.id)).group_by(JobRun.name)
    deleted = session.execute(
        delete(JobRun)
        .where(JobRun.started_at < at - RUNS_KEPT, JobRun.id.not_in(newest))
        .returning(JobRun.id)
    )
    return len(deleted.all())


def forget_failed_sign_ins(session: Session, *, at: datetime) -> int:
    """Delete failed sign-ins older than a day, long after they slow anybody; return how many."""
    deleted = session.execute(
        delete(FailedSignIn)
        .where(FailedSignIn.failed_at < at - FAILED_SIGN_INS_KEPT)
        .returning(FailedSignIn.id)
    )
    return len(deleted.all())


def forget_uploads(uploads: FileStore, *, at: datetime) -> int:
    """Remove files that were received a week ago and never confirmed; return how many."""
    old = uploads.older_than(at - UPLOADS_KEPT)
    for digest in old:
        uploads.drop(digest)
    return len(old)


def forget_ended_leases(session: Session, *, at: datetime) -> int:
    """Delete leases that ran out; return how many."""
    deleted = session.execute(delete(Lease).where(Lease.held_until <= at).returning(Lease.name))
    return len(deleted.all())
