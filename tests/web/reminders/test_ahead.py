"""The mails to come: of the next two weeks, or tried for one day."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.reporting import House, open_biennium
from tests.visitors import text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.reminders import ReminderKind
from tracker.queries.reminder_outlook import Ahead, mails_ahead
from tracker.web.reminders import ahead

__all__ = ["coordinator", "database", "house", "installation"]


def test_a_day_is_tried_and_shows_the_mails_of_that_day_alone(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    due_on = clock.today("UTC") + timedelta(days=45)
    with database.transaction() as session:
        open_biennium(session, house, due_on=due_on)
    with database.reading() as session:
        mails = mails_ahead(session, after=clock.now(), days=90)
    days = [mail.at.date() for mail in mails]
    latest = max(days)
    assert latest > clock.today("UTC") + timedelta(days=14)

    tried = text_of(coordinator.get(f"/admin/deliveries/ahead?day={latest}"))
    quiet = next(
        day
        for day in (latest - timedelta(days=number) for number in range(1, 30))
        if day not in days
    )
    nothing = text_of(coordinator.get(f"/admin/deliveries/ahead?day={quiet}"))

    count = days.count(latest)
    assert f"{count} mail{'' if count == 1 else 's'} on" in tried
    assert "Ana Focal" in tried
    assert "No reminder is to go out on that day." in nothing


@pytest.mark.parametrize("day", ["1999-01-01", "2099-01-01", "soon"])
def test_a_day_that_cannot_be_foretold_is_refused_with_a_sentence(
    coordinator: FlaskClient, house: House, day: str
) -> None:
    answer = coordinator.get(f"/admin/deliveries/ahead?day={day}")

    assert answer.status_code == 400
    assert "from today to three months ahead" in text_of(answer)


def test_the_page_of_very_many_mails_stays_small_and_counts_them_all(
    coordinator: FlaskClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {ReminderKind.DUE: 12, ReminderKind.OVERDUE: 300, ReminderKind.CLEARANCE: 5}
    at = clock.now() + timedelta(days=1)
    mails = [Ahead(at, number, f"Maria de los Angeles {number}", counts) for number in range(4_000)]
    monkeypatch.setattr(ahead, "mails_ahead", lambda *_given, **_named: mails)

    page = coordinator.get("/admin/deliveries/ahead")

    assert "3,850 later mails are not shown" in text_of(page)
    assert len(page.data) < 100_000
