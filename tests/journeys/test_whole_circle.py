"""The whole circle in a browser: five people take a resolution to the biennial report."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, SHARED
from tests.journeys.conftest import Site, arrive, check_page

pytestmark = pytest.mark.browser

OWN_TEXT = ROOT / "tests/samples/resolution_41_ix.txt"
DONE = "Seven missions were carried out at the request of Governments."
BETTER = "Seven missions were carried out, in four countries, at the request of Governments."

# The resolution that started the project, where the real documents are at hand; else our own.
SEED = SHARED / "seeds/resolution_530_xxiv.txt"
DOCUMENT, SYMBOL, PARAGRAPH = (
    (SEED, "530(XXIV)", "5(a)") if SEED.exists() else (OWN_TEXT, "41(IX)", "4(a)")
)


def test_five_people_take_a_resolution_to_the_biennial_report(
    site: Site,
    visit: Callable[[str], Page],
    tmp_path: Path,
) -> None:
    reference = f"{SYMBOL}, para. {PARAGRAPH}"
    links = people(site, visit)
    coordinator = visit(links["coordinator"])
    import_and_assign(coordinator, DOCUMENT, PARAGRAPH)
    link_an_activity(coordinator, reference)
    open_the_period(coordinator)
    focal_point, manager = visit(links["focal_point"]), visit(links["manager"])

    report_on(focal_point, reference, DONE)
    return_it(manager)
    report_on(focal_point, reference, BETTER)
    clear_it(manager)

    look_at_compliance(coordinator)
    word = download_the_report(visit(links["editor"]), tmp_path)
    said = "\n".join(text.text for text in Document(str(word)).paragraphs)
    assert BETTER in said
    assert DONE not in said


def people(site: Site, visit: Callable[[str], Page]) -> dict[str, str]:
    """Let an administrator add the unit, invite the others, and return their sign-in links."""
    page = visit(site.invite("adam@example.org", "Adam Admin", "administrator"))
    page.goto("/admin/units")
    check_page(page)
    page.get_by_label("Name", exact=True).fill("Cooperation Unit")
    page.get_by_label("Short name").fill("cooperation")
    page.get_by_role("button", name="Add the unit").click()
    expect(page.get_by_role("main")).to_contain_text("Cooperation Unit")
    return {
        "coordinator": site.invite("carla@example.org", "Carla Coordinator", "coordinator"),
        "focal_point": site.invite("ana@example.org", "Ana Focal", "focal_point", "cooperation"),
        "manager": site.invite("mona@example.org", "Mona Manager", "manager", "cooperation"),
        "editor": site.invite("edgar@example.org", "Edgar Editor", "editor"),
    }


def import_and_assign(page: Page, source: Path, paragraph: str) -> None:
    """Upload a file, look at its reading, import it, decide about its clauses, assign one."""
    page.goto("/resolutions/import")
    check_page(page)
    page.get_by_label("Files with the adopted texts").set_input_files(source)
    page.get_by_role("button", name="Read the files").click()
    check_page(page)
    page.get_by_role("button", name=re.compile("Import .* mandates")).click()
    check_page(page)
    page.get_by_role("button", name=re.compile("Set aside the")).click()
    page.get_by_role("button", name="Confirm as requiring our action").click()
    page.get_by_label(f"Select paragraph {paragraph}").check()
    page.get_by_role("button", name="Assign the selected mandates").click()
    check_page(page)
    page.get_by_label("Lead unit").select_option(label="Cooperation Unit")
    page.get_by_label("Focal point").select_option(label="Ana Focal")
    page.get_by_label("Due on").fill("2042-01-30")
    page.get_by_role("button", name="Assign 1 mandate").click()
    expect(page.get_by_role("main")).to_contain_text("Ana Focal")


def link_an_activity(page: Page, reference: str) -> None:
    """Add an activity and link it to the mandate that was assigned."""
    page.goto("/activities/new")
    check_page(page)
    page.get_by_label("Title", exact=True).fill("Missions on cooperation")
    page.get_by_label("What sort of deliverable it is").select_option(index=1)
    page.get_by_label("Unit", exact=True).select_option(label="Cooperation Unit")
    page.get_by_label("Starts on").fill("2040-03-01")
    page.get_by_label("Ends on").fill("2041-03-01")
    page.get_by_role("button", name="Add the activity").click()
    check_page(page)
    page.get_by_role("link", name="Link to mandates").first.click()
    check_page(page)
    page.get_by_label("Symbol, paragraph or words").fill(reference)
    page.get_by_role("button", name="Search mandates").click()
    check_page(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("How the activity contributes").fill("Carries the missions.")
    page.get_by_role("button", name="Link to this mandate").click()
    expect(page.get_by_role("main")).to_contain_text("Carries the missions.")


def open_the_period(page: Page) -> None:
    """Open a biennium for reporting."""
    page.goto("/periods")
    page.get_by_role("link", name="Open a reporting period").click()
    check_page(page)
    page.get_by_label("First day").fill("2040-01-01")
    page.get_by_label("Last day").fill("2041-12-31")
    page.get_by_label("Reports are due on").fill("2042-01-30")
    page.get_by_role("button", name="See what will be asked of whom").click()
    expect(page.get_by_role("main")).to_contain_text("Cooperation Unit")
    check_page(page)
    page.get_by_role("button", name="Open the period").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2040-2041")
    check_page(page)


def report_on(page: Page, reference: str, done: str) -> None:
    """Answer for the mandate from the list of work."""
    page.goto("/")
    check_page(page)
    expect(page.get_by_role("main")).to_contain_text(reference)
    page.get_by_role("link", name=re.compile("Update")).first.click()
    check_page(page)
    page.get_by_label("In progress").check()
    page.get_by_label("What was done").fill(done)
    page.get_by_role("button", name="Submit report").click()
    expect(page.get_by_role("main")).to_contain_text("Report submitted")


def return_it(page: Page) -> None:
    """Return what waits, with a remark."""
    page.goto("/")
    check_page(page)
    page.get_by_role("link", name="Return with a remark").first.click()
    arrive(page)
    if not page.get_by_label("What should change?").is_visible():
        page.get_by_text("Return with a remark").first.click()
    page.get_by_label("What should change?").fill("Please say in how many countries.")
    page.get_by_role("button", name="Return report").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("returned", re.IGNORECASE))


def clear_it(page: Page) -> None:
    """Clear what waits."""
    page.goto("/")
    page.get_by_label("Clear this report").first.check()
    page.get_by_role("button", name=re.compile("Clear")).first.click()
    expect(page.get_by_role("main")).not_to_contain_text("Clear this report")


def look_at_compliance(page: Page) -> None:
    """See that the one mandate asked about is answered and cleared."""
    page.goto("/compliance")
    expect(page.get_by_role("main")).to_contain_text("1 of 1 mandate answered")
    check_page(page)


def download_the_report(page: Page, folder: Path) -> Path:
    """Generate the report and download it for Word."""
    page.goto("/reports")
    page.get_by_role("link", name="2040-2041").click()
    check_page(page)
    page.get_by_role("button", name="Generate a draft").click()
    link = page.get_by_role("link", name="Download Word", exact=True)
    expect(link).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "biennial_report_2040-2041_en.docx"
    return path
