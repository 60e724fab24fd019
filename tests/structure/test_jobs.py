"""Jobs: each one that is written is scheduled, and each one scheduled can ring."""

import importlib
import inspect
import pkgutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

import tracker.jobs
from tracker.domain.errors import Phrase
from tracker.domain.reminders import rings
from tracker.jobs.schedule import SCHEDULE, Job, JobFunction
from tracker.jobs.scheduler import trigger_of

BEGIN = datetime(2026, 6, 13, tzinfo=UTC)  # a Saturday
LONGEST_PAUSE = timedelta(days=7)


def written_jobs() -> set[JobFunction]:
    """Return each public function of tracker/jobs that has the form of a job."""
    names = [module.name for module in pkgutil.iter_modules(tracker.jobs.__path__)]
    modules = [importlib.import_module(f"tracker.jobs.{name}") for name in names]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.get_annotations(function)) == ["installation", "at", "return"]
        and inspect.get_annotations(function)["return"] == Sequence[Phrase]
    }


def test_every_job_that_is_written_is_scheduled() -> None:
    assert written_jobs() == {job.function for job in SCHEDULE}


def test_the_names_of_jobs_are_their_own() -> None:
    assert len({job.name for job in SCHEDULE}) == len(SCHEDULE)


@pytest.mark.parametrize("job", SCHEDULE, ids=lambda job: job.name)
def test_a_job_rings_within_a_week_and_says_what_for(job: Job) -> None:
    rings_at = trigger_of(job.cron, "UTC").get_next_fire_time(None, BEGIN)

    assert rings_at is not None
    assert rings_at - BEGIN < LONGEST_PAUSE
    assert job.purpose.endswith(".")


@pytest.mark.parametrize("zone", ["America/Santiago", "Europe/Madrid", "UTC"])
def test_reminders_ring_when_the_pages_say_they_do(zone: str) -> None:
    [job] = [job for job in SCHEDULE if job.name == "reminders"]
    trigger, at, rung = trigger_of(job.cron, zone), BEGIN, []
    while at < BEGIN + timedelta(days=200):  # over a change of the clocks
        at = trigger.get_next_fire_time(None, at + timedelta(seconds=1)).astimezone(UTC)
        rung.append(at)

    assert list(rings(BEGIN, days=200, time_zone=zone))[: len(rung) - 1] == rung[:-1]
