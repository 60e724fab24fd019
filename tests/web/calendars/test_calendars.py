"""Calendars: asked for on a page, read by programs without signing in, right after every move."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select, update

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import DUE_ON, House, make_house, open_biennium, report_on
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Sensitivity
from tracker.installation import Installation
from tracker.models.instruments import Body, BodySession
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.services.calendars import end_feed
from tracker.services.due_dates import extend_due_date, waive_report

PAGE = "/account/calendars"
LATER = date(2026, 8, 31)


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def house(database: Database, client: CheckedClient) -> House:
    """Open the biennium, with a slot and a session, and sign the focal point in."""
    with arranging(), database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made)
        session.execute(update(ReportingPeriod).values(slot_on=date(2028, 2, 1)))
        session.add(
            BodySession(
                body_id=session.scalars(select(Body.id)).one(),
                number=5,
                name="Fifth session",
                language="en",
                place="Praia",
                opens_on=date(2028, 4, 10),
                closes_on=date(2028, 4, 14),
            )
        )
    sign_in(client, made.focal_point.person_id)
    return made


def subscribe(client: CheckedClient, subject: str = "person") -> str:
    submit(client, client.get(PAGE), {"subject": subject}, to=PAGE)
    return addresses(client)[-1]


def addresses(client: CheckedClient) -> list[str]:
    return re.findall(r"http://localhost(/calendar/[^<\s]+\.ics)", client.get(PAGE).text)


# What the library returns for a property is of many kinds: Any lets a test name the one it means.
def events(client: CheckedClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    read = Calendar.from_ical(answer.data)
    return {str(event["uid"]).partition(".")[0]: event for event in read.walk("VEVENT")}


def first_of(database: Database, house: House) -> int:
    with database.reading() as session:
        return report_on(session, house.mandates[0]).id


def test_a_page_without_calendars_says_how_to_get_one(client: CheckedClient, house: House) -> None:
    assert "You have no calendar yet." in text_of(client.get(PAGE))


def test_one_s_own_dates_stand_in_the_calendar_with_rounds_slots_and_sessions(
    client: CheckedClient, database: Database, house: House
) -> None:
    read = events(client, subscribe(client))

    first = read[f"due-{first_of(database, house)}"]
    assert str(first["summary"]) == "Report due: 12(IV), para. 5(a)"
    assert first["dtstart"].dt == DUE_ON
    assert (first["status"], first["sequence"], first["transp"]) == ("CONFIRMED", 0, "TRANSPARENT")
    assert str(first["description"]) == "To count the islands, part 5.a"
    assert sorted(key.partition("-")[0] for key in read) == [
        "begins", "due", "due", "ends", "session", "slot",
    ]  # fmt: skip
    assert str(read["session-1"]["summary"]) == "Commission of the Islands: Fifth session"
    assert read["session-1"]["dtend"].dt == date(2028, 4, 15)


def test_a_program_needs_no_sign_in_and_is_told_when_nothing_changed(
    app: Flask, client: CheckedClient, house: House
) -> None:
    address = subscribe(client)
    stranger = app.test_client()

    answer = stranger.get(address)
    again = stranger.get(address, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.data == stranger.get(address).data
    assert (again.status_code, again.data) == (304, b"")


def test_a_moved_date_keeps_its_uid_and_raises_its_sequence(
    client: CheckedClient, database: Database, house: House
) -> None:
    address, key = subscribe(client), f"due-{first_of(database, house)}"
    before = events(client, address)[key]
    with database.transaction() as session:
        extend_due_date(
            session,
            report_id=first_of(database, house),
            due_on=LATER,
            reason="The census ends in July.",
            actor=house.coordinator,
            at=clock.now(),
        )

    after = events(client, address)[key]

    assert (after["uid"], after["dtstart"].dt) == (before["uid"], LATER)
    assert (after["sequence"], after["status"]) == (1, "CONFIRMED")


def test_what_is_no_longer_asked_is_cancelled(
    client: CheckedClient, database: Database, house: House
) -> None:
    address, key = subscribe(client), f"due-{first_of(database, house)}"
    events(client, address)
    with database.transaction() as session:
        waive_report(
            session,
            report_id=first_of(database, house),
            version=1,
            reason="The island was under water.",
            actor=house.coordinator,
            at=clock.now(),
        )

    cancelled = events(client, address)[key]

    assert (cancelled["status"], cancelled["sequence"]) == ("CANCELLED", 1)


def test_a_calendar_speaks_the_language_of_its_reader(
    client: CheckedClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.execute(
            update(Person).where(Person.id == house.focal_point.person_id).values(language="es")
        )

    read = events(client, subscribe(client))

    first = read[f"due-{first_of(database, house)}"]
    assert str(first["summary"]) == "Vence el informe: 12(IV), párr. 5(a)"


def test_a_confidential_clause_is_named_and_not_quoted(
    client: CheckedClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.execute(update(Mandate).values(sensitivity=Sensitivity.CONFIDENTIAL))

    answer = client.get(subscribe(client))

    assert "5(a)" in answer.text
    assert "count the islands" not in answer.text


def test_a_unit_s_calendar_holds_its_reports_and_a_body_s_the_days(
    client: CheckedClient, house: House
) -> None:
    unit = events(client, subscribe(client, f"unit:{house.statistics}"))
    body = events(client, subscribe(client, "body:eco"))

    assert sum(key.startswith("due-") for key in unit) == 2
    (day,) = [event for key, event in body.items() if key.startswith("due-")]
    assert str(day["summary"]) == "Reports are due: Commission of the Islands"


def test_a_new_address_ends_the_old_one(client: CheckedClient, house: House) -> None:
    old = subscribe(client)
    submit(client, client.get(PAGE), to="/new-address")

    (new,) = addresses(client)

    assert new != old
    assert client.get(new).status_code == 200
    assert client.get(old).status_code == 410


def test_an_ended_calendar_leads_nowhere_and_can_be_had_anew(
    client: CheckedClient, house: House
) -> None:
    old = subscribe(client)
    submit(client, client.get(PAGE), to="/end")
    assert client.get(old).status_code == 410

    assert subscribe(client) != old


def test_who_left_has_no_calendar_any_more(
    app: Flask, client: CheckedClient, database: Database, house: House
) -> None:
    address = subscribe(client)
    with arranging(), database.transaction() as session:
        session.execute(update(Person).values(is_active=False))

    assert app.test_client().get(address).status_code == 410


@pytest.mark.parametrize("secret", ["x", "WzEsMSwyNTM0MDIzMDA4MDBd.abc"])
def test_a_guessed_address_leads_nowhere(client: CheckedClient, house: House, secret: str) -> None:
    answer = client.get(f"/calendar/{secret}.ics")

    assert answer.status_code == 410
    assert "leads to no calendar" in answer.text


def test_nobody_ends_somebody_else_s_calendar(
    client: CheckedClient, database: Database, house: House
) -> None:
    address = subscribe(client)

    with pytest.raises(NotFound), database.transaction() as session:
        end_feed(session, feed_id=1, actor=house.viewer, at=clock.now())

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("subject", ["unit:999", "body:none", "unit:x", ""])
def test_a_calendar_of_nothing_is_refused(
    client: CheckedClient, house: House, subject: str
) -> None:
    page = submit(client, client.get(PAGE), {"subject": subject}, to=PAGE)

    assert page.status_code == 400
