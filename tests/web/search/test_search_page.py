"""The page of search: asked from any page, it leads to what was found, and never breaks."""

import html
import re

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import sign_in, text_of
from tracker.database import Database
from tracker.models.people import Person


def test_every_page_asks_search(coordinator: FlaskClient) -> None:
    page = coordinator.get("/mandates").text

    assert 'action="/search"' in page
    assert "data-search" in page


def test_what_was_found_can_be_opened(coordinator: FlaskClient) -> None:
    page = coordinator.get("/search?q=count+islands")

    assert 'href="/eco/12-iv/' in page.text
    assert "<mark>islands</mark>" in page.text
    assert "mandate" in text_of(page)


def test_the_field_keeps_what_was_asked(coordinator: FlaskClient) -> None:
    page = coordinator.get('/search?q=%22<b>%22+"islands"').text

    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_person_can_be_written_to(client: FlaskClient, house: House, database: Database) -> None:
    with database.reading() as session:
        name = session.get_one(Person, house.coordinator.person_id).name
    sign_in(client, house.coordinator.person_id)
    assert "mailto:" in client.get("/search", query_string={"q": name}).text


@pytest.mark.parametrize(
    "question",
    [
        "q=",
        "q=%22",
        "q=-",
        "q=" + "a" * 5000,
        "q=" + "%22a+" * 90,
        "q=islands&page=99999999999999999999",
        "q=islands&page=-1",
        "q=islands&kind=nonsense&unit=x&body=" + "9" * 40 + "&year=%F0",
        "q=" + "%E2%80%AE" * 20,
        "q=12(IV)+1(" + "a" * 50,
        "q=" + "a1" * 90,
        "q=islands&status=nonsense&nature=x&country=Atlantis&session=x&subprogramme=-1&all=unit",
    ],
)
def test_no_question_breaks_the_page(coordinator: FlaskClient, question: str) -> None:
    assert coordinator.get(f"/search?{question}").status_code == 200


def test_nothing_found_says_what_to_do(coordinator: FlaskClient) -> None:
    assert "Try fewer words" in text_of(coordinator.get("/search?q=volcano+eruption"))


def test_what_was_mistyped_is_said(coordinator: FlaskClient) -> None:
    page = text_of(coordinator.get("/search?q=islandds"))

    assert "Nothing holds all these words. These are the results for islands." in page


def test_a_quote_that_is_not_closed_is_said(coordinator: FlaskClient) -> None:
    page = text_of(coordinator.get("/search?q=%22count+the+islands"))

    assert "This quote is not closed" in page
    assert "3 results" in page


def test_a_minus_alone_says_what_is_missing(coordinator: FlaskClient) -> None:
    assert "there is no word to find" in text_of(coordinator.get("/search?q=-islands"))


def test_a_choice_narrows_and_can_be_taken_away(coordinator: FlaskClient) -> None:
    page = coordinator.get("/search?q=count+islands").text
    trade = re.search(r'href="([^"]*unit=\d+)">Trade Division</a> \((\d)\)', page)
    assert trade is not None

    narrowed = coordinator.get(html.unescape(trade[1]))

    assert f"{trade[2]} result" in text_of(narrowed)
    assert "Narrowed to: Trade Division (remove" in text_of(narrowed)
    assert 'href="/search?q=count+islands"' in narrowed.text.replace("%20", "+")


def test_what_is_changed_is_found_at_once(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.coordinator.person_id).name = "Zenobia Quartz"

    assert "Zenobia" in coordinator.get("/search?q=zenobia").text
