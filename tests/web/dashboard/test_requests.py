"""From a number to an act: its rows, reminding of exactly these, assigning exactly these."""

import csv
import io
import re
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.reporting import TEXT, House, report_on
from tests.visitors import sign_in, submit, text_of
from tests.web.dashboard.mixed import coordinator, database, house, installation, mixed
from tracker import clock
from tracker.database import Database
from tracker.services.progress import submit_report

__all__ = ["coordinator", "database", "house", "installation", "mixed"]


def numbers_of(page: TestResponse) -> list[tuple[str, int]]:
    """Return each number of a page that leads to a list, with the address.

    Where it says how many of how many ("1/3"), it opens all of them.
    """
    found = []
    for link in html.document_fromstring(page.text).get_element_by_id("main").iter("a"):
        number = re.match(r"(?:\d+/)?(\d+)(?![\d(])", " ".join(link.itertext()).strip())
        address = urljoin(page.request.path, link.get("href") or "")
        if number and re.match(r"/(compliance(\?|/\d)|(mandates|activities)\?)", address):
            found.append((address, int(number[1])))
    return found


def rows_behind(client: FlaskClient, address: str) -> int:
    """Return how many rows the file of a list has."""
    if "?" not in address:
        address = client.get(address).location
    path, _, query = address.partition("?")
    answer = client.get(f"{path}/list.csv?{query}")
    return len(list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))) - 1


@pytest.mark.parametrize("page", ["/compliance", "/compliance/detail"])
def test_every_number_opens_exactly_the_rows_it_counts(
    coordinator: FlaskClient, mixed: House, page: str
) -> None:
    found = numbers_of(coordinator.get(page))

    counted = dict(found)
    opened = {address: rows_behind(coordinator, address) for address in counted}
    assert len(counted) >= 6
    assert opened == counted


def test_every_number_of_the_radar_opens_a_list_of_as_many(
    coordinator: FlaskClient, mixed: House
) -> None:
    page = html.document_fromstring(coordinator.get("/compliance/radar").text)
    counted = {}
    for head in page.iter("h2"):
        count = re.search(r"\((\d+)\)$", head.text_content().strip())
        if count:
            around = (each for each in head.itersiblings() if "Open" in each.text_content())
            [link] = next(around).findall("a")
            counted[link.get("href") or ""] = int(count[1])

    opened = {address: rows_behind(coordinator, address) for address in counted}
    assert counted
    assert opened == counted


def test_from_a_number_to_a_request_that_is_kept(coordinator: FlaskClient, mixed: House) -> None:
    listed = coordinator.get("/compliance?standing=late")
    assert "Remind of this report" in text_of(listed)
    page = coordinator.get("/compliance/remind?standing=late")
    assert "Otto Focal" in text_of(page)

    kept = submit(coordinator, page)

    shown = coordinator.get(kept.location)
    assert "Carla Coordinator asked for 1 report." in text_of(shown)
    assert "Waits for the next delivery" in text_of(shown)
    assert "1" in text_of(coordinator.get("/compliance/requests"))


def test_the_rehearsal_says_who_is_left_out_and_why(coordinator: FlaskClient, mixed: House) -> None:
    text = text_of(coordinator.get("/compliance/remind"))

    assert "1 person would get one mail, in their language." in text
    assert "It is submitted and waits for clearance." in text
    assert "The report was waived" in text


def test_whoever_was_reminded_finds_why(
    client: FlaskClient, coordinator: FlaskClient, mixed: House
) -> None:
    submit(coordinator, coordinator.get("/compliance/remind?standing=late"))
    sign_in(client, mixed.other_focal_point.person_id)

    assert "The coordinator asks for a report" in text_of(client.get("/account/reminders"))


def test_what_was_answered_meanwhile_is_refused_with_a_sentence(
    coordinator: FlaskClient, database: Database, mixed: House
) -> None:
    page = coordinator.get("/compliance/remind?standing=late")
    with database.transaction() as session:
        report = report_on(session, mixed.mandates[2])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=mixed.other_focal_point,
            at=clock.now(),
        )

    answer = submit(coordinator, page)

    assert answer.status_code == 409
    assert "Nobody is left to be asked" in text_of(answer)


def test_nothing_chosen_and_a_request_that_is_none_are_told(
    coordinator: FlaskClient, mixed: House
) -> None:
    page = coordinator.get("/compliance/remind?standing=late")

    assert submit(coordinator, page, {"asked": None}).status_code == 400
    assert coordinator.get("/compliance/requests/99").status_code == 404
    assert "No report was asked for yet." in text_of(coordinator.get("/compliance/requests"))
    assert "Nobody would be reminded." in text_of(
        coordinator.get("/compliance/remind?standing=due_soon")
    )


def test_the_mandates_of_exactly_these_reports_are_assigned(
    coordinator: FlaskClient, mixed: House
) -> None:
    page = coordinator.get("/compliance/assign?standing=late")

    assert page.status_code == 200
    assert "5(c)" in text_of(page)
    assert "5(a)" not in text_of(page)


def test_managers_see_the_numbers_but_remind_nobody_and_assign_in_their_unit_alone(
    client: FlaskClient, mixed: House
) -> None:
    sign_in(client, mixed.other_manager.person_id)

    listed = client.get("/compliance?standing=late")
    of_unit = client.get(f"/compliance?standing=late&unit={mixed.trade}")

    assert "Remind of" not in text_of(listed)
    assert "Assign the mandate" not in text_of(listed)
    assert "Assign the mandate" in text_of(of_unit)
    assert client.get("/compliance/remind?standing=late").status_code == 403


@pytest.mark.parametrize("address", ["/compliance", "/compliance?standing=open"])
def test_more_than_go_out_at_once_are_no_button_but_a_sentence(
    coordinator: FlaskClient, mixed: House, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert "Remind of " in text_of(coordinator.get(address))
    monkeypatch.setattr("tracker.web.dashboard.views.MOST_REQUESTED", 0)
    monkeypatch.setattr("tracker.web.dashboard.views.MOST_AT_ONCE", 0)

    words = text_of(coordinator.get(address))

    assert "Reminders go out for at most 0 reports in one step" in words
    assert "Remind of " not in words
    assert "Assign the mandate" not in words


@pytest.mark.parametrize("act", ["remind", "assign"])
def test_too_many_for_one_step_lead_back_to_their_list(
    coordinator: FlaskClient, mixed: House, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    monkeypatch.setattr("tracker.web.dashboard.requests.MOST_REQUESTED", 0)
    monkeypatch.setattr("tracker.web.dashboard.requests.MOST_AT_ONCE", 0)

    answer = coordinator.get(f"/compliance/{act}?standing=late&unit={mixed.trade}")

    assert answer.status_code == 400
    (link,) = html.document_fromstring(answer.text).xpath("//a[. = 'Back to the list']")
    assert link.get("href") == f"/compliance?standing=late&unit={mixed.trade}"
