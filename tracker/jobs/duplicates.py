"""The job that looks at night which mandates ask much the same."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.services.alike_mandates import AT_ONCE, compare_mandates, mandates_to_compare

MOST = 5000  # mandates in one night


def find_duplicates(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Compare the mandates whose turn it is, each hundred in a transaction of its own."""
    with installation.database.reading() as session:
        waiting = mandates_to_compare(session, at=at, most=MOST)
    pairs = 0
    for start in range(0, len(waiting), AT_ONCE):
        with installation.database.transaction() as session:
            pairs += compare_mandates(session, waiting[start : start + AT_ONCE], at=at)
    return counts(
        (N_("Mandates compared: %(num)s"), len(waiting)),
        (N_("Pairs of mandates that ask much the same: %(num)s"), pairs),
    )
