"""A coordinator opens, locks and reopens reporting periods."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, open_biennium
from tests.visitors import form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.models.instruments import BodySession
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.services.periods import freeze_period

DATES = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "due_on": "2026-06-30"}


@pytest.fixture
def coordinator(client: FlaskClient, house: House) -> FlaskClient:
    """Return a visitor who is signed in as coordinator."""
    sign_in(client, house.coordinator.person_id)
    return client


def test_the_list_says_what_fills_it(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get("/periods"))

    assert "No reporting period was opened yet." in words
    assert "Open a reporting period" in words


def test_the_form_says_how_many_will_be_asked_and_proposes_the_biennium(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get("/periods/open")

    assert "3 mandates will be asked about" in text_of(page)
    proposed = dict(form_of(page).form_values())
    assert (proposed["starts_on"], proposed["ends_on"]) == ("2026-01-01", "2027-12-31")


def test_opening_a_period_asks_for_its_reports(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            BodySession(
                body_id=1,
                number=12,
                name="Twelfth session",
                language="en",
                opens_on=date(2028, 5, 2),
                closes_on=date(2028, 5, 6),
            )
        )
    page = coordinator.get("/periods/open")

    answer = submit(coordinator, page, {**DATES, "slot_on": "2028-02-20", "body_session_id": "1"})

    assert (answer.status_code, answer.location) == (303, "/periods/1")
    words = text_of(coordinator.get("/periods/1"))
    assert "The period 2026-2027 is open." in words
    assert "Session Twelfth session" in words
    assert "0 of 3 mandates answered" in words
    with database.reading() as session:
        asked = session.scalars(select(ProgressReport.mandate_id)).all()
    assert sorted(asked) == sorted(house.mandates)
    following = dict(form_of(coordinator.get("/periods/open")).form_values())
    assert following["starts_on"] == "2028-01-01"


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"starts_on": ""}, 400, "Enter the first day of the period."),
        ({"due_on": ""}, 400, "Enter the date the reports are due."),
        ({"due_on": "soon"}, 400, "This is not a date."),
        ({"ends_on": "2025-12-31"}, 400, "The period ends before it begins."),
        ({"due_on": "2025-06-30"}, 400, "before the period begins"),
        ({"slot_on": "2026-06-01"}, 400, "lies before the reports are due"),
        ({"name": "Last one"}, 409, "There is already a reporting period named Last one."),
    ],
)
def test_a_period_that_cannot_be_is_refused_and_the_form_kept(
    coordinator: FlaskClient,
    database: Database,
    house: House,
    changes: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
    with arranging(), database.transaction() as session:
        session.get_one(ReportingPeriod, period.id).name = "Last one"

    answer = submit(coordinator, coordinator.get("/periods/open"), {**DATES, **changes})

    assert answer.status_code == status
    assert sentence in text_of(answer)
    assert dict(form_of(answer).form_values())["ends_on"] == changes.get(
        "ends_on", DATES["ends_on"]
    )
    with database.reading() as session:
        assert len(session.scalars(select(ReportingPeriod.id)).all()) == 1


def test_a_period_is_locked_and_opened_again(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    page = coordinator.get("/periods/1")

    locked = submit(coordinator, page, to="/lock")
    stale = submit(coordinator, page, to="/lock")
    form = coordinator.get("/periods/1/reopen")
    unreasoned = submit(coordinator, form, to="/reopen")
    reopened = submit(coordinator, form, {"reason": "Late texts."}, to="/reopen")

    answers = (locked, stale, unreasoned, reopened)
    assert [answer.status_code for answer in answers] == [303, 409, 400, 303]
    assert "Enter the reason" in text_of(unreasoned)
    words = text_of(coordinator.get("/periods/1"))
    assert "takes answers again" in words
    assert "Late texts." in words


def test_opening_a_frozen_period_again_says_what_follows(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        freeze_period(session, period=period, edition_number=1, actor=house.editor, at=clock.now())

    words = text_of(coordinator.get("/periods/1/reopen"))

    assert "The final edition itself stays as it was made" in words
    assert "3 reports without an answer are asked for again" in words


def test_a_period_that_is_not_there_is_not_opened_again(coordinator: FlaskClient) -> None:
    assert coordinator.get("/periods/99/reopen").status_code == 404


def test_a_period_that_would_ask_nobody_is_warned_about(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates:
            session.get_one(Mandate, mandate_id).lead_unit_id = None

    assert "No mandate would be asked about now." in text_of(coordinator.get("/periods/open"))
    submit(coordinator, coordinator.get("/periods/open"), DATES)
    assert "The period 2026-2027 asks for no report." in text_of(coordinator.get("/periods/1"))


def test_what_a_period_does_not_ask_about_is_counted_and_led_to(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates[:2]:
            session.get_one(Mandate, mandate_id).lead_unit_id = None

    form = coordinator.get("/periods/open")
    period = coordinator.get(submit(coordinator, form, DATES).location)

    for page in (form, period):
        assert "2 mandates are not asked about: they require our action, but" in text_of(page)
        assert 'href="/mandates?owner=none"' in page.text
    assert "2 mandates" in text_of(coordinator.get("/mandates?owner=none"))


def test_a_viewer_reads_periods_but_does_not_open_them(
    client: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    sign_in(client, house.viewer.person_id)

    assert "2026-2027" in text_of(client.get("/periods"))
    words = text_of(client.get("/periods/1"))
    assert "0 of 3 mandates answered" in words
    assert "Lock the period" not in words
    assert client.get("/periods/open").status_code == 403


def test_a_period_that_is_not_there_is_not_found(coordinator: FlaskClient) -> None:
    answer = coordinator.get("/periods/9")

    assert answer.status_code == 404
    assert "There is no such reporting period." in text_of(answer)
