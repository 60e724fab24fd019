"""A coordinator goes from a number of compliance to one mail for those who answer for it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from tests.journeys.conftest import Site, check_page, new_window, signed_in
from tracker.demo.people import MAIL_DOMAIN
from tracker.models.people import Person
from tracker.models.reminders import Delivery, Notification

SATURDAY = 5


@pytest.fixture
def page(demo: Site, browser: Browser) -> Iterator[Page]:
    """Return the page of the coordinator, on a day on which nobody was reminded yet."""
    with demo.installation() as parts, parts.database.transaction() as session:
        session.execute(
            update(Notification)
            .where(Notification.state.in_((Delivery.PENDING, Delivery.SENT)))
            .values(state=Delivery.CANCELLED)
        )
    with new_window(browser, demo) as window:
        yield signed_in(window, demo.link_for(f"helena.brito@{MAIL_DOMAIN}"))


def next_working_day() -> date:
    """Return the next day on which mails go out to everybody of the demo."""
    days = (datetime.now(UTC).date() + timedelta(days=ahead) for ahead in range(1, 4))
    return next(day for day in days if day.weekday() < SATURDAY)


@pytest.mark.browser
def test_a_coordinator_reminds_of_exactly_the_reports_behind_a_number(
    demo: Site, browser: Browser, page: Page
) -> None:
    page.goto("/compliance")
    number = page.get_by_role("main").get_by_role("link", name=re.compile(r"\d+ not answered yet"))
    count = int(number.inner_text().split()[0])
    number.click()
    expect(page.get_by_role("main")).to_contain_text(f"{count} reports of")

    page.get_by_role("link", name=f"Remind of these {count} reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Remind of {count} reports")
    button = page.get_by_role("button", name=re.compile("^Remind of (this|these) "))
    told = int((re.findall(r"\d+", button.inner_text()) or ["1"])[0])
    first = page.get_by_role("rowheader").first.inner_text()
    button.click()

    expect(page.get_by_role("main")).to_contain_text(f"Helena Brito asked for {told} report")
    expect(page.get_by_role("main")).to_contain_text("Waits for the next delivery")
    demo.run("jobs", "run", "reminders", "--at", f"{next_working_day():%Y-%m-%dT10:00Z}")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Sent \d"))
    expect(page.get_by_role("main")).not_to_contain_text("Waits for the next delivery")
    check_page(page)
    page.goto("/admin/deliveries")
    mail = page.get_by_role("row").filter(has_text=first).first
    expect(mail).to_contain_text(re.compile("asked for|pedido"))
    with demo.installation() as parts, parts.database.reading() as session:
        email = session.scalars(select(Person.email).where(Person.name == first)).one()
    with new_window(browser, demo) as window:
        theirs = signed_in(window, demo.link_for(email))
        theirs.goto("/account/reminders")
        expect(theirs.get_by_role("main")).to_contain_text(
            re.compile("coordinator asks for a report|coordenação pede|coordinación pide")
        )
