"""The job that forgets what is no longer needed and completes what is."""

from datetime import datetime

from tracker.installation import Installation
from tracker.services.housekeeping import (
    forget_ended_leases,
    forget_failed_sign_ins,
    forget_old_runs,
    forget_uploads,
)


def keep_house(installation: Installation, at: datetime) -> str:
    """Forget old runs, failed sign-ins, ended leases and uploads; make known what search lacks."""
    with installation.database.transaction() as session:
        runs = forget_old_runs(session, at=at)
        sign_ins = forget_failed_sign_ins(session, at=at)
        leases = forget_ended_leases(session, at=at)
    uploads = forget_uploads(installation.uploads, at=at)
    found = installation.complete_search()
    return (
        f"{runs} runs, {sign_ins} failed sign-ins, {leases} leases and {uploads} uploads forgotten"
        f", {found} records made known to search"
    )
