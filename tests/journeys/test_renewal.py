"""A renewal in a browser: from the import of a new resolution to the owners it inherits."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.furniture import put
from tests.journeys.conftest import Site, check_page
from tests.reporting import make_house
from tracker.models.people import Person

pytestmark = pytest.mark.browser

RENEWING = """20(VI) STATISTICS OF THE ISLANDS

The Commission of the Islands,

1. Decides that the present resolution supersedes resolution 12(IV);

2. Requests the Executive Secretary:

(a) To count the islands, part 5.a;

(b) To count the islands and the reefs around them, part 5.b;
"""


def test_a_renewal_goes_from_its_import_to_inherited_owners(
    site: Site, visit: Callable[[str], Page], tmp_path: Path
) -> None:
    with site.installation() as parts:
        house = put(parts.database, make_house)
        with parts.database.reading() as session:
            coordinator = session.get_one(Person, house.coordinator.person_id).email
    page = visit(site.link_for(coordinator))
    file = tmp_path / "20_vi.txt"
    file.write_text(RENEWING, encoding="utf-8")

    page.goto("/resolutions/import")
    page.get_by_label("Files with the adopted texts").set_input_files(file)
    page.locator("main form button").first.click()
    page.get_by_role("button", name="Import", exact=False).first.click()
    page.get_by_role("link", name="Line its clauses up").click()
    check_page(page)
    expect(page.get_by_label("Superseded")).to_be_checked()
    expect(page.get_by_role("main")).to_contain_text("1 clause says the same, 1 is changed")
    page.set_viewport_size({"width": 360, "height": 740})
    check_page(page)
    page.get_by_role("button", name="Confirm the 1 clause that says the same").click()
    page.get_by_role("checkbox", name="Select 2(b)").check()
    page.get_by_role("button", name="Confirm the selected lines").click()

    expect(page.get_by_role("status").first).to_contain_text("1 clause is confirmed")
    page.goto("/eco/20-vi/2/b")
    expect(page.get_by_role("main")).to_contain_text("Statistics Division · Ana Focal")
    expect(page.get_by_role("main")).to_contain_text("Not accepted yet")
    page.goto("/eco/12-iv/5/b")
    expect(page.get_by_role("main")).to_contain_text("Superseded 20(VI), para. 2(b)")
