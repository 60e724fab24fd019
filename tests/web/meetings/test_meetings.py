"""Meetings of others that we follow: added, brought by a calendar, told in feeds and cancelled."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from tests.furniture import put
from tests.pages import CheckedClient
from tests.reporting import House, make_house
from tests.visitors import form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.followed_meetings import FollowedMeeting
from tracker.services.calendars import make_feed, secret_of

PAGE = "/admin/meetings"
MEETING = {
    "title": "Council of Ministers",
    "organizer": "African Union",
    "place": "Addis Ababa",
    "starts_on": "2027-05-04",
    "ends_on": "2027-05-06",
    "address": "https://au.example/council",
}
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:m1@au.example\r\n"
    "SUMMARY:Council of Ministers\r\nDTSTART;VALUE=DATE:{starts}\r\nDTEND;VALUE=DATE:20270507\r\n"
    "LOCATION:Addis Ababa\r\nSTATUS:{status}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def house(database: Database, client: CheckedClient) -> House:
    """Return a commission, its coordinator signed in."""
    made = put(database, make_house)
    sign_in(client, made.coordinator.person_id)
    return made


def feed(app: Flask, client: CheckedClient, house: House, subject: str) -> Any:
    """Return the meetings in the feed of a subject that the focal point reads, by name."""
    parts = app.extensions["tracker"]
    with parts.database.transaction() as session:
        made = make_feed(session, subject=subject, actor=house.focal_point, at=clock.now())
        secret = secret_of(parts.tokens, made.id, made.number)
    events = Calendar.from_ical(client.get(f"/calendar/{secret}.ics").data).walk("VEVENT")
    return {
        str(event["summary"]): event for event in events if str(event["uid"]).startswith("meeting-")
    }


def only(database: Database) -> FollowedMeeting:
    with database.reading() as session:
        return session.scalars(select(FollowedMeeting)).one()


def add(client: CheckedClient, **fields: str) -> None:
    page = client.get(f"{PAGE}/add")
    answer = submit(client, page, {**MEETING, **fields})
    assert answer.status_code == 303, text_of(answer)


def test_a_meeting_stands_in_every_feed_and_a_units_own_only_in_its_own(
    app: Flask, client: CheckedClient, house: House
) -> None:
    add(client)
    add(client, title="Statistics only", organizer="", subject=f"unit:{house.statistics}")

    of_unit = feed(app, client, house, f"unit:{house.statistics}")
    of_body = feed(app, client, house, "body:eco")

    assert set(of_unit) == {"African Union: Council of Ministers", "Statistics only"}
    assert set(of_body) == {"African Union: Council of Ministers"}
    told = of_body["African Union: Council of Ministers"]
    assert told["dtstart"].dt == date(2027, 5, 4)
    assert told["dtend"].dt == date(2027, 5, 7)
    assert told["url"] == "https://au.example/council"


def test_a_meeting_that_moves_or_is_cancelled_does_so_in_the_feed(
    app: Flask, client: CheckedClient, database: Database, house: House
) -> None:
    add(client)
    before = feed(app, client, house, "body:eco")["African Union: Council of Ministers"]
    address = f"{PAGE}/{only(database).id}"
    submit(client, client.get(address), {"place": "Dakar"})
    moved = feed(app, client, house, "body:eco")["African Union: Council of Ministers"]
    submit(client, client.get(address), {"is_cancelled": "y"})
    cancelled = feed(app, client, house, "body:eco")["African Union: Council of Ministers"]

    assert (before["sequence"], moved["sequence"], cancelled["sequence"]) == (0, 1, 2)
    assert before["uid"] == moved["uid"] == cancelled["uid"]
    assert moved["description"] == "Dakar"
    assert cancelled["status"] == "CANCELLED"


def bring(client: CheckedClient, content: str) -> Any:
    form = form_of(client.get(PAGE), "calendar")
    values = {"csrf_token": form.fields["csrf_token"], "subject": ""}
    file = (BytesIO(content.encode()), "meetings.ics")
    return client.post(f"{PAGE}/calendar", data={**values, "calendar": file})


def take(client: CheckedClient, content: str) -> Any:
    return submit(client, bring(client, content), {})


def test_a_calendar_is_looked_at_before_anything_is_taken(
    client: CheckedClient, database: Database, house: House
) -> None:
    take(client, ICS.format(starts="20270504", status="CONFIRMED"))

    words = text_of(bring(client, ICS.format(starts="20270505", status="CONFIRMED")))

    assert "To be added: 0; to be changed: 1; unchanged: 0; refused: 0." in words
    assert "Until now: 4 to 6 May 2027" in words
    assert only(database).starts_on == date(2027, 5, 4)


def test_a_meeting_that_cannot_be_keeps_the_whole_calendar_out_and_says_why(
    client: CheckedClient, database: Database, house: House
) -> None:
    nameless = ICS.format(starts="20270504", status="CONFIRMED").replace("Council of Ministers", "")

    page = bring(client, nameless)

    assert "Enter what the meeting is called." in text_of(page)
    assert "Take the list" not in text_of(page)
    with database.reading() as session:
        assert session.scalars(select(FollowedMeeting)).all() == []


def test_a_calendar_brought_again_moves_and_cancels_what_it_brought(
    client: CheckedClient, database: Database, house: House
) -> None:
    take(client, ICS.format(starts="20270504", status="CONFIRMED"))
    assert (only(database).starts_on, only(database).ends_on) == (
        date(2027, 5, 4), date(2027, 5, 6),
    )  # fmt: skip

    take(client, ICS.format(starts="20270505", status="CANCELLED"))

    assert only(database).starts_on == date(2027, 5, 5)
    assert only(database).is_cancelled


@pytest.mark.parametrize("content", ["", "no calendar"], ids=["empty", "words"])
def test_what_is_no_calendar_is_refused(client: CheckedClient, house: House, content: str) -> None:
    answer = bring(client, content)

    assert answer.status_code == 400
    assert "calendar" in text_of(answer)


def test_days_in_the_wrong_order_are_refused_at_their_field(
    client: CheckedClient, house: House
) -> None:
    page = client.get(f"{PAGE}/add")

    answer = submit(client, page, {**MEETING, "ends_on": "2027-05-01"})

    assert answer.status_code == 400
    assert "The last day lies before the first." in text_of(answer)
