"""A list is kept as a view from its page, opened again, changed and removed."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.models.people import OrganizationalUnit
from tracker.models.saved_views import SavedView


def keep(client: FlaskClient, **values: str) -> TestResponse:
    """Keep a view of mandates from the page of the form and return what comes then."""
    given = {"list": "mandates", "query": "asking=required&sort=-due"} | values
    page = client.get("/views/new", query_string={key: given[key] for key in ("list", "query")})
    sent = submit(client, page, {"name": "Required", "sharing": "nobody"} | values)
    return client.get(sent.location, follow_redirects=True) if sent.location else sent


@pytest.mark.parametrize(
    ("address", "list_key"),
    [
        ("/mandates?asking=required", "mandates"),
        ("/activities?q=x", "activities"),
        ("/resolutions?sort=-adopted", "resolutions"),
        ("/compliance?standing=late", "compliance"),
        ("/search?q=islands", "search"),
    ],
)
def test_each_list_can_be_kept_from_its_page(
    coordinator: FlaskClient, address: str, list_key: str
) -> None:
    page = coordinator.get(address).text

    assert f'href="/views/new?list={list_key}&amp;query=' in page


def test_a_view_opens_the_list_as_it_was_narrowed(coordinator: FlaskClient) -> None:
    assert "The view is kept." in text_of(keep(coordinator))

    opened = coordinator.get("/views/1")

    assert opened.location == "/mandates?asking=required&sort=-due&view=1"
    assert "View: Required (change or remove)" in text_of(coordinator.get(opened.location))


def test_the_start_page_and_the_list_lead_to_the_view(coordinator: FlaskClient) -> None:
    keep(coordinator)

    assert 'href="/views/1">Required</a>' in coordinator.get("/").text
    assert 'href="/views/1">Required</a>' in coordinator.get("/mandates").text
    assert 'href="/views/1"' not in coordinator.get("/activities").text


def test_a_changed_filter_is_offered_to_the_view(coordinator: FlaskClient) -> None:
    keep(coordinator)
    page = coordinator.get("/mandates?asking=set_aside&view=1").text
    assert "keep the changed filter" in page
    edit = coordinator.get("/views/1/edit?query=asking%3Dset_aside")

    submit(coordinator, edit, {"name": "Set aside", "takes_query": "y"}, to="edit")

    assert coordinator.get("/views/1").location == "/mandates?asking=set_aside&view=1"


def test_a_view_of_what_is_gone_says_so(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    keep(coordinator, query=f"unit={house.trade}")
    with arranging(), database.transaction() as session:
        session.get_one(OrganizationalUnit, house.trade).closed_at = clock.now()

    page = text_of(coordinator.get("/views/1", follow_redirects=True))

    assert "The view Required names a unit that is closed or gone" in page
    assert "It names a unit that is closed or gone." in text_of(coordinator.get("/views"))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " "}, "Enter a name for the view"),
        ({"sharing": "unit:"}, "Choose who sees the view."),
        ({"query": "q=" + "a" * 2000}, "This filter is too long to be kept."),
    ],
)
def test_what_cannot_be_kept_is_told(
    coordinator: FlaskClient, values: dict[str, str], sentence: str
) -> None:
    assert sentence in text_of(keep(coordinator, **values))


def test_a_list_that_is_none_is_refused(coordinator: FlaskClient) -> None:
    assert coordinator.get("/views/new?list=people").status_code == 404


def test_a_view_is_removed(coordinator: FlaskClient, database: Database) -> None:
    keep(coordinator)

    submit(coordinator, coordinator.get("/views"), to="remove")

    assert coordinator.get("/views/1").status_code == 404
    with database.reading() as session:
        assert session.query(SavedView).count() == 0


def test_what_only_some_may_open_is_offered_to_them_alone(
    coordinator: FlaskClient, client: FlaskClient, house: House
) -> None:
    keep(coordinator, list="compliance", query="standing=late", sharing="everybody", name="Late")
    sign_in(client, house.viewer.person_id)

    assert ">Late</a>" not in client.get("/views").text


def test_a_shared_search_shows_each_reader_their_own(
    coordinator: FlaskClient, client: FlaskClient, house: House
) -> None:
    keep(coordinator, list="search", query="q=islands", sharing="everybody", name="Islands")
    sign_in(client, house.viewer.person_id)

    page = client.get("/views/1", follow_redirects=True)

    assert "View: Islands" in text_of(page)
    assert client.get("/views/1/edit").status_code == 404
