"""What rings: APScheduler as a clock, and how a ring becomes one run of a job."""

import logging
import os
import signal
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from tracker import clock
from tracker.domain.errors import Invalid, Phrase, Refused
from tracker.installation import Installation
from tracker.jobs import tasks
from tracker.jobs.schedule import SCHEDULE, Job
from tracker.services.jobs import JobOutcome, begin_run, fail_interrupted_runs, finish_run
from tracker.services.leases import give_back_lease, take_lease

logger = logging.getLogger(__name__)

# Long enough for most runs, short enough that a killed scheduler is soon replaced.
LEASE = timedelta(minutes=2)


def run_scheduler(installation: Installation) -> None:
    """Ring for every job until this process is told to end (SIGTERM or SIGINT)."""
    # It warns whenever a job still runs as its next ring comes, which is as it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(timezone=installation.settings.time_zone)
    for job in SCHEDULE:
        scheduler.add_job(
            ring,
            trigger_of(job.cron, installation.settings.time_zone),
            args=(installation, job),
            id=job.name,
            # A ring that comes late, after sleep or a long run, still counts, and counts once.
            misfire_grace_time=None,
            coalesce=True,
        )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    try:
        scheduler.start()
    except SystemExit:
        tasks.stopping.set()
        scheduler.shutdown(wait=True)


def ring(installation: Installation, job: Job) -> None:
    """Run a job now unless another process does; whatever happens, the next ring comes."""
    try:
        _run_alone(installation, job)
    except Exception:
        logger.exception("job %s could not be run", job.name)


def run_job(
    installation: Installation, name: str, at: datetime, *, schedule: Sequence[Job] = SCHEDULE
) -> JobOutcome:
    """Run the job called ``name`` as of the moment ``at`` and note the run.

    It runs even while another process runs it: a job is right however often it runs. Raises
    Invalid when there is no such job.
    """
    return _run(installation, find_job(name, schedule), at)


def find_job(name: str, schedule: Sequence[Job] = SCHEDULE) -> Job:
    """Return the job called ``name``; raise Invalid, with the names there are, if none is."""
    for job in schedule:
        if job.name == name:
            return job
    raise Invalid(
        "There is no job %(name)s. Choose one of: %(names)s.",
        name=name,
        names=", ".join(job.name for job in schedule),
    )


def trigger_of(cron: str, time_zone: str) -> CronTrigger:
    """Return what rings at the times of ``cron``: five fields, or six with the seconds first."""
    fields = cron.split()
    second = fields.pop(0) if len(fields) == 6 else "0"
    minute, hour, day, month, day_of_week = fields
    return CronTrigger(
        second=second,
        minute=minute,
        hour=hour,
        day=day,
        month=month,
        day_of_week=day_of_week,
        timezone=time_zone,
    )


def _run_alone(installation: Installation, job: Job) -> None:
    name, holder = f"job:{job.name}", f"{socket.gethostname()}:{os.getpid()}"
    database = installation.database
    with database.transaction() as session:
        if not take_lease(session, name=name, holder=holder, at=clock.now(), lasts=LEASE):
            return
        fail_interrupted_runs(session, name=job.name, at=clock.now())
    try:
        _run(installation, job, clock.now())
    finally:
        with database.transaction() as session:
            give_back_lease(session, name=name, holder=holder, at=clock.now())


def _run(installation: Installation, job: Job, at: datetime) -> JobOutcome:
    database = installation.database
    begins_at = clock.now()
    trigger = trigger_of(job.cron, installation.settings.time_zone)
    with database.transaction() as session:
        run_id = begin_run(
            session,
            name=job.name,
            at=begins_at,
            next_ring_at=trigger.get_next_fire_time(None, begins_at + timedelta(seconds=1)),
        )
    try:
        outcome = JobOutcome(is_success=True, did=job.function(installation, at))
    except Refused as refusal:
        outcome = JobOutcome(is_success=False, did=[Phrase(refusal.sentence, refusal.values)])
    except Exception as error:
        logger.exception("job %s failed", job.name)
        outcome = JobOutcome(is_success=False, did=[Phrase(f"{type(error).__name__}: {error}")])
    with database.transaction() as session:
        finish_run(session, run_id, outcome, at=clock.now())
    if outcome.did:
        logger.info("job %s ended %s", job.name, "well" if outcome.is_success else "badly")
    return outcome


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
