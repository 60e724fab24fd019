"""The cookie of a session: sent again where it changed or grew old, and not for each page."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.travel import Travel


@pytest.fixture
def signed_in(client: FlaskClient) -> FlaskClient:
    """Return a visitor whose session lasts for hours, and whose cookie is as old as now."""
    with client.session_transaction() as kept:
        kept.permanent = True
        kept["language"] = "fr"
    return client


def is_sent_again(client: FlaskClient) -> bool:
    return "Set-Cookie" in client.get("/health").headers


@pytest.mark.parametrize(("minutes", "is_sent"), [(0, False), (9, False), (11, True), (600, True)])
def test_the_use_of_a_session_is_noted_every_ten_minutes(
    signed_in: FlaskClient, travel: Travel, minutes: int, is_sent: bool
) -> None:
    travel.to(datetime.now(UTC) + timedelta(minutes=minutes))

    assert is_sent_again(signed_in) is is_sent


def test_a_session_that_changed_is_sent_at_once(signed_in: FlaskClient) -> None:
    page = signed_in.get("/sign-in")  # its form keeps a secret in the session

    assert "Set-Cookie" in page.headers


def test_a_cookie_that_somebody_else_signed_holds_nothing(client: FlaskClient) -> None:
    client.set_cookie("tracker_session", "eyJsYW5ndWFnZSI6ImZyIn0.aaaaaa.forged")

    with client.session_transaction() as kept:
        assert not kept
