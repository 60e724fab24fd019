"""What coordinators and those around them do beside the reports, on the demo body's site.

A draft checked, work handed over, a view shared, a request followed, a text shown to everybody.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from tests.audit import arranging
from tests.journeys.conftest import Site, Words, arrive, check_page, new_window
from tests.journeys.every_page import ADMINISTRATOR, COORDINATOR, DRAFT_TEXT, MANAGER
from tracker.demo.people import MAIL_DOMAIN
from tracker.models.instruments import Instrument
from tracker.models.people import Person

pytestmark = pytest.mark.browser

in_two_languages = pytest.mark.parametrize("words", [Words("en"), Words("es")], ids=["en", "es"])


@pytest.fixture
def site(demo: Site) -> Site:
    """Return the demo body's site."""
    return demo


@pytest.fixture
def come(site: Site, visit: Callable[[str], Page]) -> Callable[[str, Words], Page]:
    """Return a function that signs in somebody of the demo body, who reads in a language."""

    def sign_in(name: str, words: Words) -> Page:
        email = f"{name}@{MAIL_DOMAIN}"
        with arranging(), site.installation() as parts, parts.database.transaction() as session:
            session.execute(
                update(Person).where(Person.email == email).values(language=words.language)
            )
        return visit(site.link_for(email))

    return sign_in


@in_two_languages
def test_a_draft_is_checked_before_the_session_and_purged(
    come: Callable[[str, Words], Page], words: Words
) -> None:
    page = come(COORDINATOR, words)
    page.goto("/resolutions")
    page.get_by_role("link", name=words("Check a draft resolution")).click()
    page.locator("input[type=file]").set_input_files(DRAFT_TEXT)
    page.get_by_role("button", name=words("Check this draft")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(words("What this draft would change"))
    row = page.get_by_role("row", name=re.compile(r"^4 ?\(?a\)"))
    expect(row).to_contain_text("Ana Tavares")
    expect(row).to_contain_text(re.compile(r"41\(IX\).* 79\s%"))
    check_page(page)
    page.get_by_role("button", name=words("Purge this draft now")).click()
    expect(page.get_by_role("status")).to_contain_text(words("The draft is purged."))
    # That of the demo is here still.
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    check_page(page)


def test_a_coordinator_hands_over_the_work_of_who_leaves(
    come: Callable[[str, Words], Page],
) -> None:
    page = come(COORDINATOR, Words("en"))
    page.goto("/admin/people/hand-overs")
    check_page(page)
    page.get_by_role("link", name="Beatriz Lima").click()
    page.get_by_label("Who takes everything").select_option(label="Ana Tavares")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is changed yet.")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Ana Tavares takes \d+ items"))
    check_page(page)
    page.get_by_role("button", name=re.compile(r"^Hand over \d+ items$")).click()

    expect(page.get_by_role("status").first).to_contain_text("of Beatriz Lima are handed over.")
    page.goto("/admin/people/hand-overs")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Beatriz Lima"))
    expect(row).to_have_count(0)
    page.goto("/ecaic/41-ix/4/c")
    expect(page.get_by_role("main")).to_contain_text("Ana Tavares")
    successor = come("ana.tavares", Words("en"))
    successor.goto("/account")
    check_page(successor)
    with successor.expect_download() as download:
        successor.get_by_role("link", name="Beatriz Lima").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


@in_two_languages
def test_a_view_that_is_kept_and_shared_opens_from_another_start_page(
    come: Callable[[str, Words], Page], words: Words
) -> None:
    name = f"Nobody yet ({words.language})"
    page = come(COORDINATOR, words)
    page.goto("/mandates?owner=none")
    page.get_by_role("link", name=words("Keep this view")).click()
    check_page(page)
    page.get_by_label(words("Name of the view")).fill(name)
    page.get_by_label(words("Everybody")).check()
    page.get_by_role("button", name=words("Keep the view")).click()
    expect(page.get_by_role("main")).to_contain_text(name)
    found = page.get_by_role("main").locator("tbody tr").count()

    manager = come(MANAGER, words)
    manager.get_by_role("main").get_by_role("link", name=name).click()
    expect(manager.get_by_role("heading", level=1)).to_have_text(words("Mandates"))
    expect(manager.get_by_role("main")).to_contain_text(name)
    expect(manager.get_by_role("main").locator("tbody tr")).to_have_count(found)
    check_page(manager)


@in_two_languages
def test_a_request_of_a_government_is_matched_with_an_offer_and_followed_to_an_activity(
    come: Callable[[str, Words], Page], words: Words
) -> None:
    page = come(COORDINATOR, words)
    page.goto("/cooperation")
    page.get_by_role("link", name=words("Enter a request")).click()
    page.get_by_label(words("What is asked for or offered, in a line")).fill("Waste of ships")
    page.get_by_label(words("Who asks or offers")).fill("Government of Gambia")
    page.get_by_label(words("Country")).select_option("GMB")
    page.get_by_label("Sector").fill("Ports")
    page.get_by_label(re.compile(re.escape(words("Subject words")))).fill("ports, waste")
    page.get_by_label(re.compile(re.escape(words("Came on")))).fill("2026-11-02")
    check_page(page)
    page.locator("main form button").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Waste of ships")
    expect(page.get_by_role("main")).to_contain_text("Port authority of Dakar")
    expect(page.get_by_role("main")).to_contain_text(
        words("In common: %(words)s", words="ports, waste")
    )
    check_page(page)
    page.get_by_role("button", name=words("Follow it to this activity")).first.click()
    expect(page.get_by_role("main")).to_contain_text(words("Followed to an activity."))
    page.get_by_role("main").get_by_role("definition").get_by_role("link").click()
    page.wait_for_url("**/activities/*")
    expect(page.get_by_role("main")).to_contain_text("Waste of ships")
    check_page(page)


def test_public_pages_are_switched_off_and_on_and_a_text_is_put_under_embargo(
    come: Callable[[str, Words], Page], browser: Browser, site: Site
) -> None:
    address = "/public/ecaic/36-viii"
    assert visited(browser, site, address) == (200, True)
    administrator = come(ADMINISTRATOR, Words("en"))
    switch_public_pages(administrator)
    assert visited(browser, site, address) == (404, False)
    switch_public_pages(administrator)
    assert visited(browser, site, address) == (200, True)

    with site.installation() as parts, parts.database.reading() as session:
        text_id = session.scalars(select(Instrument.id).where(Instrument.slug == "36-viii")).one()
    page = come(COORDINATOR, Words("en"))
    page.goto(f"/resolutions/{text_id}/public")
    page.get_by_label("Keep it off").check()
    until = datetime.now(UTC).date() + timedelta(days=30)
    page.get_by_label("Embargo until").fill(until.isoformat())
    page.get_by_label("Why").fill("The Bureau reads it first.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("main")).to_contain_text("Under embargo until")
    check_page(page)
    assert visited(browser, site, address) == (404, False)
    page.get_by_label("Show it again").check()
    page.get_by_label("Why").fill("The Bureau has read it.")
    page.get_by_role("button", name="Keep this").click()
    arrive(page)
    assert visited(browser, site, address) == (200, True)


def switch_public_pages(page: Page) -> None:
    """Switch the public pages of the commission off, or on again."""
    page.goto("/admin/public-pages")
    page.get_by_role("link", name="Economic Commission for the Atlantic").first.click()
    box = page.get_by_label("Show public pages of this body's resolutions")
    box.set_checked(not box.is_checked())
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("status").first).to_be_visible()


def visited(browser: Browser, site: Site, address: str) -> tuple[int, bool]:
    """Return how the site answers a visitor of whom nothing is known, and if the text shows."""
    with new_window(browser, site) as window:
        page = window.new_page()
        answer = page.goto(address)
        assert answer is not None
        check_page(page)
        said = page.get_by_role("main").inner_text()
        assert "Tavares" not in said
        return answer.status, "directory of experts" in said
