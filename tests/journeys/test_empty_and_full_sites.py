"""A site with nothing in it, the pages that set it up, and lists that are too long: no barrier."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.barriers import STATES
from tests.journeys.conftest import Site, barriers, new_window, served, signed_in
from tests.journeys.test_every_page import too_wide
from tests.reporting import make_instrument, make_mandate, make_person, make_unit
from tracker.domain.activities import Deliverable
from tracker.domain.permissions import Role
from tracker.models.activities import Activity
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage
from tracker.services.setup import make_set_up_link

LONG_NAME = "Subregional Headquarters for the Outer Islands and their Territorial Waters"
MANY = 120  # more than two pages of any list
# Each page in the shorter language on a wide window, and in the longest on a narrow one.
VIEWS = (("en", 1280), ("fr", 360))
VIEWS_OF_MUCH = VIEWS[1:]  # a long list takes long, and its rows are alike
STEPS = ("entity", "languages", "session", "units", "people", "import")
EMPTY = (
    "/",
    "/compliance",
    "/resolutions",
    "/mandates",
    "/activities",
    "/activities/new",
    "/periods",
    "/periods/open",
    "/reports",
    "/admin/people?show=deactivated",
    "/admin/units",
    "/admin/deliveries",
    "/setup",
    *(f"/setup/{step}" for step in STEPS),
)
FULL = (
    "/mandates",
    "/activities",
    "/activities?q=strengthening",
    "/mandates/1/activities/link",
    "/activities/1/link?q=islands",
    "/admin/people",
    "/admin/units",
    "/admin/deliveries",
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Site]:
    """Return a site without anybody in it, which answers."""
    site = Site(tmp_path_factory.mktemp("bare") / "site")
    site.begin(sqlite_template)
    with served(site):
        yield site


@pytest.fixture(scope="module")
def window(browser: Browser, bare: Site) -> Iterator[Page]:
    """Return the window of somebody who is not signed in yet."""
    context = new_window(browser, bare)
    yield context.new_page()
    context.close()


def set_up_address(site: Site) -> str:
    """Return the path of the page that makes the first administrator."""
    with site.installation() as parts, parts.database.reading() as session:
        path = make_set_up_link(session, tokens=parts.tokens, at=datetime.now(UTC))
    assert path is not None
    return path


@pytest.fixture(scope="module")
def administrator(bare: Site, window: Page) -> Page:
    """Return the window once its reader is the first administrator."""
    window.goto(set_up_address(bare))
    window.fill("[name=name]", "Ada First")
    window.fill("[name=email]", "ada@example.org")
    window.fill("[name=password]", "four words nobody joins")
    window.locator("main form button").first.click()
    window.wait_for_url("**/setup/entity")
    return window


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Site]:
    """Return a site of its own whose lists are all long, so that the other one stays empty."""
    site = Site(tmp_path_factory.mktemp("full") / "site")
    site.begin(sqlite_template)
    with arranging(), site.installation() as parts, parts.database.transaction() as session:
        roles = [(role, None) for role in (Role.ADMINISTRATOR, Role.COORDINATOR)]
        fill(session, make_person(session, "Ada First", *roles))
    with served(site):
        yield site


@pytest.fixture(scope="module")
def crowded(browser: Browser, full: Site) -> Iterator[Page]:
    """Return the window of the administrator of the full site."""
    context = new_window(browser, full)
    yield signed_in(context, full.link_for("ada.first@example.org"))
    context.close()


def fill(session: Session, administrator: Person) -> None:
    """Make every list of the site long, its names too."""
    now = datetime.now(UTC)
    units = [
        make_unit(session, f"unit-{number}", f"{LONG_NAME} {number}", "Atlantic/Cape_Verde")
        for number in range(40)
    ]
    instrument = make_instrument(session)
    for number in range(1, MANY + 1):
        unit = units[number % len(units)]
        make_mandate(session, instrument, str(number), unit)
        make_person(
            session, f"Person with a Rather Long Name {number}", (Role.FOCAL_POINT, unit.id)
        )
        session.add(
            Activity(
                deliverable=list(Deliverable)[number % len(Deliverable)],
                title=f"Strengthening of statistical offices of the islands, part {number}",
                description="What is done.",
                language="en",
                unit_id=unit.id,
                starts_on=now.date() - timedelta(days=number),
                created_at=now,
                created_by_id=administrator.id,
            )
        )
        session.add(
            MailMessage(
                kind="digest",
                recipient_id=administrator.id,
                message_id=f"<{number}@example.org>",
                subject=f"{number} reports overdue, {number} reports returned to you",
                state=list(Delivery)[number % len(Delivery)],
                created_at=now,
                next_attempt_at=now + timedelta(days=1),
                claimed_at=now,
                settled_at=now,
                error="The mail server refused the address.",
            )
        )


@pytest.mark.browser
def test_the_page_of_the_set_up_link_has_no_barrier(
    browser: Browser,
    tmp_path: Path,
    sqlite_template: Path,
    record_property: Callable[[str, object], None],
) -> None:
    found = []
    # A site of its own: on the shared one the link ends as soon as another test has used it.
    untouched = Site(tmp_path / "untouched")
    untouched.begin(sqlite_template)
    with served(untouched):
        context = new_window(browser, untouched)
        page, address = context.new_page(), set_up_address(untouched)
        for language, width in VIEWS:
            page.goto(f"/language/{language}")
            found += seen(page, address, width)
            page.locator("main form button").first.click()
            found += as_it_stands(page, "refused", width)
        context.close()
    record_property(STATES, 2 * len(VIEWS))

    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("address", EMPTY)
def test_a_page_of_an_empty_site_has_no_barrier(
    address: str, bare: Site, administrator: Page, record_property: Callable[[str, object], None]
) -> None:
    found = in_every_view(bare, administrator, address)
    record_property(STATES, len(VIEWS))

    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("address", FULL)
def test_a_page_with_too_much_on_it_has_no_barrier(
    address: str, full: Site, crowded: Page, record_property: Callable[[str, object], None]
) -> None:
    found = in_every_view(full, crowded, address, VIEWS_OF_MUCH)
    record_property(STATES, len(VIEWS_OF_MUCH))

    assert found == []


def in_every_view(
    site: Site, page: Page, address: str, views: tuple[tuple[str, int], ...] = VIEWS
) -> list[str]:
    """Return what hinders the administrator on a page, in each language and width."""
    found = []
    for language, width in views:
        with arranging(), site.installation() as parts, parts.database.transaction() as session:
            person = session.scalars(select(Person).order_by(Person.id)).first()
            assert person is not None
            person.language = language
        found += seen(page, address, width)
    return found


def seen(page: Page, address: str, width: int) -> list[str]:
    """Return what hinders a reader who opens a page."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    return as_it_stands(page, "opened", width)


def as_it_stands(page: Page, state: str, width: int) -> list[str]:
    """Return what hinders a reader on the page as it stands."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    assert page.locator("h1").count() == 1
    return [f"{state}, {width} px: {barrier}" for barrier in [*too_wide(page), *barriers(page)]]
