"""Questions and requests for more time on the page of a report, and how managers answer."""

import pytest
from flask.testing import FlaskClient

from tests.reporting import House, open_biennium, report_on
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database

LATER = {"time-due_on": "2026-07-20"}


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def test_more_time_is_asked_for_and_given_with_one_click_on_the_start_page(
    client: FlaskClient, house: House, report_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/progress/{report_id}")
    asked = submit(client, page, LATER | {"time-text": "The ship is late."}, to="/more-time")
    assert asked.status_code == 303

    sign_in(client, house.manager.person_id)
    start = client.get("/")
    assert "Ana Focal asks for time until 20 July 2026: The ship is late." in text_of(start)
    given = submit(client, start, {}, to="/give-time")

    assert given.status_code == 303
    sign_in(client, house.focal_point.person_id)
    assert "Mona Manager: Gives more time, 20 July 2026" in text_of(client.get("/"))


def test_a_question_is_answered_on_the_page_of_the_report(
    client: FlaskClient, house: House, report_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/progress/{report_id}")
    submit(client, page, {"question-text": "Which islands?"}, to="/question")

    sign_in(client, house.manager.person_id)
    assert "Ana Focal asks: Which islands?" in text_of(client.get("/"))
    submit(client, client.get(f"/progress/{report_id}"), {"text": "All of them."}, to="/answer")

    sign_in(client, house.focal_point.person_id)
    assert "All of them." in text_of(client.get(f"/progress/{report_id}"))


def test_a_refusal_without_a_reason_is_told_and_nothing_is_settled(
    client: FlaskClient, house: House, report_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/progress/{report_id}")
    submit(client, page, LATER | {"time-text": "The ship is late."}, to="/more-time")
    sign_in(client, house.manager.person_id)

    refused = submit(client, client.get(f"/progress/{report_id}"), {}, to="/refuse-time")

    assert refused.status_code == 400
    assert "Write what you want to say" in text_of(refused)
    assert "asks for time" in text_of(client.get("/"))


def test_what_was_typed_stays_when_the_date_is_no_later(
    client: FlaskClient, house: House, report_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/progress/{report_id}")
    early = {"time-due_on": "2026-05-20", "time-text": "The ship is late."}

    answer = submit(client, page, early, to="/more-time")

    assert answer.status_code == 400
    assert "gives no more time" in text_of(answer)
    assert "The ship is late." in answer.text
