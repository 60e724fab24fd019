"""The heads of the long lists: links that sort, keep what the address asks for, and say how."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.audit import arranging
from tests.reporting import House, make_actor, open_biennium
from tests.visitors import sign_in
from tests.web.commission import database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.permissions import Role
from tracker.models.activities import Activity

__all__ = ["database", "house", "installation"]

LISTS = {
    "/mandates?asking=required": "mandate",
    "/activities?q=a": "title",
    "/compliance?standing=on_track": "due",
    "/resolutions?body=eco": "-resolution",
    "/admin/people?q=a": "name",
}


@pytest.fixture
def reader(client: FlaskClient, database: Database, house: House) -> FlaskClient:
    """Return the client of somebody who may see each list; each of them has a row."""
    with arranging(), database.transaction() as session:
        open_biennium(session, house, at=clock.now())
        session.add(
            Activity(
                title="Atlas",
                description="",
                language="en",
                deliverable=Deliverable.PUBLICATION,
                unit_id=house.trade,
                starts_on=clock.today(),
                created_at=clock.now(),
                created_by_id=house.coordinator.person_id,
            )
        )
        both = (Role.ADMINISTRATOR, None), (Role.COORDINATOR, None)
        sign_in(client, make_actor(session, "Ada Administrator", *both).person_id)
    return client


def heads(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the addresses that the heads of a list lead to, by what they sort by."""
    page = html.fromstring(client.get(address).text)
    links = page.xpath("//th/a[contains(@class, 'tracker-sort')]/@href")
    found = {parse_qs(urlsplit(link).query)["sort"][0].lstrip("-"): link for link in links}
    assert len(found) == len(links) > 1
    return found


def sorted_heads(client: FlaskClient, address: str) -> list[tuple[str, str]]:
    """Return how the heads say that a list is sorted: by which, and which way."""
    page = html.fromstring(client.get(address).text)
    return [
        (parse_qs(urlsplit(head.xpath("a/@href")[0]).query)["sort"][0].lstrip("-"), way)
        for head in page.xpath("//th[@aria-sort]")
        for way in head.xpath("@aria-sort")
    ]


@pytest.mark.parametrize(("address", "default"), LISTS.items(), ids=LISTS)
def test_each_head_leads_to_the_same_list_sorted_by_it(
    reader: FlaskClient, address: str, default: str
) -> None:
    asked = parse_qs(urlsplit(address).query)
    links = heads(reader, f"{address}&after=[1]")

    for sort, link in links.items():
        query = parse_qs(urlsplit(link).query)
        assert query == {**asked, "sort": query["sort"]}  # what was asked for, from the beginning
        [(by, _)] = sorted_heads(reader, link)
        assert by == sort


@pytest.mark.parametrize(("address", "default"), LISTS.items(), ids=LISTS)
def test_a_list_says_how_it_is_sorted_and_a_second_click_turns_it_round(
    reader: FlaskClient, address: str, default: str
) -> None:
    way = "descending" if default.startswith("-") else "ascending"
    other = {"descending": "ascending", "ascending": "descending"}[way]
    by = default.lstrip("-")

    assert sorted_heads(reader, address) == [(by, way)]
    assert sorted_heads(reader, heads(reader, address)[by]) == [(by, other)]


@pytest.mark.parametrize(("address", "default"), LISTS.items(), ids=LISTS)
def test_a_head_that_is_none_sorts_as_ever(reader: FlaskClient, address: str, default: str) -> None:
    way = "descending" if default.startswith("-") else "ascending"

    assert sorted_heads(reader, f"{address}&sort=-nothing") == [(default.lstrip("-"), way)]


def test_numbers_are_sorted_from_the_highest_first(reader: FlaskClient) -> None:
    links = heads(reader, "/resolutions?body=eco")

    assert "sort=-unconfirmed" in links["unconfirmed"]
    assert "sort=-mandates" in heads(reader, "/activities?q=a")["mandates"]
