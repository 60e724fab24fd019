"""The page of the jobs, and the check that fails while one does not run."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House
from tests.travel import Travel
from tests.visitors import sign_in, text_of
from tracker import clock
from tracker.domain.jobs import GRACE, LONGEST_RUN
from tracker.installation import Installation
from tracker.jobs.scheduler import run_job
from tracker.models.people import Person
from tracker.services.jobs import begin_run


def installation_of(app: Flask) -> Installation:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts


def test_a_job_tells_its_last_run_and_the_next(
    app: Flask, client: FlaskClient, house: House
) -> None:
    run_job(installation_of(app), "housekeeping", clock.now())
    sign_in(client, house.coordinator.person_id)

    words = text_of(client.get("/admin/jobs"))

    assert "Forget what is no longer needed." in words
    assert "Resolutions read again: 1" in words
    assert "Never" in words  # of the jobs that did not run yet


def test_what_a_job_did_stands_in_the_readers_language(
    app: Flask, client: FlaskClient, house: House
) -> None:
    run_job(installation_of(app), "housekeeping", clock.now())
    with arranging(), installation_of(app).database.transaction() as session:
        session.get_one(Person, house.coordinator.person_id).language = "es"
    sign_in(client, house.coordinator.person_id)

    assert "Resoluciones leídas de nuevo: 1" in text_of(client.get("/admin/jobs"))


def test_while_every_job_runs_the_check_is_well(app: Flask, client: FlaskClient) -> None:
    run_job(installation_of(app), "deliver", clock.now())

    answer = client.get("/health/jobs")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_job_that_did_not_ring_fails_the_check_and_shows_on_the_start_page(
    app: Flask, client: FlaskClient, house: House, travel: Travel
) -> None:
    run_job(installation_of(app), "deliver", clock.now())
    run_job(installation_of(app), "housekeeping", clock.now())
    travel.by(GRACE + timedelta(minutes=1))

    answer = client.get("/health/jobs")
    sign_in(client, house.coordinator.person_id)
    start = text_of(client.get("/"))

    assert (answer.status_code, answer.text) == (503, "late: deliver\n")
    assert "the scheduler does not ring" in start
    assert "1 job did not run when it should have." in text_of(client.get("/admin/jobs"))


def test_nobody_else_is_told_of_a_late_job(
    app: Flask, client: FlaskClient, house: House, travel: Travel
) -> None:
    run_job(installation_of(app), "deliver", clock.now())
    travel.by(GRACE + timedelta(minutes=1))
    sign_in(client, house.focal_point.person_id)

    assert "the scheduler does not ring" not in text_of(client.get("/"))


def test_a_long_run_is_late_only_when_it_hangs(
    app: Flask, client: FlaskClient, travel: Travel
) -> None:
    with installation_of(app).database.transaction() as session:
        begin_run(
            session,
            name="tasks",
            at=clock.now(),
            next_ring_at=clock.now() + timedelta(seconds=5),
        )

    travel.by(LONGEST_RUN)
    assert client.get("/health/jobs").status_code == 200
    travel.by(timedelta(seconds=1))
    assert client.get("/health/jobs").status_code == 503
