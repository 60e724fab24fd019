"""From a mail as it went out to an answered report, without signing in, on a phone."""

import email
from datetime import datetime
from email import policy
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, Words, check_page, new_window
from tracker.demo.people import MAIL_DOMAIN

pytestmark = pytest.mark.browser


def buttons_of(site: Site, name: str) -> list[tuple[str, str]]:
    """Return word and address of each button in the digests to somebody, the newest mail first."""
    mails = sorted(
        (site.folder / "mail").glob(f"{name}@{MAIL_DOMAIN}.digest.*.eml"), key=_written_at
    )
    return [button for mail in reversed(mails) for button in _buttons_in(mail)]


def _buttons_in(mail: Path) -> list[tuple[str, str]]:
    with mail.open("rb") as file:
        body = email.message_from_binary_file(file, policy=policy.default).get_body(("html",))
    page = html.document_fromstring(body.get_content() if body else "")
    return [(link.text_content(), link.get("href", "")) for link in page.find_class("button")]


def _written_at(mail: Path) -> datetime:
    with mail.open("rb") as file:
        message = email.message_from_binary_file(file, policy=policy.default)
    return parsedate_to_datetime(message["Date"])


def follow(page: Page, site: Site, address: str) -> None:
    """Open a link of the mail, which names another port, and look at the page."""
    page.goto(site.address + address[address.index("/answer/") :])
    check_page(page)


def first_that_works(page: Page, site: Site, addresses: list[str], words: Words) -> str:
    """Return the first link that still answers for a report: which do depends on the weekday."""
    used = words("This link does not work any more")
    for address in addresses:
        follow(page, site, address)
        if page.locator("h1").inner_text() != used:
            return address
    raise AssertionError("No link of any mail works.")


def press(page: Page, site: Site, address: str, button: str) -> None:
    """Open a link of the mail and press the button of its page."""
    follow(page, site, address)
    page.get_by_role("button", name=button).click()
    check_page(page)


@pytest.mark.parametrize(("name", "language"), [("ana.tavares", "en"), ("marta.nchama", "es")])
def test_a_focal_point_answers_from_the_mail(
    demo: Site, browser: Browser, name: str, language: str
) -> None:
    words = Words(language)
    buttons = buttons_of(demo, name)
    page = new_window(browser, demo).new_page()
    page.set_viewport_size({"width": 360, "height": 740})

    again = [url for word, url in buttons if word == words("Nothing new")]
    nothing_new = first_that_works(page, demo, again, words)
    press(page, demo, nothing_new, words("Submit this text again, under my name"))
    expect(page.locator("h1")).to_have_text(words("Report submitted"))
    follow(page, demo, nothing_new)
    expect(page.locator("h1")).to_have_text(words("This link does not work any more"))

    updates = [url for word, url in buttons if word == words("Update")]
    first_that_works(page, demo, updates, words)
    for box in page.locator("textarea:visible").all():
        box.fill("")  # of a draft that somebody began, or of what was returned
    page.get_by_role("button", name=words("Submit report")).click()
    check_page(page)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("input[name=status][value=completed]").check()
    page.get_by_label(words("What was done")).fill("The handbook was printed.")
    page.get_by_role("button", name=words("Submit report")).click()
    expect(page.locator("h1")).to_have_text(words("Report submitted"))
    page.context.close()
