"""The job that adds up what changes of reports have left beside the kept counts."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.services.kept_counts import (
    add_up_counts,
    periods_to_add_up,
    reports_with_missed_notes,
    tell_of_notes,
)


def add_up(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Add up the counts of the periods in which much was changed, each in its own transaction.

    Before that, reports are told of notes that were written while the reports were made.
    """
    del at  # they are the same at any moment
    with installation.database.reading() as session:
        waiting = periods_to_add_up(session)
        missed = reports_with_missed_notes(session)
    if missed:
        with installation.database.transaction() as session:
            tell_of_notes(session, missed)
    added_up = 0
    for period_id in waiting:
        with installation.database.transaction() as session:
            added_up += add_up_counts(session, period_id)
    return counts((N_("Changes of counts added up: %(num)s"), added_up))
