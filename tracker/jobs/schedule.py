"""The table of jobs: name, when it rings, what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.errors import Phrase
from tracker.domain.jobs import PURPOSES
from tracker.installation import Installation
from tracker.jobs.counts import add_up
from tracker.jobs.duplicates import find_duplicates
from tracker.jobs.housekeeping import keep_house
from tracker.jobs.links import check_links
from tracker.jobs.mail import deliver_mail, remind
from tracker.jobs.mailbox import poll_mailbox
from tracker.jobs.outlooks import foresee_mails
from tracker.jobs.tasks import run_waiting_scans, run_waiting_tasks

# Does the job as of the moment given and returns a phrase for each thing it did; none is nothing.
JobFunction = Callable[[Installation, datetime], Sequence[Phrase]]


@dataclass(frozen=True, slots=True)
class Job:
    """One job. ``cron`` reads as in a crontab, in the time zone of the settings.

    A field before the usual five names seconds.
    """

    name: str
    cron: str
    function: JobFunction
    purpose: str


SCHEDULE: tuple[Job, ...] = (
    # Each hour, since each person's digest comes at the hour they chose, where they are.
    Job("reminders", "0 * * * *", remind, PURPOSES["reminders"]),
    Job("deliver", "*/15 * * * * *", deliver_mail, PURPOSES["deliver"]),
    Job("tasks", "*/5 * * * * *", run_waiting_tasks, PURPOSES["tasks"]),
    Job("scans", "*/5 * * * * *", run_waiting_scans, PURPOSES["scans"]),
    Job("mailbox", "*/2 * * * *", poll_mailbox, PURPOSES["mailbox"]),
    Job("links", "0 4 * * *", check_links, PURPOSES["links"]),
    Job("duplicates", "30 3 * * *", find_duplicates, PURPOSES["duplicates"]),
    Job("counts", "*/10 * * * *", add_up, PURPOSES["counts"]),
    Job("outlook", "15 5 * * *", foresee_mails, PURPOSES["outlook"]),
    Job("housekeeping", "30 2 * * *", keep_house, PURPOSES["housekeeping"]),
)
