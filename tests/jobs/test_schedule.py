"""The table of jobs, and when each of them rings."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.jobs.schedule import SCHEDULE, Job
from tracker.jobs.scheduler import trigger_of


def test_every_job_has_a_name_of_its_own_and_says_what_it_is_for() -> None:
    names = [job.name for job in SCHEDULE]

    assert sorted(set(names)) == sorted(names)
    assert {"reminders", "deliver", "tasks", "housekeeping"} <= set(names)
    assert all(job.purpose.endswith(".") for job in SCHEDULE)


@pytest.mark.parametrize("job", SCHEDULE, ids=lambda job: job.name)
def test_every_job_rings_within_three_days_of_any_moment(job: Job) -> None:
    start = datetime(2026, 6, 12, 18, tzinfo=UTC)  # a Friday evening

    rings_at = trigger_of(job.cron, "UTC").get_next_fire_time(None, start)

    assert start <= rings_at <= start + timedelta(days=3)


@pytest.mark.parametrize(
    ("cron", "after", "rings_at"),
    [
        pytest.param(
            "0 6 * * mon-fri",
            datetime(2026, 6, 12, 12, tzinfo=UTC),
            datetime(2026, 6, 15, 10, tzinfo=UTC),
            id="weekdays-skip-the-weekend-and-follow-the-zone",
        ),
        pytest.param(
            "*/15 * * * * *",
            datetime(2026, 6, 12, 12, 0, 1, tzinfo=UTC),
            datetime(2026, 6, 12, 12, 0, 15, tzinfo=UTC),
            id="a-sixth-field-names-seconds",
        ),
        pytest.param(
            "30 2 * * *",
            datetime(2026, 6, 12, 6, 29, 59, tzinfo=UTC),
            datetime(2026, 6, 12, 6, 30, tzinfo=UTC),
            id="five-fields-ring-at-the-full-minute",
        ),
    ],
)
def test_a_cron_line_rings_when_it_says(cron: str, after: datetime, rings_at: datetime) -> None:
    assert trigger_of(cron, "America/Santiago").get_next_fire_time(None, after) == rings_at
