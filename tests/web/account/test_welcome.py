"""The start page of strangers, on a site that is set up and on one that is not."""

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, make_person
from tests.visitors import form_of, sign_in, text_of
from tracker.database import Database
from tracker.domain.permissions import Role


@pytest.fixture
def _administered(database: Database, house: House) -> None:
    """Add an administrator to the house."""
    with arranging(), database.transaction() as session:
        make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None))


@pytest.mark.usefixtures("_administered")
def test_strangers_are_told_what_this_is_and_can_sign_in_right_there(client: FlaskClient) -> None:
    turned_to = client.get("/")

    page = client.get(turned_to.location)

    assert turned_to.location == "/welcome"
    assert "This is the mandate tracker: for each clause of a resolution it says" in text_of(page)
    assert form_of(page).get("action") == "/sign-in"


@pytest.mark.usefixtures("_administered")
def test_where_no_mail_goes_out_no_link_is_promised(client: FlaskClient) -> None:
    words = text_of(client.get("/welcome"))

    assert "Send me a sign-in link" not in words
    assert "This site sends no mail: without a password, ask them for a link" in words


def test_a_site_without_an_administrator_says_where_the_set_up_link_is(client: FlaskClient) -> None:
    words = text_of(client.get("/welcome"))

    assert "This site is not set up yet" in words
    assert "the set-up link that tracker serve prints when it starts" in words
    assert "Password" not in words


def test_who_is_signed_in_goes_on_to_their_own_start_page(
    client: FlaskClient, house: House
) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/welcome").location == "/"
    assert client.get("/").status_code == 200
