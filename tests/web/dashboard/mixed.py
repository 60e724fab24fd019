"""A period in which one report was submitted, one waived and one is overdue."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests.reporting import TEXT, House, open_biennium, report_on
from tests.travel import Travel
from tests.visitors import sign_in
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.services.due_dates import waive_report
from tracker.services.progress import submit_report

__all__ = ["coordinator", "database", "house", "installation", "mixed"]

OVERDUE = datetime(2026, 7, 9, 9, tzinfo=UTC)


@pytest.fixture
def mixed(coordinator: FlaskClient, database: Database, house: House, travel: Travel) -> House:
    """Let one report be submitted, one waived and one be overdue."""
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        waived = report_on(session, house.mandates[1])
        waive_report(
            session,
            report_id=waived.id,
            version=waived.version,
            reason="The study is over.",
            actor=house.coordinator,
            at=clock.now(),
        )
    travel.to(OVERDUE)
    sign_in(coordinator, house.coordinator.person_id)
    return house
