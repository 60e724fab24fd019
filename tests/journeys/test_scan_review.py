"""A scan is dropped, recognised in the background, reviewed beside its picture, and imported."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PATIENCE, Site, check_page
from tests.reading.scanning import Paragraph, Wear, as_file, set_pages, worn

pytestmark = [pytest.mark.browser, pytest.mark.recognition]

LIGHTS = (
    Paragraph("24(VI) Harbour lights of the islands", kind="title"),
    Paragraph("The Commission for the Ostral Islands,"),
    Paragraph("Takes note of the report of the secretariat on the harbour lights;", "1."),
    Paragraph("Requests the Executive Secretary to report on them at its seventh session.", "2."),
)


def test_a_scan_is_recognised_reviewed_and_imported(
    site: Site, visit: Callable[[str], Page], tmp_path: Path
) -> None:
    (sheet,) = set_pages(LIGHTS, dots=150)
    source = tmp_path / "lights.tiff"
    source.write_bytes(as_file([worn(sheet, Wear(skew=1.0))], "TIFF"))
    page = visit(site.invite("carla@example.org", "Carla Coordinator", "coordinator"))

    page.goto("/resolutions/import")
    page.get_by_label("Files with the adopted texts").set_input_files(source)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This scan is being recognised")
    check_page(page)
    expect(page.get_by_role("heading", name="Look at what was read")).to_be_visible(
        timeout=PATIENCE * 1000
    )

    expect(page.get_by_role("img", name="Picture of page 1").first).to_be_visible()
    check_page(page)
    page.set_viewport_size({"width": 360, "height": 800})
    check_page(page)
    page.get_by_role("button", name="Import 2 mandates").click()
    expect(page.get_by_role("main")).to_contain_text("24(VI) is imported with 2 mandates.")
