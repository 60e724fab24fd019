"""Pages of when reminders come and of holidays: kept, refused with a sentence, nothing lost."""

from io import BytesIO

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import make_person
from tests.visitors import form_of, submit, text_of
from tests.visitors import sign_in as sign_in_as
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.models.digest_times import DutyStation

STATIONS = "/admin/duty-stations"


@pytest.fixture
def administrator(app: Flask, client: CheckedClient) -> None:
    """Sign an administrator in."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    with arranging(), parts.database.transaction() as session:
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
    sign_in_as(client, person.id)


@pytest.mark.usefixtures("administrator")
def test_the_times_are_those_that_are_usual_until_others_are_chosen(client: CheckedClient) -> None:
    form = form_of(client.get("/account/digests"))
    assert (form.fields["hour"], form.fields["duty_station_id"]) == ("6", "")
    assert [box.get("value") for box in form.xpath(".//input[@checked]")] == ["0"]

    answer = submit(client, client.get("/account/digests"), {"weekdays": ["1", "4"], "hour": "17"})

    assert answer.status_code == 303
    chosen = form_of(client.get("/account/digests"))
    assert [box.get("value") for box in chosen.xpath(".//input[@checked]")] == ["1", "4"]
    assert chosen.fields["hour"] == "17"


@pytest.mark.usefixtures("administrator")
def test_no_weekday_is_refused_with_a_sentence(client: CheckedClient) -> None:
    page = submit(client, client.get("/account/digests"), {"weekdays": None})

    assert page.status_code == 400
    assert "Choose at least one weekday." in text_of(page)


@pytest.mark.usefixtures("administrator")
def test_a_duty_station_is_added_and_given_its_holidays(client: CheckedClient) -> None:
    assert "There is no duty station yet." in text_of(client.get(STATIONS))
    added = submit(client, client.get(STATIONS), {"name": "Praia"})

    kept = submit(client, client.get(added.location), {"holidays": "2026-12-25 Christmas Day"})

    assert kept.status_code == 303
    assert form_of(client.get(added.location)).fields["holidays"].strip() == (
        "2026-12-25 Christmas Day"
    )
    assert "Praia" in text_of(client.get(STATIONS))
    assert "Praia" in text_of(client.get("/account/digests"))


@pytest.mark.usefixtures("administrator")
def test_a_line_that_is_no_day_is_told_and_nothing_typed_is_lost(client: CheckedClient) -> None:
    added = submit(client, client.get(STATIONS), {"name": "Praia"})

    page = submit(client, client.get(added.location), {"holidays": "25 December Christmas"})

    assert page.status_code == 400
    assert "Line 1 does not begin with a day." in text_of(page)
    assert "25 December Christmas" in form_of(page).fields["holidays"]


@pytest.mark.usefixtures("administrator")
def test_a_calendar_of_holidays_is_looked_at_and_then_saved(client: CheckedClient) -> None:
    station = submit(client, client.get(STATIONS), {"name": "Praia"}).location
    typed = "2026-05-01 Labour\n2026-07-05 Independence\n2027-01-01 New Year"
    submit(client, client.get(station), {"holidays": typed})
    fields: dict[str, object] = dict(form_of(client.get(station)).fields)
    fields["calendar"] = (BytesIO(b"2026-05-01 Labour Day\n2026-12-25 Christmas"), "days.csv")

    page = client.post(station, data={**fields, "replaces": "y"})

    assert "To be added: 1; to be changed: 1; to be taken away: 1; unchanged: 1." in text_of(page)
    assert form_of(client.get(station)).fields["holidays"].strip() == typed
    submit(client, page, {})
    assert form_of(client.get(station)).fields["holidays"].strip().splitlines() == [
        "2026-05-01 Labour Day", "2026-12-25 Christmas", "2027-01-01 New Year",
    ]  # fmt: skip


@pytest.mark.usefixtures("administrator")
def test_a_list_in_another_encoding_is_refused(client: CheckedClient) -> None:
    added = submit(client, client.get(STATIONS), {"name": "Praia"})
    fields: dict[str, object] = dict(form_of(client.get(added.location)).fields)
    fields["calendar"] = (BytesIO("2026-12-25 Año".encode("latin-1")), "days.csv")

    page = client.post(added.location, data=fields)

    assert page.status_code == 400
    assert "The list is not in UTF-8." in text_of(page)


def test_only_administrators_keep_holidays(app: Flask, client: CheckedClient) -> None:
    parts = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        person = make_person(session, "Vera", (Role.VIEWER, None))
    sign_in_as(client, person.id)

    assert client.get(STATIONS).status_code == 403


@pytest.mark.usefixtures("administrator")
def test_one_duty_station_is_the_seat(app: Flask, client: CheckedClient) -> None:
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        session.add_all([DutyStation(name="Banjul", is_seat=True), DutyStation(name="Praia")])

    page = client.get(f"{STATIONS}/2")
    assert "Days that come again each year are taken from a calendar up to" in text_of(page)
    done = submit(client, page, to="/seat")

    shown = text_of(client.get(done.location))
    assert "The holidays at Praia count in the plan of a period." in shown
    assert "This is the seat" in shown
    assert "Praia (seat)" in text_of(client.get(STATIONS))
    assert "This is the seat" not in text_of(client.get(f"{STATIONS}/1"))
