"""Addresses that are remembered are those that Flask builds."""

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

from tracker.web import links


@pytest.fixture
def site() -> Flask:
    """Return an application with addresses of numbers and words."""
    made = Flask(__name__, static_folder=None)
    made.add_url_rule("/lists/<int:list_id>/rows/<int:row_id>", "row", lambda: "")
    made.add_url_rule("/<key>/<path:rest>", "text", lambda: "")
    links.install(made)
    return made


@pytest.mark.parametrize(
    ("endpoint", "values", "address"),
    [
        pytest.param("row", {"row_id": 7, "list_id": 12}, "/lists/12/rows/7", id="numbers"),
        pytest.param(
            "row",
            {"list_id": 0, "row_id": 1, "page": 3, "q": "50 % & more"},
            "/lists/0/rows/1?page=3&q=50+%25+%26+more",
            id="questions",
        ),
        pytest.param(
            "row",
            {"list_id": 1, "row_id": 2, "q": "2000000000"},
            "/lists/1/rows/2?q=2000000000",
            id="words like a mark",
        ),
        pytest.param(
            "row",
            {"list_id": 1, "row_id": 2, "q": "\xa2000000000"},
            "/lists/1/rows/2?q=%C2%A2000000000",
            id="words like a mark once encoded",
        ),
        pytest.param("text", {"key": "eclac", "rest": "5/a b"}, "/eclac/5/a%20b", id="words"),
        pytest.param("text", {"key": "a", "rest": "b", "none": None}, "/a/b", id="nothing"),
        pytest.param(
            "text", {"key": "a", "rest": "b", "many": [1, 2]}, "/a/b?many=1&many=2", id="several"
        ),
        pytest.param("text", {"key": "a", "rest": "b", "_anchor": "top"}, "/a/b#top", id="anchor"),
        pytest.param(
            "row",
            {"list_id": 1, "row_id": 2, "_external": True},
            "http://localhost/lists/1/rows/2",
            id="whole",
        ),
    ],
)
def test_an_address_is_the_same_the_second_time(
    site: Flask, endpoint: str, values: dict[str, object], address: str
) -> None:
    with site.test_request_context():
        told = [url_for(endpoint, **values) for _ in range(2)]  # type: ignore[arg-type]

    assert told == [address, address]


def test_rows_have_addresses_of_their_own(site: Flask) -> None:
    with site.test_request_context():
        told = [url_for("row", list_id=4, row_id=row_id) for row_id in (1, 2)]

    assert told == ["/lists/4/rows/1", "/lists/4/rows/2"]


def test_an_address_follows_where_the_site_is_mounted(site: Flask) -> None:
    with site.test_request_context(base_url="http://localhost/tracker"):
        mounted = url_for("row", list_id=1, row_id=2)
    with site.test_request_context():
        bare = url_for("row", list_id=1, row_id=2)

    assert (mounted, bare) == ("/tracker/lists/1/rows/2", "/lists/1/rows/2")


def test_a_page_that_is_not_there_has_no_address(site: Flask) -> None:
    with site.test_request_context(), pytest.raises(BuildError):
        url_for("nowhere", row_id=1)
