"""The pages of a renewal: an older resolution is chosen, lined up, and carried over."""

import pytest
from flask.testing import FlaskClient

from tests.furniture import put
from tests.renewing import Renewal, make_renewal
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database


@pytest.fixture
def renewal(database: Database) -> Renewal:
    return put(database, make_renewal)


@pytest.fixture
def client(client: FlaskClient, renewal: Renewal) -> FlaskClient:
    sign_in(client, renewal.house.coordinator.person_id)
    return client


def test_a_renewal_goes_from_the_resolution_to_inherited_owners(
    client: FlaskClient, renewal: Renewal
) -> None:
    resolution = text_of(client.get("/eco/20-vi"))
    choice = client.get(f"/resolutions/{renewal.later}/renewal")
    page = client.get(f"/resolutions/{renewal.later}/renewal/{renewal.earlier}")

    answer = submit(client, page, {"do": "same"}, button="do")

    assert "It renews 12(IV)" in resolution
    assert "3 mandates" in text_of(choice)
    words = text_of(client.get(answer.location))
    assert "1 clause is confirmed; 1 mandate is given to who answered before; 1 activity" in words
    assert "Statistics Division · Ana Focal" in text_of(client.get("/eco/20-vi/1"))
    assert "20(VI), para. 1" in text_of(client.get("/eco/12-iv/5/a"))


def test_a_pairing_is_moved_by_the_number_of_another_old_paragraph(
    client: FlaskClient, renewal: Renewal
) -> None:
    page = client.get(f"/resolutions/{renewal.later}/renewal/{renewal.earlier}")
    moved = {f"pair-{renewal.new}": "5 (c)", "do": "take"}

    stale = submit(client, page, moved)
    unknown = submit(client, page, {f"pair-{renewal.new}": "99", "do": "compare"})

    assert stale.status_code == 409
    assert "Look at it once more" in text_of(stale)
    assert "0 are dropped" in text_of(stale)
    assert unknown.status_code == 400
    assert "“99” is no paragraph of 12(IV)" in text_of(unknown)


def test_an_older_resolution_that_is_not_cited_is_named_by_its_symbol(
    client: FlaskClient, renewal: Renewal
) -> None:
    page = client.get(f"/resolutions/{renewal.later}/renewal")

    named = submit(client, page, {"symbol": "12 (IV)"})
    unknown = submit(client, page, {"symbol": "13(IV)"})

    assert named.location == f"/resolutions/{renewal.later}/renewal/{renewal.earlier}"
    assert unknown.status_code == 400
