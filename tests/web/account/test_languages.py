"""The language of a page: the account's, or the one a visitor chose or prefers."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import sign_in
from tracker.database import Database
from tracker.models.people import Person


def language_of(page: str) -> str:
    return str(html.document_fromstring(page).get("lang"))


def link_to(page: str, language: str) -> str:
    (link,) = html.document_fromstring(page).cssselect(f"nav a[hreflang={language}]")
    return str(link.get("href"))


@pytest.mark.parametrize(
    ("preferred", "language"),
    [("es-CL,es;q=0.9", "es"), ("pt-BR", "pt"), ("fr;q=0.8,de", "fr"), ("de", "en"), ("", "en")],
)
def test_a_visitor_reads_the_language_that_the_browser_prefers(
    client: FlaskClient, preferred: str, language: str
) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": preferred})

    assert language_of(page.text) == language


def test_a_visitor_chooses_another_language_and_keeps_it(client: FlaskClient) -> None:
    page = client.get("/sign-in?next=/mandates", headers={"Accept-Language": "fr"})

    answer = client.get(link_to(page.text, "es"))

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/mandates")
    assert language_of(client.get("/sign-in", headers={"Accept-Language": "fr"}).text) == "es"


def test_after_a_refused_form_the_language_leads_to_a_page_that_can_be_opened(
    client: FlaskClient,
) -> None:
    refused = client.post("/sign-in/link", data={"csrf_token": "wrong"})

    answer = client.get(link_to(refused.text, "pt"))

    assert answer.location == "/sign-in"


def test_a_language_that_is_not_offered_is_not_found(client: FlaskClient) -> None:
    assert client.get("/language/de").status_code == 404
    assert client.get("/language/es?next=//evil.example").location == "/"


def test_a_person_reads_the_language_of_their_account(
    client: FlaskClient, house: House, database: Database
) -> None:
    client.get("/language/pt")
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).language = "fr"

    sign_in(client, house.focal_point.person_id)

    page = client.get("/account", headers={"Accept-Language": "es"})
    assert language_of(page.text) == "fr"
    assert "hreflang" not in page.text
