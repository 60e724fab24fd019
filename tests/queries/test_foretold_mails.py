"""Mails foretold for some people at a time are those foretold for all of them at once."""

import sys
from datetime import UTC, datetime

import pytest

from tests.audit import arranging
from tests.many_things import make_many_things
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.reminders import ReminderKind
from tracker.queries import foretold_mails
from tracker.queries.reminder_outlook import mails_ahead, outlook

BEGIN = datetime(2026, 6, 15, 9, tzinfo=UTC)
DAYS = 70


@pytest.fixture(params=range(4), ids="seed-{}".format)
def seed(request: pytest.FixtureRequest, database: Database, travel: Travel) -> int:
    """Put one house of many things into the database."""
    travel.to(BEGIN)
    seed: int = request.param
    with arranging(), database.transaction() as session:
        make_many_things(session, seed, at=BEGIN)
    return seed


@pytest.mark.parametrize(("reports", "days"), [(1, 1), (7, 9), (7, 400)])
def test_nothing_is_lost_or_doubled_however_few_are_held_at_once(
    database: Database, seed: int, monkeypatch: pytest.MonkeyPatch, reports: int, days: int
) -> None:
    monkeypatch.setattr(foretold_mails, "_REPORTS_HELD", sys.maxsize)
    monkeypatch.setattr(foretold_mails, "_DAYS_HELD", 4_000)
    with database.reading() as session:
        at_once = outlook(session, after=clock.now(), days=DAYS)
        mails = mails_ahead(session, after=clock.now(), days=DAYS)

    monkeypatch.setattr(foretold_mails, "_REPORTS_HELD", reports)
    monkeypatch.setattr(foretold_mails, "_DAYS_HELD", days)

    with database.reading() as session:
        assert outlook(session, after=clock.now(), days=DAYS) == at_once
        assert mails_ahead(session, after=clock.now(), days=DAYS) == mails
    assert {one.kind for _at, one in at_once} > {
        ReminderKind.OVERDUE,
        ReminderKind.LYING,
        ReminderKind.ESCALATION_READY,
    }
