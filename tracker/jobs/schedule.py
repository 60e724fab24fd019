"""The table of jobs: name, when it rings, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.reminders import RINGS_AT
from tracker.installation import Installation
from tracker.jobs.housekeeping import keep_house
from tracker.jobs.mail import deliver_mail, remind
from tracker.jobs.tasks import run_waiting_scans, run_waiting_tasks

# Does the job as of the moment given and returns one line on what it did; empty is nothing to do.
JobFunction = Callable[[Installation, datetime], str]


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
    Job(
        "reminders",
        f"0 {RINGS_AT.hour} * * mon-fri",
        remind,
        "Plan what is due, collect one digest per person, and deliver.",
    ),
    Job("deliver", "*/15 * * * * *", deliver_mail, "Send the mail that waits."),
    Job("tasks", "*/5 * * * * *", run_waiting_tasks, "Run the long work that people asked for."),
    Job("scans", "*/5 * * * * *", run_waiting_scans, "Recognise the scans that people uploaded."),
    Job("housekeeping", "30 2 * * *", keep_house, "Forget what is no longer needed."),
)
