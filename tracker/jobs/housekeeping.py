"""The job that forgets what is no longer needed and completes what is."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.services.drafts import purge_past_drafts
from tracker.services.housekeeping import (
    forget_ended_leases,
    forget_failed_sign_ins,
    forget_old_runs,
    forget_recognised_pages,
    forget_reviews,
    forget_uploads,
    imported_digests,
    waiting_digests,
)
from tracker.services.read_findings import never_read, read_again


def keep_house(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Forget old runs, sign-ins, leases, reviews and uploads; make known what search lacks.

    The planner of the database learns how large the tables are by now.
    Resolutions imported before findings were kept get them, once.
    """
    with installation.database.transaction() as session:
        runs = forget_old_runs(session, at=at)
        sign_ins = forget_failed_sign_ins(session, at=at)
        leases = forget_ended_leases(session, at=at)
        reviews = forget_reviews(session, at=at)
        drafts = purge_past_drafts(session, at=at)
        waiting = waiting_digests(session)
        needed = waiting | imported_digests(session)
    uploads = forget_uploads(installation.uploads, waiting=waiting, at=at)
    scans = forget_recognised_pages(installation.pages, needed=needed, at=at)
    found = installation.complete_search()
    understood = understand_what_was_never_read(installation, at)
    installation.database.learn_sizes()
    return counts(
        (N_("Old runs of jobs forgotten: %(num)s"), runs),
        (N_("Failed sign-ins forgotten: %(num)s"), sign_ins),
        (N_("Ended leases forgotten: %(num)s"), leases),
        (N_("Abandoned imports forgotten: %(num)s"), reviews),
        (N_("Drafts purged after their session: %(num)s"), drafts),
        (N_("Uploaded files forgotten: %(num)s"), uploads),
        (N_("Recognised pages of scans forgotten: %(num)s"), scans),
        (N_("Records made known to search: %(num)s"), found),
        (N_("Resolutions read again: %(num)s"), understood),
    )


def understand_what_was_never_read(installation: Installation, at: datetime) -> int:
    """Propose what the clauses of older resolutions ask, each in a transaction of its own."""
    entity = installation.house().entity
    with installation.database.reading() as session:
        waiting = never_read(session)
    for instrument_id in waiting:
        with installation.database.transaction() as session:
            read_again(session, instrument_id=instrument_id, entity=entity, actor=None, at=at)
    return len(waiting)
