"""The pages of requests and offers, and of networks."""

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import House, make_house
from tests.visitors import sign_in, submit, text_of
from tracker.installation import Installation

NOTICE = {
    "title": "Advice on waste in ports",
    "party": "Government of Cabo Verde",
    "party_kind": "government",
    "country": "CPV",
    "sector": "Ports",
    "received_on": "2026-05-04",
}


@pytest.fixture
def house(app: Flask, client: CheckedClient) -> House:
    """Return the commission, its coordinator signed in."""
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        made = make_house(session)
    sign_in(client, made.coordinator.person_id)
    return made


def enter(client: CheckedClient, kind: str, **more: str) -> str:
    """Enter a request or an offer and return the address of its page."""
    page = client.get(f"/cooperation/enter?kind={kind}")
    answer = submit(client, page, {**NOTICE, **more})
    assert answer.status_code == 303, text_of(answer)
    return answer.location


def test_a_request_is_matched_and_closed_and_the_list_is_a_file(
    client: CheckedClient, house: House
) -> None:
    assert "No request and no offer is open." in text_of(client.get("/cooperation"))
    request = enter(client, "request", words="=ports")
    enter(client, "offer", title="Experts on port waste", party="Port of Dakar", country="SEN")

    page = client.get(request)
    words = text_of(page)
    assert "Offers that fit" in words
    assert "Experts on port waste, Port of Dakar" in words
    assert "In common: ports, waste" in words
    listed = client.get("/cooperation/list.csv")
    assert "Government of Cabo Verde" in listed.text
    assert "'=ports" in listed.text

    refused = submit(client, page, to="/close")
    assert refused.status_code == 400
    assert "Say why it is closed" in text_of(refused)
    closed = submit(client, page, {"reason": "Withdrawn."}, to="/close")
    assert "Closed: Withdrawn." in text_of(client.get(closed.location))
    assert "1 request or offer" in text_of(client.get("/cooperation"))
    again = submit(client, client.get(request), to="/reopen")
    assert "It is open again." in text_of(client.get(again.location))


def test_a_wrong_entry_keeps_the_form_and_a_viewer_only_reads(
    client: CheckedClient, house: House
) -> None:
    page = client.get("/cooperation/enter")
    answer = submit(client, page, {**NOTICE, "country": ""})
    assert answer.status_code == 400
    assert "Choose the country of the Government." in text_of(answer)
    assert "Advice on waste in ports" in answer.text
    request = enter(client, "request")

    changed = submit(client, client.get(f"{request}/change"), {"sector": "Shipping"})
    assert "Shipping" in text_of(client.get(changed.location))
    sign_in(client, house.viewer.person_id)
    assert "Close it" not in text_of(client.get(request))
    assert client.get("/cooperation/enter").status_code == 403
    assert client.get("/cooperation/99").status_code == 404


def test_a_network_is_added_with_members_by_country(client: CheckedClient, house: House) -> None:
    assert "There is no network yet." in text_of(client.get("/networks"))
    page = client.get("/networks/add")
    wrong = submit(client, page, {"name": "Small Ports", "members": "Mindelo; Atlantis"})
    assert wrong.status_code == 400
    assert "“Atlantis” is not a country" in text_of(wrong)

    kept = submit(client, page, {"name": "Small Ports", "members": "Mindelo; Cabo Verde\n\nX"})
    words = text_of(client.get(kept.location))
    assert "2 members, 0 activities." in words
    assert "Mindelo, Cabo Verde" in words
    taken = submit(client, page, {"name": "small ports"})
    assert taken.status_code == 409
    form = client.get(f"{kept.location}/change")
    assert "Mindelo; Cabo Verde" in form.text
    changed = submit(client, form, {"members": "Praia"})
    assert "1 member, 0 activities." in text_of(client.get(changed.location))
    assert client.get("/networks/99").status_code == 404
