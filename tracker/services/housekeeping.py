"""What is forgotten after a while: old runs, failed sign-ins, leases, reviews left alone."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.models.imports import (
    FileState,
    ImportFile,
    ImportReview,
    ImportReviewEdit,
    ReviewState,
)
from tracker.models.instruments import SourceFile
from tracker.models.jobs import JobRun, Lease
from tracker.models.people import FailedSignIn
from tracker.storage import FileStore, PageStore

RUNS_KEPT = timedelta(days=90)
FAILED_SIGN_INS_KEPT = timedelta(days=1)
UPLOADS_KEPT = timedelta(days=7)
REVIEWS_KEPT = timedelta(days=30)


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


def forget_reviews(session: Session, *, at: datetime) -> int:
    """Delete the reviews of files that nobody has touched for thirty days; return how many files.

    What was imported stays, with its corrections; only the rehearsal goes.
    """
    touched = ImportFile.reviews.any(ImportReview.touched_at >= at - REVIEWS_KEPT)
    old = session.scalars(
        select(ImportFile.id).where(ImportFile.received_at < at - REVIEWS_KEPT, ~touched)
    ).all()
    reviews = select(ImportReview.id).where(ImportReview.file_id.in_(old))
    session.execute(delete(ImportReviewEdit).where(ImportReviewEdit.review_id.in_(reviews)))
    session.execute(delete(ImportReview).where(ImportReview.file_id.in_(old)))
    session.execute(delete(ImportFile).where(ImportFile.id.in_(old)))
    return len(old)


def waiting_digests(session: Session) -> frozenset[str]:
    """Return the digests of the uploaded files that a review still needs."""
    waits = ImportFile.reviews.any(ImportReview.state == ReviewState.OPEN)
    return frozenset(
        session.scalars(
            select(ImportFile.digest).where((ImportFile.state == FileState.READING) | waits)
        )
    )


def forget_uploads(uploads: FileStore, *, waiting: Collection[str] = (), at: datetime) -> int:
    """Remove files that were received a week ago and that no review needs; return how many."""
    old = [digest for digest in uploads.older_than(at - UPLOADS_KEPT) if digest not in waiting]
    for digest in old:
        uploads.drop(digest)
    return len(old)


def imported_digests(session: Session) -> frozenset[str]:
    """Return the digests of the files from which something was imported."""
    return frozenset(session.scalars(select(SourceFile.digest)))


def forget_recognised_pages(pages: PageStore, *, needed: Collection[str] = (), at: datetime) -> int:
    """Remove what was recognised a week ago of files that nobody needs; return of how many."""
    old = [digest for digest in pages.older_than(at - UPLOADS_KEPT) if digest not in needed]
    for digest in old:
        pages.drop(digest)
    return len(old)


def forget_ended_leases(session: Session, *, at: datetime) -> int:
    """Delete leases that ran out; return how many."""
    deleted = session.execute(delete(Lease).where(Lease.held_until <= at).returning(Lease.name))
    return len(deleted.all())
