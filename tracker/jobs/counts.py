"""The job that adds up what changes of reports have left beside the kept counts."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.services.kept_counts import add_up_counts, periods_to_add_up


def add_up(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Add up the counts of the periods in which much was changed, each in its own transaction."""
    del at  # they are the same at any moment
    with installation.database.reading() as session:
        waiting = periods_to_add_up(session)
    added_up = 0
    for period_id in waiting:
        with installation.database.transaction() as session:
            added_up += add_up_counts(session, period_id)
    return counts((N_("Changes of counts added up: %(num)s"), added_up))
