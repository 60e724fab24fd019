"""The mandates that ask much the same as one stand on a page of their own."""

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_instrument, make_mandate
from tests.visitors import text_of
from tracker.database import Database
from tracker.models.instruments import ClauseText

LINK = "Look for mandates that ask much the same"


@pytest.fixture
def like_others(database: Database, house: House) -> int:
    """Return a mandate on counting islands, as those of 12(IV) are."""
    assert house
    with arranging(), database.transaction() as session:
        return make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", None).id


@pytest.fixture
def like_none(database: Database, like_others: int) -> int:
    """Return a mandate that has no word in common with any other."""
    assert like_others
    with arranging(), database.transaction() as session:
        alone = make_mandate(session, make_instrument(session, "14(V)", "14-v"), "1", None)
        [text] = session.query(ClauseText).filter(ClauseText.clause_id == alone.clause_id)
        text.text = "Welcomes volcanic observatories."
        return alone.id


def test_the_page_lists_them_with_their_owners(coordinator: FlaskClient, like_others: int) -> None:
    words = text_of(coordinator.get(f"/mandates/{like_others}/alike"))

    assert "Similar mandates of other resolutions" in words
    assert "12(IV), para. 5(b)" in words
    assert "% alike" in words
    assert "Statistics Division, Ana Focal" in words


def test_the_page_says_when_there_is_none(coordinator: FlaskClient, like_none: int) -> None:
    words = text_of(coordinator.get(f"/mandates/{like_none}/alike"))

    assert "No mandate of another resolution asks much the same." in words
    assert "% alike" not in words


def test_a_mandate_that_is_none_has_no_such_page(coordinator: FlaskClient) -> None:
    page = coordinator.get("/mandates/4711/alike")

    assert page.status_code == 404
    assert "There is no such mandate." in text_of(page)


def test_the_page_of_a_mandate_leads_there_and_searches_for_nothing(
    coordinator: FlaskClient, database: Database, like_others: int
) -> None:
    with counted_statements(database) as statements:
        page = coordinator.get("/eco/13-iv/1")

    assert f'data-part-from="/mandates/{like_others}/alike"' in page.text
    assert LINK in text_of(page)
    assert not any("search_entries" in each for each in statements)
