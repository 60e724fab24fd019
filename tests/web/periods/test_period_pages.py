"""A coordinator opens, locks and reopens reporting periods."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House, open_biennium
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.models.digest_times import DutyStation, Holiday
from tracker.models.instruments import BodySession
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.services.periods import freeze_period

DATES = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "due_on": "2026-06-30"}


def looked_at(client: FlaskClient, dates: dict[str, str]) -> TestResponse:
    """Return the page that says what a period with these dates would ask of whom."""
    return client.get("/periods/open/preview", query_string=dates)


def fields_of(page: TestResponse) -> dict[str, str]:
    """Return what stands in the form that plans a period."""
    forms = html.document_fromstring(page.text).get_element_by_id("main").iter("form")
    found = next(form for form in forms if "preview" in form.get("action", ""))
    assert isinstance(found, html.FormElement)
    return dict(found.form_values())


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
    proposed = fields_of(page)
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
    page = looked_at(coordinator, {**DATES, "slot_on": "2028-02-20", "body_session_id": "1"})

    answer = submit(coordinator, page)

    assert (answer.status_code, answer.location) == (303, "/periods/1")
    words = text_of(coordinator.get("/periods/1"))
    assert "The period 2026-2027 is open." in words
    assert "Session Twelfth session" in words
    assert "0 of 3 mandates answered" in words
    with database.reading() as session:
        asked = session.scalars(select(ProgressReport.mandate_id)).all()
    assert sorted(asked) == sorted(house.mandates)
    following = fields_of(coordinator.get("/periods/open"))
    assert following["starts_on"] == "2028-01-01"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": ""}, "Enter the first day of the period."),
        ({"due_on": ""}, "Enter the date the reports are due."),
        ({"due_on": "soon"}, "This is not a date."),
        ({"ends_on": "2025-12-31"}, "The period ends before it begins."),
        ({"due_on": "2025-06-30"}, "before the period begins"),
        ({"slot_on": "2026-06-01"}, "lies before the reports are due"),
    ],
)
def test_a_period_that_cannot_be_is_refused_and_the_form_kept(
    coordinator: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    answer = looked_at(coordinator, {**DATES, **changes})

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert fields_of(answer)["ends_on"] == changes.get("ends_on", DATES["ends_on"])


def test_a_name_that_is_taken_is_refused_and_the_form_kept(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    answer = submit(coordinator, looked_at(coordinator, DATES))

    assert answer.status_code == 409
    assert "There is already a reporting period named 2026-2027." in text_of(answer)
    assert fields_of(answer)["due_on"] == DATES["due_on"]


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
    submit(coordinator, looked_at(coordinator, DATES))
    assert "The period 2026-2027 asks for no report." in text_of(coordinator.get("/periods/1"))


def test_what_a_period_does_not_ask_about_is_counted_and_led_to(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates[:2]:
            session.get_one(Mandate, mandate_id).lead_unit_id = None

    form = coordinator.get("/periods/open")
    period = coordinator.get(submit(coordinator, looked_at(coordinator, DATES)).location)

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


def test_the_days_are_counted_back_from_the_next_session(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            BodySession(
                body_id=1,
                number=12,
                name="Twelfth session",
                language="en",
                opens_on=date(2098, 4, 22),
                closes_on=date(2098, 4, 24),
            )
        )

    proposed = fields_of(coordinator.get("/periods/open"))
    moved = fields_of(
        coordinator.get("/periods/open", query_string={**DATES, "slot_on": "2098-02-04", "plan": 1})
    )
    without = coordinator.get("/periods/open", query_string={**DATES, "plan": 1})

    assert (proposed["body_session_id"], proposed["slot_on"]) == ("1", "2098-02-11")
    assert (proposed["call_on"], proposed["due_on"]) == ("2097-12-03", "2098-01-14")
    assert (moved["due_on"], moved["front_office_on"]) == ("2098-01-07", "2098-01-28")
    assert without.status_code == 400
    assert "Enter the slot, or choose a session" in text_of(without)


def test_one_sees_who_is_asked_and_a_change_since_asks_for_another_look(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    seen = looked_at(coordinator, {**DATES, "due_on": "2098-06-30", "call_on": "2098-04-01"})
    words = text_of(seen)
    assert "3 mandates are asked about, of 2 people in 2 units." in words
    assert "Ana Focal" in words
    assert "nobody is written to before 1 April 2098" in words

    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).requires_action = False
    again = submit(coordinator, seen)

    assert again.status_code == 409
    assert "Who is asked has changed since you looked" in text_of(again)
    assert "Not asked about, and why" in text_of(again)
    with database.reading() as session:
        assert session.scalars(select(ProgressReport.id)).all() == []
    assert submit(coordinator, again).status_code == 303


def test_what_moves_is_shown_before_the_days_are_moved(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    form = coordinator.get("/periods/1/dates")

    seen = submit(coordinator, form, {"due_on": "2026-07-31"})
    unreasoned = submit(coordinator, seen, button="confirmed")
    other = submit(coordinator, seen, {"slot_on": "2026-09-01"}, button="confirmed")
    moved = submit(coordinator, seen, {"reason": "The session moved."}, button="confirmed")

    assert re.search(r"Statistics Division\s*Move\s*2\s*Keep", text_of(seen))
    assert (unreasoned.status_code, moved.status_code) == (400, 303)
    assert re.search(r"Slot\s*From\s*not set\s*To\s*1 September 2026", text_of(other))
    words = text_of(coordinator.get("/periods/1"))
    assert "Reports due 31 July 2026" in words
    assert "The session moved." in words


def test_a_period_whose_session_has_another_slot_says_so(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        host = BodySession(
            body_id=1,
            number=12,
            name="Twelfth session",
            language="en",
            opens_on=date(2028, 5, 2),
            slot_on=date(2028, 2, 22),
        )
        session.add(host)
        session.flush()
        session.get_one(ReportingPeriod, open_biennium(session, house).id).session_id = host.id

    assert "The slot of the session is 22 February 2028." in text_of(coordinator.get("/periods/1"))
    counted = coordinator.get("/periods/1/dates?session=1")
    assert 'value="2028-01-25"' in counted.text


@pytest.fixture
def praia(database: Database, house: House) -> int:
    """Add the seat, which keeps two days off before the slot, and a second place that keeps none.

    One of the two is the slot of a session by the count of weeks alone.
    """
    with arranging(), database.transaction() as session:
        seat = DutyStation(name="Praia", is_seat=True)
        session.add_all([seat, DutyStation(name="Banjul")])
        session.flush()
        session.add_all(
            Holiday(duty_station_id=seat.id, day=day, name=name)
            for day, name in (
                (date(2098, 1, 1), "New Year"), (date(2098, 2, 11), "Feast of the Sea"),
            )
        )  # fmt: skip
        session.add(
            BodySession(
                body_id=1, number=12, name="Twelfth session", language="en",
                opens_on=date(2098, 4, 22),
            )
        )  # fmt: skip
        return seat.id


def test_the_holidays_of_the_seat_are_passed_over_and_named(
    coordinator: FlaskClient, praia: int
) -> None:
    page = coordinator.get("/periods/open")
    proposed = fields_of(page)
    words = text_of(page)
    assert (proposed["station_id"], proposed["slot_on"]) == (str(praia), "2098-02-10")
    assert (proposed["due_on"], proposed["call_on"]) == ("2098-01-13", "2097-11-29")
    assert "The holidays at Praia count. Between the first step and the last, 1 day" in words
    assert "1 January 2098: New Year" in words
    assert "No holiday of 2097 is known there" in words

    preview = text_of(looked_at(coordinator, {**proposed, "due_on": "2098-01-01"}))
    assert "1 January 2098: New Year" in preview
    assert "Nobody works on these days of the plan:" in preview
    assert ": 1 January 2098 (New Year)" in preview


def test_another_calendar_or_none_can_count(coordinator: FlaskClient, praia: int) -> None:
    asked = {**DATES, "slot_on": "2098-02-10", "plan": "1"}

    for station, counted, told in (
        ("", "2098-01-13", "No holidays are counted: the days pass over weekends alone."),
        (str(praia + 1), "2098-01-13", "No holiday of 2097, 2098 is known there"),
    ):
        page = coordinator.get("/periods/open", query_string={**asked, "station_id": station})
        assert fields_of(page)["due_on"] == counted
        assert fields_of(page)["call_on"] == "2097-12-02"
        assert told in text_of(page)


def test_the_days_of_an_open_period_are_counted_back_over_holidays_too(
    coordinator: FlaskClient, database: Database, house: House, praia: int
) -> None:
    with arranging(), database.transaction() as session:
        period_id = open_biennium(session, house, at=clock.now()).id

    page = coordinator.get(f"/periods/{period_id}/dates")
    planned = submit(coordinator, page, {"slot_on": "2098-01-05"}, button="plan")

    assert "Document with the front office by" in text_of(planned)
    assert 'value="2097-12-26"' in planned.text  # five working days before, one holiday between
    assert "1 January 2098: New Year" in text_of(planned)
