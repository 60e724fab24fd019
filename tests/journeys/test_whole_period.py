"""One reporting period from the call to the lock: each role does its part, in two languages.

The focal points read on a phone. What the pages say is looked up in the catalogue of the language,
so a text without translation fails here, too.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.journeys.conftest import Site, Words, arrive, check_page
from tests.journeys.test_whole_circle import OWN_TEXT

pytestmark = pytest.mark.browser

RESOLUTION = "/ecaic/41-ix"
PHONE: ViewportSize = {"width": 360, "height": 740}
FIRST = "Three members were assisted."
BETTER = "Three members, all of them islands, were assisted with their national plans."
NOTE = "A mission went to Sal."
REMARK = "Which members?"
REASON = "Ports are the work of the Ports Division."


class Cast:
    """The people of the period, each in a window of their own, and the language they read."""

    def __init__(self, site: Site, visit: Callable[[str], Page], words: Words) -> None:
        self.words = words
        self.today = datetime.now(UTC).date()  # the site's processes live by the machine's clock
        self._site, self._visit = site, visit
        self._pages: dict[str, Page] = {}

    def enters(self, name: str, role: str, unit: str = "", *, phone: bool = False) -> None:
        """Invite somebody and let them sign in."""
        email = f"{name}@example.org"
        full = f"{name.capitalize()} Person"
        page = self._visit(self._site.invite(email, full, role, unit, self.words.language))
        expect(page.locator("html")).to_have_attribute("lang", self.words.language)
        if phone:
            page.set_viewport_size(PHONE)
        self._pages[name] = page

    def __getitem__(self, name: str) -> Page:
        """Return somebody's window."""
        return self._pages[name]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_period_runs_from_the_call_to_the_lock(
    site: Site, visit: Callable[[str], Page], language: str
) -> None:
    words = Words(language)
    site.run("resolutions", "import", str(OWN_TEXT))
    cast = Cast(site, visit, words)
    cast.enters("adam", "administrator")
    add_unit(cast["adam"], words, "Statistics Division", "statistics")
    add_unit(cast["adam"], words, "Ports Division", "ports")
    ask_second_level(cast["adam"], words, of="Statistics Division", by="Ports Division")
    cast.enters("carla", "coordinator")
    cast.enters("ana", "focal_point", "statistics", phone=True)
    cast.enters("otto", "focal_point", "ports", phone=True)
    cast.enters("mona", "manager", "statistics")
    cast.enters("theo", "manager", "ports")

    decide_as_proposed(cast["carla"], words)
    assign(cast["carla"], words, ["4(a)", "4(b)", "4(c)"], "Statistics Division", "Ana Person")
    open_period(cast["carla"], words, cast.today)

    accept(cast["ana"], words, "4(a)")
    accept(cast["ana"], words, "4(b)")
    decline(cast["ana"], words, "4(c)")
    reassign_declined(cast["carla"], words)
    accept(cast["otto"], words, "4(c)")

    leave_note(cast["ana"], words)
    draft_and_submit(cast["ana"], words)
    ask_for_time(cast["ana"], words, cast.today + timedelta(days=60))
    return_with_remark(cast["mona"], words)
    give_time(cast["mona"], words)
    resubmit(cast["ana"], words)
    report(cast["ana"], words, "4(b)", "The study is being written.")
    clear_all(cast["mona"], words, 2)
    see_it_wait_at_second_level(cast["mona"], words)
    clear_all(cast["theo"], words, 2)
    report(cast["otto"], words, "4(c)", "A workshop was held in Mindelo.")
    clear_all(cast["theo"], words, 1)

    cast.enters("vera", "viewer", phone=True)
    read_the_mandate(cast["vera"], words)
    see_all_answered(cast["carla"], words)
    lock(cast["carla"], words)
    find_it_closed(cast["ana"], words)
    cast.enters("edgar", "editor")
    preview_the_report(cast["edgar"], words)


def add_unit(page: Page, words: Words, name: str, key: str) -> None:
    """Add a unit of the house."""
    page.goto("/admin/units")
    page.get_by_label(words("Name"), exact=True).fill(name)
    page.get_by_label(words("Short name")).fill(key)
    page.get_by_role("button", name=words("Add the unit")).click()
    expect(main_of(page)).to_contain_text(name)


def ask_second_level(page: Page, words: Words, *, of: str, by: str) -> None:
    """Let the texts of a unit be cleared a second time by another."""
    page.get_by_role("link", name=of).click()
    chooser = page.get_by_label(words("Cleared a second time by the manager of"))
    chooser.select_option(label=by)
    look_at(page, words)
    page.get_by_role("button", name=words("Save who clears")).click()
    expect(done(page)).to_be_visible()


def decide_as_proposed(page: Page, words: Words) -> None:
    """Set aside what asks nothing of the secretariat and confirm the rest, from its start page."""
    page.goto(RESOLUTION)
    look_at(page, words)
    page.locator("main form[action$='/set-aside-rest'] button").click()
    page.get_by_role("button", name=words("Confirm as requiring our action")).click()
    expect(done(page)).to_be_visible()


def assign(page: Page, words: Words, paragraphs: list[str], unit: str, focal_point: str) -> None:
    """Select paragraphs of the resolution and give them to a unit and its focal point."""
    page.goto(RESOLUTION)
    for paragraph in paragraphs:
        page.get_by_label(words("Select paragraph %(number)s", number=paragraph)).check()
    page.get_by_role("button", name=words("Assign the selected mandates")).click()
    look_at(page, words)
    give_to(page, words, len(paragraphs), unit, focal_point)


def give_to(page: Page, words: Words, count: int, unit: str, focal_point: str) -> None:
    """Fill in the form that assigns, and confirm what it would take from somebody."""
    page.get_by_label(words("Lead unit")).select_option(label=unit)
    page.get_by_label(words("Focal point")).select_option(label=focal_point)
    name = words.count("Assign %(num)s mandate", "Assign %(num)s mandates", count)
    page.get_by_role("button", name=name).click()
    arrive(page)
    if not done(page).is_visible():  # it would be taken from who answers now
        look_at(page, words)
        page.get_by_role("button", name=name).click()
    expect(done(page)).to_be_visible()


def open_period(page: Page, words: Words, today: date) -> None:
    """Open the year for reporting, after a look at what is asked of whom."""
    page.goto("/periods")
    page.get_by_role("link", name=words("Open a reporting period")).click()
    look_at(page, words)
    page.get_by_label(words("First day")).fill(f"{today.year}-01-01")
    page.get_by_label(words("Last day")).fill(f"{today.year}-12-31")
    page.get_by_label(words("Reports are due on")).fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name=words("See what will be asked of whom")).click()
    expect(main_of(page)).to_contain_text("Ana Person")
    look_at(page, words)
    page.locator("form[action='/periods/open'] button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(today.year))


def accept(page: Page, words: Words, paragraph: str) -> None:
    """Accept what was given, from My work."""
    page.goto("/")
    look_at(page, words)
    item_about(page, words, paragraph).get_by_role("button", name=words("Accept")).click()
    expect(done(page)).to_be_visible()


def decline(page: Page, words: Words, paragraph: str) -> None:
    """Give a mandate back with the reason."""
    page.goto("/")
    item_about(page, words, paragraph).get_by_role("link", name=words("Decline")).first.click()
    look_at(page, words)
    page.get_by_role("button", name=words("Decline this mandate")).click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()  # it needs a reason
    page.get_by_label(words("Why is it not yours?")).fill(REASON)
    page.get_by_role("button", name=words("Decline this mandate")).click()
    expect(done(page)).to_contain_text(
        words("The mandate goes back to the coordinator, with your reason.")
    )


def reassign_declined(page: Page, words: Words) -> None:
    """Find what was declined on the start page, read why, and give it to another unit."""
    page.goto("/")
    page.locator("main a[href*='answer=declined']").click()
    look_at(page, words)
    page.locator("main tbody a[data-open]").first.click()
    expect(main_of(page)).to_contain_text(REASON)
    page.get_by_role("link", name=words("Assign to another unit or person")).click()
    give_to(page, words, 1, "Ports Division", "Otto Person")


def leave_note(page: Page, words: Words) -> None:
    """Note in the middle of the year what happened."""
    page.goto(f"{RESOLUTION}/4/a")
    look_at(page, words)
    page.get_by_role("link", name=words("Leave a note")).click()
    look_at(page, words)
    page.locator("textarea[name$=text]").fill(NOTE)
    page.get_by_role("button", name=words("Keep the note")).click()
    expect(done(page)).to_be_visible()


def draft_and_submit(page: Page, words: Words) -> None:
    """Begin a report, which gathers the note; save the draft, find it again and submit it."""
    open_report(page, words, "4(a)")
    expect(main_of(page)).to_contain_text(NOTE)
    page.get_by_label(words("What was done")).fill(FIRST)
    page.get_by_role("button", name=words("Save draft")).click()
    open_report(page, words, "4(a)")
    expect(page.get_by_label(words("What was done"))).to_have_value(FIRST)
    submit(page, words)


def ask_for_time(page: Page, words: Words, until: date) -> None:
    """Ask the manager for more time on another report."""
    open_report(page, words, "4(b)")
    main_of(page).locator("summary", has_text=words("Ask for more time")).click()
    page.get_by_label(words("Until when do you need?")).fill(until.isoformat())
    page.get_by_label(words("Why do you need more time?")).fill("The survey ends in May.")
    page.get_by_role("button", name=words("Ask for this time")).click()
    expect(done(page)).to_be_visible()
    look_at(page, words)


def return_with_remark(page: Page, words: Words) -> None:
    """Return the report that waits."""
    page.goto("/")
    look_at(page, words)
    page.get_by_role("link", name=words("Return with a remark")).first.click()
    arrive(page)
    box = page.get_by_label(words("What should change?"))
    if not box.is_visible():
        main_of(page).locator("summary", has_text=words("Return with a remark")).click()
    look_at(page, words)
    box.fill(REMARK)
    page.get_by_role("button", name=words("Return report")).click()
    expect(done(page)).to_contain_text(words("Report returned. Its author reads your remark."))


def give_time(page: Page, words: Words) -> None:
    """Give the time asked for, from the start page; the report says both dates."""
    page.goto("/")
    page.get_by_role("button", name=words("Give this time")).click()
    expect(done(page)).to_be_visible()
    look_at(page, words)


def resubmit(page: Page, words: Words) -> None:
    """Read the remark, make the text better and submit it again."""
    page.goto("/")
    expect(main_of(page)).to_contain_text(REMARK)
    look_at(page, words)
    open_report(page, words, "4(a)")
    expect(main_of(page)).to_contain_text(REMARK)
    page.get_by_label(words("What was done")).fill(BETTER)
    submit(page, words)


def report(page: Page, words: Words, paragraph: str, done_words: str) -> None:
    """Answer for a clause."""
    open_report(page, words, paragraph)
    page.get_by_label(words("What was done")).fill(done_words)
    submit(page, words)


def open_report(page: Page, words: Words, paragraph: str) -> None:
    """Open a report from My work."""
    page.goto("/")
    item_about(page, words, paragraph).get_by_role("link", name=words("Update")).first.click()
    page.wait_for_url("**/progress/*")
    look_at(page, words)


def submit(page: Page, words: Words) -> None:
    """Submit the report as in progress."""
    page.get_by_label(words("In progress")).check()
    page.get_by_role("button", name=words("Submit report")).click()
    expect(done(page)).to_contain_text(
        words("Report submitted. It waits for the manager of the unit now.")
    )


def clear_all(page: Page, words: Words, count: int) -> None:
    """Clear everything that waits, at once."""
    page.goto("/")
    boxes = page.get_by_label(words("Clear this report"))
    expect(boxes).to_have_count(count)
    for box in boxes.all():
        box.check()
    look_at(page, words)
    page.get_by_role("button", name=words("Clear the selected reports")).click()
    expect(done(page)).to_be_visible()


def see_it_wait_at_second_level(page: Page, words: Words) -> None:
    """See on the start page that what one has cleared waits for the second level."""
    page.goto("/")
    expect(main_of(page)).to_contain_text(words("Cleared by your unit, at the second level now"))
    look_at(page, words)


def read_the_mandate(page: Page, words: Words) -> None:
    """Find the cleared word on the mandate's page, who owns it and what led there."""
    page.goto(f"{RESOLUTION}/4/a")
    look_at(page, words)
    for told in ("Ana Person", BETTER, NOTE):
        expect(main_of(page)).to_contain_text(told)
    expect(page.get_by_role("link", name=words("Leave a note"))).to_have_count(0)


def see_all_answered(page: Page, words: Words) -> None:
    """See on the page of compliance that nothing is open."""
    page.goto("/compliance")
    expect(main_of(page)).to_contain_text(
        words.count(
            "%(answered)s of %(num)s mandate answered",
            "%(answered)s of %(num)s mandates answered",
            3,
            answered=3,
        )
    )
    look_at(page, words)


def lock(page: Page, words: Words) -> None:
    """Lock the period."""
    page.goto("/periods")
    page.locator("main a[href^='/periods/']", has_text=re.compile(r"\d{4}")).first.click()
    page.get_by_role("button", name=words("Lock the period")).click()
    expect(main_of(page)).to_contain_text(
        words(
            "The period is locked: no answers are taken any more. "
            "What is submitted can still be cleared."
        )
    )
    look_at(page, words)


def find_it_closed(page: Page, words: Words) -> None:
    """See that nothing is asked any more, and that the report takes no text."""
    page.goto(f"{RESOLUTION}/4/a")
    page.locator("main a[href^='/progress/']").first.click()
    look_at(page, words)
    expect(main_of(page)).to_contain_text(BETTER)
    expect(page.get_by_role("button", name=words("Submit report"))).to_have_count(0)


def preview_the_report(page: Page, words: Words) -> None:
    """Read in the preview what was cleared, and nothing that was not."""
    page.goto("/reports")
    page.locator("main a[href^='/reports/']", has_text=re.compile(r"\d{4}")).first.click()
    page.get_by_role("link", name=words("Preview what it would say today")).click()
    report_text = page.locator(".tracker-report")
    expect(report_text).to_contain_text(BETTER)
    expect(report_text).not_to_contain_text(FIRST)


def look_at(page: Page, words: Words) -> None:
    """Refuse a page with a barrier; Spanish is enough, since other tests meet each in English."""
    if words.language != "en":
        check_page(page)


def item_about(page: Page, words: Words, paragraph: str) -> Locator:
    """Return the items of the start page about a paragraph of the resolution."""
    cited = words("%(symbol)s, para. %(paragraph)s", symbol="41(IX)", paragraph=paragraph)
    return main_of(page).locator("[data-item]", has_text=cited)


def done(page: Page) -> Locator:
    """Return the banner that says what was done."""
    return page.locator("main .tracker-banner--success")


def main_of(page: Page) -> Locator:
    """Return the page's main part."""
    return page.get_by_role("main")
