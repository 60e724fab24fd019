"""Jobs that run by the clock: what each is for, and when one that should have run has not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tracker.domain.errors import N_

PURPOSES: Mapping[str, str] = {
    "reminders": N_("Plan what is due, collect one digest per person, and deliver."),
    "deliver": N_("Send the mail that waits."),
    "tasks": N_("Run the long work that people asked for."),
    "scans": N_("Recognise the scans that people uploaded."),
    "mailbox": N_("Take in the mail that people and servers send back."),
    "links": N_("Look whether the links of evidence still lead anywhere."),
    "duplicates": N_("Look which mandates ask much the same."),
    "counts": N_("Add up how the counts of reports have changed."),
    "outlook": N_("Work out which mails are to come, where very many reports wait."),
    "housekeeping": N_("Forget what is no longer needed."),
}
# A ring that is so late was not heard; a run that takes so long hangs.
GRACE = timedelta(minutes=15)
LONGEST_RUN = timedelta(hours=6)


def is_late(*, next_ring_at: datetime | None, running_since: datetime | None, at: datetime) -> bool:
    """Tell whether a job should have rung again by the moment ``at``, or hangs.

    ``running_since`` is None for a job that does not run; such a job rings not before it has ended.
    """
    if running_since is not None:
        return at - running_since > LONGEST_RUN
    return next_ring_at is not None and at - next_ring_at > GRACE
