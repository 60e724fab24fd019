"""What becomes of a ring: one run, noted, alone, and no failure that stops the next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.travel import Travel
from tracker import clock
from tracker.domain.errors import Invalid, Phrase, Unavailable
from tracker.installation import Installation
from tracker.jobs.schedule import Job
from tracker.jobs.scheduler import ring, run_job
from tracker.models.jobs import JobRun
from tracker.queries.jobs import last_runs, phrases_kept
from tracker.services.leases import take_lease

THREE = Phrase("Things done: %(num)s", {"num": 3})


class Work:
    """A job that notes when it ran and does what it is told."""

    def __init__(self, *did: Phrase, failure: Exception | None = None) -> None:
        self.did = did
        self.failure = failure
        self.ran_at: list[datetime] = []

    def __call__(self, _installation: Installation, at: datetime) -> Sequence[Phrase]:
        self.ran_at.append(at)
        if self.failure is not None:
            raise self.failure
        return self.did

    @property
    def job(self) -> Job:
        return Job("work", "* * * * *", self, "Work.")


def runs(installation: Installation) -> Sequence[tuple[bool | None, str]]:
    with installation.database.reading() as session:
        return [
            (run.is_success, "; ".join(map(str, phrases_kept(run.summary))))
            for run in session.scalars(select(JobRun).order_by(JobRun.id))
        ]


def test_a_run_is_noted_with_what_it_did(installation: Installation) -> None:
    work = Work(THREE)
    at = clock.now() - timedelta(days=400)

    outcome = run_job(installation, "work", at, schedule=[work.job])

    assert (outcome.is_success, outcome.summary) == (True, "Things done: 3")
    assert work.ran_at == [at]
    with installation.database.reading() as session:
        last = last_runs(session)["work"]
    assert last.started_at == last.succeeded_at == clock.now()


def test_a_failing_job_stops_no_other_and_shows(
    installation: Installation, travel: Travel, caplog: pytest.LogCaptureFixture
) -> None:
    work, broken = Work(THREE), Work(failure=ZeroDivisionError("by nought"))
    ring(installation, work.job)
    travel.by(timedelta(hours=1))

    ring(installation, broken.job)

    assert runs(installation) == [(True, "Things done: 3"), (False, "ZeroDivisionError: by nought")]
    assert "job work failed" in caplog.text
    with installation.database.reading() as session:
        last = last_runs(session)["work"]
    assert last.succeeded_at == clock.now() - timedelta(hours=1)


def test_a_refusal_is_noted_as_its_sentence(installation: Installation) -> None:
    work = Work(failure=Unavailable("The mail server %(name)s is away.", name="post"))

    outcome = run_job(installation, "work", clock.now(), schedule=[work.job])

    assert (outcome.is_success, outcome.summary) == (False, "The mail server post is away.")


def test_a_ring_is_not_for_a_process_while_another_does_the_job(
    installation: Installation, travel: Travel
) -> None:
    work = Work()
    with installation.database.transaction() as session:
        take_lease(
            session,
            name="job:work",
            holder="elsewhere:1",
            at=clock.now(),
            lasts=timedelta(minutes=2),
        )

    ring(installation, work.job)
    assert work.ran_at == []

    travel.by(timedelta(minutes=3))
    ring(installation, work.job)
    assert work.ran_at == [clock.now()]


def test_rings_follow_one_another(installation: Installation) -> None:
    work = Work()

    ring(installation, work.job)
    ring(installation, work.job)

    assert len(work.ran_at) == 2


def test_runs_that_find_nothing_to_do_take_one_row(installation: Installation) -> None:
    for work in (Work(THREE), Work(), Work(), Work()):
        ring(installation, work.job)

    assert runs(installation) == [(True, "Things done: 3"), (True, "")]


def test_a_run_that_was_killed_is_noted_as_cut_short(installation: Installation) -> None:
    with installation.database.transaction() as session:
        session.add(JobRun(name="work", started_at=clock.now(), summary=""))

    ring(installation, Work(THREE).job)

    assert runs(installation) == [(False, "The run was cut short."), (True, "Things done: 3")]


def test_a_database_that_is_away_does_not_end_the_scheduler(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    with installation.database.transaction() as session:
        JobRun.__table__.drop(session.connection())  # type: ignore[attr-defined]

    ring(installation, Work().job)

    assert "job work could not be run" in caplog.text


def test_an_unknown_job_is_refused_with_the_names_there_are(installation: Installation) -> None:
    with pytest.raises(Invalid, match=r"^There is no job play\. Choose one of: work\.$"):
        run_job(installation, "play", clock.now(), schedule=[Work().job])
