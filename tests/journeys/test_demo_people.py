"""Four people of the demo body do their day's work, first in English, then in Spanish."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, Words, check_page
from tracker.demo.people import MAIL_DOMAIN

pytestmark = pytest.mark.browser

ENGLISH, SPANISH = Words("en"), Words("es")

STATISTICS = {"en": "Statistics Division", "es": "División de Estadística"}


@pytest.fixture
def site(demo: Site) -> Site:
    """Return the demo body's site."""
    return demo


@pytest.fixture
def come(site: Site, visit: Callable[[str], Page]) -> Callable[[str], Page]:
    """Return a function that signs in somebody of the demo body, by the first part of the mail."""
    return lambda name: visit(site.link_for(f"{name}@{MAIL_DOMAIN}"))


def test_a_focal_point_answers_from_the_list_of_work(come: Callable[[str], Page]) -> None:
    page = come("ana.tavares")

    answer_first_item(page, ENGLISH)
    change_language(page, ENGLISH, to=SPANISH)
    answer_first_item(page, SPANISH)


def test_a_manager_returns_one_report_and_clears_another(come: Callable[[str], Page]) -> None:
    page = come("idrissa.cham")

    return_first_of_queue(page, ENGLISH, "Please say in how many countries.")
    clear_first_of_queue(page, ENGLISH)
    change_language(page, ENGLISH, to=SPANISH)
    return_first_of_queue(page, SPANISH, "Indiquen en cuántos países, por favor.")
    clear_first_of_queue(page, SPANISH)


def test_a_coordinator_finds_who_answers_and_assigns_what_nobody_does(
    come: Callable[[str], Page],
) -> None:
    page = come("helena.brito")

    follow_a_number_to_a_mandate(page, ENGLISH)
    assign_ownerless_mandate(page, ENGLISH)
    change_language(page, ENGLISH, to=SPANISH)
    follow_a_number_to_a_mandate(page, SPANISH)
    confirm_first_proposal(page, SPANISH)
    assign_ownerless_mandate(page, SPANISH)


def test_an_editor_previews_the_report_and_downloads_a_draft(
    come: Callable[[str], Page], tmp_path: Path
) -> None:
    page = come("simon.ndiaye")

    download_draft(page, ENGLISH, tmp_path, report_in="en")
    change_language(page, ENGLISH, to=SPANISH)
    download_draft(page, SPANISH, tmp_path, report_in="es")


def change_language(page: Page, words: Words, *, to: Words) -> None:
    """Choose another language on the page of the account, which is found in the header."""
    page.locator("header a[href='/account']").click()
    check_page(page)
    page.get_by_label(words("Language")).select_option(to.language)
    page.get_by_role("button", name=words("Save details")).click()
    expect(page.locator("html")).to_have_attribute("lang", to.language)
    expect(main_of(page)).to_contain_text(to("Your details are saved."))


def answer_first_item(page: Page, words: Words) -> None:
    """Open the first item of My work by keyboard alone, write, and submit by Enter."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words("My work"))
    check_page(page)
    waiting = to_write(page).count()
    skip_to_main(page, words)
    press_until(page, "Tab", to_write(page).first.locator("a[data-open]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/progress/*")
    check_page(page)
    page.get_by_label(words("Completed")).check()
    box = page.get_by_role("textbox", name=words("What was done"))
    box.fill(f"Written in {words.language}: all is done.")
    page.get_by_role("button", name=words("Submit report")).press("Enter")
    expect(main_of(page)).to_contain_text(
        words("Report submitted. It waits for the manager of the unit now.")
    )
    check_page(page)
    page.goto("/")
    assert to_write(page).count() == waiting - 1


def return_first_of_queue(page: Page, words: Words, remark: str) -> None:
    """Look at the differences in the queue, then send back the report that waits longest."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words("Review queue"))
    check_page(page)
    waiting = items(page)
    expect(main_of(page).locator("ins, del").first).to_be_visible()
    page.get_by_role("link", name=words("Return with a remark")).first.click()
    page.wait_for_url("**/progress/*")
    box = page.get_by_label(words("What should change?"))
    if not box.is_visible():
        main_of(page).locator("summary", has_text=words("Return with a remark")).click()
    check_page(page)
    box.fill(remark)
    page.get_by_role("button", name=words("Return report")).click()
    expect(main_of(page)).to_contain_text(words("Report returned. Its author reads your remark."))
    page.goto("/")
    assert items(page) == waiting - 1


def clear_first_of_queue(page: Page, words: Words) -> None:
    """Clear the report that waits longest, from the queue itself."""
    page.goto("/")
    waiting = items(page)
    page.get_by_label(words("Clear this report")).first.check()
    page.get_by_role("button", name=words("Clear the selected reports")).click()
    expect(page.locator("main .tracker-banner--success")).to_be_visible()
    check_page(page)
    page.goto("/")
    assert items(page) == waiting - 1


def follow_a_number_to_a_mandate(page: Page, words: Words) -> None:
    """Go from a number of the compliance table to its rows, a report, and its mandate."""
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name=words("Compliance")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("Compliance"))
    check_page(page)
    number = main_of(page).locator("td a[href$='/submitted']").first
    shown = re.match(r"\d+", number.inner_text())
    assert shown is not None
    number.click()
    rows = main_of(page).locator("table").first.locator("tbody tr")
    expect(rows).to_have_count(int(shown[0]))
    check_page(page)
    rows.first.locator("a[data-open]").click()
    page.wait_for_url("**/progress/*")
    page.get_by_role("navigation", name=words("Breadcrumb")).get_by_role("link").last.click()
    expect(page.locator("main .tracker-mandate").first).to_be_visible()
    check_page(page)


def confirm_first_proposal(page: Page, words: Words) -> None:
    """Open the first mandate that waits to be confirmed and say that it asks something of us."""
    page.goto("/mandates")
    page.get_by_role("link", name=words("to be confirmed")).click()
    page.locator("main tbody a[data-open]").first.click()
    check_page(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=words("Confirm this mandate")).click()
    expect(page.locator("main .tracker-banner--success")).to_be_visible()


def assign_ownerless_mandate(page: Page, words: Words) -> None:
    """Take the first mandate without owner and give it to a unit and its focal point."""
    page.goto("/mandates")
    page.get_by_role("link", name=words("nobody answers yet")).click()
    check_page(page)
    page.locator("main tbody a[data-open]").first.click()
    page.get_by_role("link", name=words("Assign this mandate")).click()
    check_page(page)
    page.get_by_label(words("Lead unit")).select_option(label=STATISTICS[words.language])
    page.get_by_label(words("Focal point")).select_option(label="Rosa Almeida")
    page.get_by_role("button", name=words.count("Assign %(num)s mandate", "", 1)).click()
    expect(page.locator("main .tracker-banner--success")).to_be_visible()
    check_page(page)


def download_draft(page: Page, words: Words, folder: Path, *, report_in: str) -> None:
    """See what is missing, look at the preview, generate a draft and download it for Word."""
    page.goto("/reports")
    page.get_by_role("link", name="2026").click()
    expect(main_of(page)).to_contain_text(words("Not cleared yet"))
    check_page(page)
    page.get_by_role("link", name=words("Preview what it would say today")).click()
    expect(page.locator(".tracker-report")).to_be_visible()
    page.go_back()
    links = page.get_by_role("link", name=words("Download Word"))
    before = links.count()
    page.get_by_label(words("Language"), exact=True).select_option(report_in)
    page.get_by_role("button", name=words("Generate a draft")).click()
    # The page says by itself how far the report is, and shows it when it is there.
    expect(links.nth(before)).to_be_visible(timeout=120_000)
    check_page(page)
    with page.expect_download() as download:
        links.first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name.startswith("biennial_report_2026")
    assert path.name.endswith(f"_{report_in}.docx")
    assert path.read_bytes().startswith(b"PK")


def skip_to_main(page: Page, words: Words) -> None:
    """Jump over the header by the page's first link."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words("Skip to main content"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(main_of(page)).to_be_focused()


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until the focus is where it is wanted, at most five times."""
    for _ in range(5):
        page.keyboard.press(key)
        if wanted.evaluate("part => part === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: the first action is further than five times {key} away.")


def to_write(page: Page) -> Locator:
    """Return the items of My work that wait for a report, each with its button *Update*."""
    return main_of(page).locator("[data-item]:has(a.govuk-button[href*='/progress/'])")


def items(page: Page) -> int:
    """Return how many items wait in the lists of the start page."""
    return main_of(page).locator("[data-item]").count()


def main_of(page: Page) -> Locator:
    """Return the page's main part."""
    return page.get_by_role("main")
