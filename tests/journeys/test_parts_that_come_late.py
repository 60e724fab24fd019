"""What takes long to find comes into a page when the reader gets to it, or stands behind a link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.every_page import COORDINATOR
from tests.journeys.test_every_page import window_of, words

__all__ = ["window_of", "words"]

pytestmark = pytest.mark.browser
LINK = "Look for mandates that ask much the same"


@pytest.fixture
def mandate(words: dict[str, str], window_of: Callable[[str, str], Page]) -> Page:
    """Open the page of a mandate in a window so low that its end is not seen."""
    page = window_of(COORDINATOR, "en")
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(words["reported_mandate"])
    return page


def test_similar_mandates_come_when_the_reader_gets_to_them(mandate: Page) -> None:
    link = mandate.get_by_role("link", name=LINK)
    expect(link).to_be_attached()
    address = link.get_attribute("href")

    mandate.locator("#alike").scroll_into_view_if_needed()

    expect(link).to_have_count(0)
    shown = mandate.locator("#alike").inner_text()
    mandate.goto(address or "")
    assert shown == mandate.locator("[data-part]").inner_text() != ""


def test_where_they_cannot_be_fetched_the_link_stays(mandate: Page) -> None:
    mandate.route("**/alike", lambda route: route.abort())
    link = mandate.get_by_role("link", name=LINK)

    with mandate.expect_event("requestfailed"):
        link.scroll_into_view_if_needed()

    expect(link).to_be_visible()
    mandate.unroute("**/alike")
