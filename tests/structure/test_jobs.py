"""Jobs: each one that is written is scheduled, and each one scheduled can ring."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.reminders import rings
from tracker.jobs.schedule import SCHEDULE, Job
from tracker.jobs.scheduler import trigger_of

BEGIN = datetime(2026, 6, 13, tzinfo=UTC)  # a Saturday
LONGEST_PAUSE = timedelta(days=7)


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
