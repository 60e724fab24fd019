"""The job that forgets what is no longer needed and completes what is."""

from datetime import datetime

from tracker.installation import Installation
from tracker.services.housekeeping import (
    forget_ended_leases,
    forget_failed_sign_ins,
    forget_old_runs,
    forget_reviews,
    forget_uploads,
    waiting_digests,
)


def keep_house(installation: Installation, at: datetime) -> str:
    """Forget old runs, sign-ins, leases, reviews and uploads; make known what search lacks."""
    with installation.database.transaction() as session:
        runs = forget_old_runs(session, at=at)
        sign_ins = forget_failed_sign_ins(session, at=at)
        leases = forget_ended_leases(session, at=at)
        reviews = forget_reviews(session, at=at)
        waiting = waiting_digests(session)
    uploads = forget_uploads(installation.uploads, waiting=waiting, at=at)
    found = installation.complete_search()
    return (
        f"{runs} runs, {sign_ins} failed sign-ins, {leases} leases, {reviews} reviews and "
        f"{uploads} uploads forgotten, {found} records made known to search"
    )
