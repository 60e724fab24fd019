"""The job that looks at night which mandates ask much the same."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.services.alike_mandates import (
    AT_ONCE,
    alike_pairs,
    keep_pairs,
    mandates_to_compare,
)

MOST = 5000  # mandates in one night


def find_duplicates(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Compare the mandates whose turn it is; what each hundred gave is kept at once."""
    with installation.database.reading() as session:
        waiting = mandates_to_compare(session, at=at, most=MOST)
    count = 0
    for start in range(0, len(waiting), AT_ONCE):
        ids = waiting[start : start + AT_ONCE]
        with installation.database.reading() as session:
            pairs = alike_pairs(session, ids)
        with installation.database.transaction() as session:
            keep_pairs(session, ids, pairs, at=at)
        count += len(pairs)
    return counts(
        (N_("Mandates compared: %(num)s"), len(waiting)),
        (N_("Pairs of mandates that ask much the same: %(num)s"), count),
    )
