"""The last 48 hours before the slot: late figures, a director's changes, sign-off, hand-over.

A small commission is put into the database as it stands two days before; what the editor, the
posts of the chain and the manager do from then on, they do in their browsers.
"""

import os
import re
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.audit import arranging
from tests.briefing import add_activity
from tests.journeys.conftest import Site, arrive, check_page, served
from tests.reporting import TEXT, House, make_actor, make_house, report_on
from tests.signing import open_for_session
from tracker import clock
from tracker.database import Session
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Role
from tracker.domain.progress import ReportText
from tracker.domain.sign_offs import PostEntry, SigningStep
from tracker.jobs.tasks import run_task
from tracker.models.activities import ActivityQuantity
from tracker.services.background_tasks import claim_task
from tracker.services.progress import clear_report, submit_report
from tracker.services.signing_posts import set_posts

pytestmark = pytest.mark.browser

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_LIMIT = 640
LATE = ReportText(
    status=Implementation.COMPLETED,
    done="The census of the outer islands was completed in nine of them. " * 8,
)
SHORT = "The census of the outer islands was completed in nine of them."
SLOW = 60_000  # milliseconds: an edition is written by a process of its own


@pytest.fixture
def prepared(tmp_path: Path, sqlite_template: Path) -> tuple[Site, House]:
    """Return a site that is not served yet, whose report may have a few hundred words."""
    site = Site(tmp_path / "site", TRACKER_REPORT_WORDS=str(WORD_LIMIT))
    site.begin(sqlite_template)
    with site.installation() as parts:
        with arranging(), parts.database.transaction() as session:
            house = make_house(session)
            _open_with_chain(session, house)
        quantity = ActivityQuantity(year=2026, planned=5, actual=4)
        add_activity(parts.database, house, "Course on the census", quantities=[quantity])
        with parts.database.transaction() as session:
            _clear(session, house, house.mandates[0], TEXT)
    return site, house


@pytest.fixture
def site(prepared: tuple[Site, House]) -> Iterator[Site]:
    """Return the site, which answers."""
    with served(prepared[0]):
        yield prepared[0]


@pytest.fixture
def house(prepared: tuple[Site, House]) -> House:
    """Return the people of the commission."""
    return prepared[1]


def _open_with_chain(session: Session, house: House) -> None:
    """Open the biennium for a session, with three posts that sign its report."""
    director = make_actor(session, "Dora Director", (Role.VIEWER, None))
    administrator = make_actor(session, "Ada Admin", (Role.ADMINISTRATOR, None))
    body_id, _period_id = open_for_session(session, house)
    posts = [
        PostEntry(SigningStep.DIVISION, "Chief of Division", house.manager.person_id),
        PostEntry(SigningStep.PLANNING, "Chief of Planning", house.coordinator.person_id),
        PostEntry(SigningStep.FRONT_OFFICE, "Director", director.person_id),
    ]
    set_posts(session, body_id=body_id, posts=posts, seen=(), actor=administrator, at=clock.now())


def _clear(session: Session, house: House, mandate_id: int, text: ReportText) -> None:
    report = report_on(session, mandate_id)
    at = clock.now()
    submit_report(
        session,
        report_id=report.id,
        version=report.version,
        text=text,
        actor=house.focal_point,
        at=at,
    )
    clear_report(session, report_id=report.id, version=report.version, actor=house.manager, at=at)


def test_two_days_before_the_slot_the_report_is_changed_signed_and_handed_over(
    site: Site, house: House, visit: Callable[[str], Page], tmp_path: Path
) -> None:
    editor = visit(site.link_for("edgar.editor@example.org"))
    generate(editor, site)
    draft = download(editor, "Download Word", tmp_path)

    late_figures_come(site, house)
    accept_late_changes(editor)
    directors_changes(editor, track_changes(draft, tmp_path / "director.docx"))
    answer_the_question(visit(site.link_for("mona.manager@example.org")))
    shorten(editor)
    generate(editor, site)
    sign(editor, site, visit)
    make_final(editor, site)
    submit(editor)

    expect(main_of(editor)).to_contain_text("Submitted on")
    unpack(download(editor, re.compile("_en.docx"), tmp_path))


def generate(page: Page, site: Site) -> None:
    """Generate a draft and wait until it is ready."""
    page.goto("/reports/1")
    page.get_by_role("button", name="Generate a draft").click()
    write_edition(page, site)


def write_edition(page: Page, site: Site) -> None:
    """Do the work that waits, unless the scheduler has begun it: a process of its own is slow."""
    page.wait_for_url(re.compile("task="))
    at = datetime.now(UTC)  # the scheduler lives by the machine's clock
    holder = f"{socket.gethostname()}:{os.getpid()}"
    with site.installation() as parts:
        with parts.database.transaction() as session:
            task = claim_task(session, holder=holder, at=at, lasts=timedelta(minutes=5))
            task_id = task.id if task else None
        if task_id is not None:
            run_task(parts, task_id)
    expect(main_of(page)).to_contain_text("The edition is ready.", timeout=SLOW)


def download(page: Page, name: str | re.Pattern[str], folder: Path) -> Path:
    """Download the file that a link leads to."""
    with page.expect_download() as got:
        page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def late_figures_come(site: Site, house: House) -> None:
    """Clear a focal point's late answer, and correct the quantity of the course."""
    with site.installation() as parts:
        with parts.database.transaction() as session:
            _clear(session, house, house.mandates[1], LATE)
        with arranging(), parts.database.transaction() as session:
            session.get_one(ActivityQuantity, (1, 2026)).actual = Decimal(6)


def accept_late_changes(page: Page) -> None:
    """See the late text and the corrected figure, accept both, then what follows from them."""
    page.get_by_role("link", name="What changed since the newest draft").click()
    check_page(page)
    for words in (SHORT, "Course on the census |"):
        change = page.locator("[data-item]", has_text=words).first
        change.get_by_role("button", name="Accept this change").click()
        expect(done(page)).to_contain_text("The change is accepted")
        expect(page.locator("[data-item] ins", has_text=words)).to_have_count(0)
    page.get_by_role("button", name=re.compile(r"Accept all \d+ changes")).click()
    expect(main_of(page)).to_contain_text("you have decided on each change")


def track_changes(draft: Path, edited: Path) -> Path:
    """Change two passages of a working copy as Word does when it tracks changes."""
    with ZipFile(draft) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    replace_tracked(root, "Two missions were sent", "Two missions went")
    replace_tracked(root, "A third mission follows in September", "A third mission follows in May")
    parts["word/document.xml"] = etree.tostring(root)
    with ZipFile(edited, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return edited


def replace_tracked(root: etree._Element, before: str, after: str) -> None:
    """Put ``after`` in the place of ``before``, deleted and inserted by the director."""
    text = next(each for each in root.iter(f"{WORD}t") if before in (each.text or ""))
    run = text.getparent()
    assert run is not None
    rest = (text.text or "").partition(before)[2]
    deleted, inserted = etree.Element(f"{WORD}del"), etree.Element(f"{WORD}ins")
    for number, mark in enumerate((deleted, inserted), start=90_001):
        mark.set(f"{WORD}id", str(number))
        mark.set(f"{WORD}author", "Dora Director")
        mark.set(f"{WORD}date", "2027-01-05T09:00:00Z")
    gone = etree.SubElement(etree.SubElement(deleted, f"{WORD}r"), f"{WORD}delText")
    gone.text = before
    added = etree.SubElement(etree.SubElement(inserted, f"{WORD}r"), f"{WORD}t")
    added.text = after
    run.addprevious(deleted)
    run.addprevious(inserted)
    text.text = rest


def directors_changes(page: Page, edited: Path) -> None:
    """Keep the director's wording in one passage, and ask the unit about the other."""
    page.goto("/reports/1/copy")
    page.get_by_label("The edited Word file").set_input_files(edited)
    page.get_by_role("button", name="Show the changes").click()
    check_page(page)
    expect(main_of(page)).to_contain_text("2 passages differ from the draft")
    fact = page.locator("[data-item]", has_text="A third mission follows")
    fact.get_by_label("Ask the unit whether the record is wrong").check()
    page.get_by_role("button", name="Do as chosen").click()
    expect(done(page)).to_contain_text("1 passage is edited. 1 question was put to a unit.")
    expect(main_of(page)).to_contain_text("Two missions went to the islands.")


def answer_the_question(page: Page) -> None:
    """Find the question about the correction of fact where the manager begins."""
    page.goto("/")
    page.get_by_role("link", name="Answer this").click()
    expect(main_of(page)).to_contain_text("Is this a correction of fact?")


def shorten(page: Page) -> None:
    """See by how much the document is too long, and shorten the late text."""
    page.goto("/reports/1/texts")
    expect(main_of(page)).to_contain_text("more than it may have")
    passage = page.locator(".tracker-passage", has_text=SHORT).first
    passage.get_by_role("link", name=re.compile("Edit this passage")).click()
    page.get_by_label("Your wording").fill(SHORT)
    page.get_by_role("button", name="Keep this wording").click()
    expect(main_of(page)).to_contain_text(re.compile(rf"words of the {WORD_LIMIT}"))


def sign(editor: Page, site: Site, visit: Callable[[str], Page]) -> None:
    """Hand the draft in; each post finds it on the start page and signs."""
    editor.get_by_role("link", name="Read it here").first.click()
    editor.get_by_role("button", name="Hand it in for sign-off").click()
    arrive(editor)
    address = editor.url
    for name in ("mona.manager", "carla.coordinator", "dora.director"):
        page = visit(site.link_for(f"{name}@example.org"))
        page.goto(address)
        page.get_by_role("button", name="Sign this edition").click()
        expect(done(page)).to_be_visible()


def make_final(page: Page, site: Site) -> None:
    """Make the final edition without the mandate that has no text."""
    page.goto("/reports/1/final")
    page.get_by_label("Document symbol").fill("LC/SES.5/3")
    page.get_by_label(re.compile("Make the final edition without")).check()
    page.get_by_role("button", name="Make the final edition").click()
    write_edition(page, site)


def submit(page: Page) -> None:
    """Fill in the sheet and submit."""
    page.get_by_role("link", name="Submission to the conference service").click()
    check_page(page)
    page.get_by_label("Mandate", exact=True).fill("Resolution 12(IV)")
    page.get_by_role("button", name="Submit the report").click()


def unpack(handed_over: Path) -> None:
    """Find no name, no tracked change, no mark of a passage and no comment in the file."""
    with ZipFile(handed_over) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    words = b"".join(parts.values())
    assert not any("comment" in name for name in parts)
    for telltale in (b"Dora", b"Edgar", b"Mona", b'w:name="text_', b"<w:ins ", b"tracker-copy"):
        assert telltale not in words, telltale
    assert b"Two missions went" in words
    assert SHORT.encode() in words


def done(page: Page) -> Locator:
    """Return the banner that says what was done."""
    return page.locator("main .tracker-banner--success")


def main_of(page: Page) -> Locator:
    """Return the page's main part."""
    return page.get_by_role("main")
