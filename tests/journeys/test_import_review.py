"""A noisy document is reviewed and repaired by keyboard and mouse, left, resumed, and imported."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, check_page
from tests.resolution_texts import long_text

pytestmark = pytest.mark.browser

NOISY = """COMMISSION FOR THE OSTRAL ISLANDS

23(VI) HARBOUR LIGHTS AND FERRIES OF THE ISLANDS

The Commission for the Ostral Islands,

Bearing in mind that many harbours have no light at all,

1. Takes note of the report of the secretariat on the harbour lights of the is-
lands;

2. Requests the Executive Secretary:

(a) To assist member States in the repair of their harbour lights;

(h) To prepare, in cooperation with the Harbour Masters, a register of lights;
(c) To report to the Commission at its seventh session on the state of the
lights; 3. Invites member States to share their registers of ferries with one

- 2 -

another and to inform the secretariat of any change in them;

5. Furthers the trainlng of lighthouse keepers on all islands;

6. Decides to review the matter at its eighth session.
"""
INVITES = re.compile(r"^\s*Invites member States")


def test_a_noisy_document_is_repaired_left_resumed_and_imported(
    site: Site, visit: Callable[[str], Page], tmp_path: Path
) -> None:
    source = tmp_path / "noisy.txt"
    source.write_text(NOISY, encoding="utf-8")
    page = visit(site.invite("carla@example.org", "Carla Coordinator", "coordinator"))
    upload(page, source)
    address = page.url
    check_page(page)

    settle_the_first_doubt(page)
    split_where_clicked(page)
    correct_the_words(page)
    undo_and_redo(page)
    check_page(page)

    page.goto("/resolutions/import")
    check_page(page)
    page.get_by_role("link", name="noisy.txt").click()
    expect(page).to_have_url(address)
    look_at_a_narrow_window(page)
    page.get_by_role("button", name="Import 7 mandates").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("23(VI) is imported with 7 mandates.")
    expect(main).to_contain_text("Furthers the training of lighthouse keepers")
    page.get_by_role("link", name="5.", exact=True).click()
    page.get_by_text("History", exact=True).click()
    expect(main).to_contain_text("The reading was corrected by Carla Coordinator")
    check_page(page)


def test_doubtful_places_of_a_long_text_are_walked_from_part_to_part(
    site: Site, visit: Callable[[str], Page], tmp_path: Path
) -> None:
    source = tmp_path / "long.txt"
    source.write_text(long_text(paragraphs=40, doubt_each=24), encoding="utf-8")
    page = visit(site.invite("lena@example.org", "Lena Coordinator", "coordinator"))
    page.goto("/resolutions/import")
    page.get_by_label("Files with the adopted texts").set_input_files(source)
    page.get_by_role("button", name="Read the files").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 of 1 doubtful place is left.")
    doubtful = page.locator("[data-doubt]")
    expect(doubtful).to_have_count(0)

    page.keyboard.press("n")
    expect(doubtful).to_contain_text("Applauding the Executive Secretary")
    check_page(page)
    page.keyboard.press("r")

    expect(main).to_contain_text("Every doubtful place is settled.")
    expect(page.locator("[data-words]").filter(has_text="Applauding")).to_have_count(1)
    page.keyboard.press("u")
    expect(main).to_contain_text("1 of 1 doubtful place is left.")


def upload(page: Page, source: Path) -> None:
    """Upload the file and see its doubtful places counted."""
    page.goto("/resolutions/import")
    page.get_by_label("Files with the adopted texts").set_input_files(source)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("main")).to_contain_text("2 of 2 doubtful places are left.")


def settle_the_first_doubt(page: Page) -> None:
    """Walk to the doubtful places, see them in the source, and settle one by its key."""
    page.get_by_role("link", name="Next doubtful place").click()
    lit = page.locator(".tracker-source__part--shown")
    expect(lit).to_contain_text("(h) To prepare")
    page.keyboard.press("n")
    expect(lit).to_contain_text("5. Furthers")
    page.keyboard.press("n")
    page.keyboard.press("r")
    expect(page.get_by_role("main")).to_contain_text("1 of 2 doubtful place is left.")


def split_where_clicked(page: Page) -> None:
    """Put the cursor before the number that was torn into another clause, and split there."""
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll('[data-words]')]
            .find(each => each.textContent.includes('3. Invites'))
          const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
          let node = walker.nextNode()
          while (!node.data.includes('3. Invites')) node = walker.nextNode()
          const item = words.closest('[data-item]')
          item.tabIndex = -1
          item.focus()
          getSelection().collapse(node, node.data.indexOf('3. Invites'))
        }"""
    )
    page.keyboard.press("s")
    expect(page.locator("[data-words]").filter(has_text=INVITES)).to_have_count(1)


def correct_the_words(page: Page) -> None:
    """Mend a misread word in place; Enter saves it."""
    page.keyboard.press("n")
    page.keyboard.press("e")
    field = page.get_by_label("Words of the paragraph")
    expect(field).to_be_focused()
    check_page(page)
    field.fill("Furthers the training of lighthouse keepers on all islands;")
    field.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Every doubtful place is settled.")


def undo_and_redo(page: Page) -> None:
    """Take the correction back and make it again."""
    main = page.get_by_role("main")
    page.keyboard.press("u")
    expect(main).to_contain_text("1 of 2 doubtful place is left.")
    page.get_by_role("button", name="Redo").click()
    expect(main).to_contain_text("Every doubtful place is settled.")


def look_at_a_narrow_window(page: Page) -> None:
    """See source and reading one below the other, with nothing wider than the window."""
    page.set_viewport_size({"width": 360, "height": 800})
    check_page(page)
    page.get_by_role("link", name="To the source").click()
    expect(page.get_by_role("heading", name="Source")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_review_is_done_without_script(site: Site, visit: Callable[[str], Page]) -> None:
    link = site.invite("carla@example.org", "Carla Coordinator", "coordinator")
    context = visit(link).context
    state = context.storage_state()
    browser = context.browser
    assert browser is not None
    with browser.new_context(
        base_url=site.address, java_script_enabled=False, storage_state=state
    ) as plain:
        page = plain.new_page()
        page.goto("/resolutions/import")
        page.get_by_label("Files with the adopted texts").set_input_files(
            {"name": "noisy.txt", "mimeType": "text/plain", "buffer": NOISY.encode()}
        )
        page.get_by_role("button", name="Read the files").click()
        page.get_by_role("link", name="Next doubtful place").click()
        page.get_by_role("button", name="Right as it is").first.click()
        torn = page.locator("[data-item]").filter(has_text="3. Invites")
        torn.locator("summary").click()
        torn.get_by_role("link", name="Split").click()
        field = page.get_by_label("Where does a new paragraph begin?")
        field.fill(field.input_value().replace("3. Invites", "\n3. Invites"))
        page.get_by_role("button", name="Split the paragraph").click()
        expect(page.locator("[data-words]").filter(has_text=INVITES)).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("main")).to_contain_text("lights; 3. Invites member States")
