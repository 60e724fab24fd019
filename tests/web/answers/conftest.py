"""The database behind the site, and a report that a mail asks for."""

from collections.abc import Callable

import pytest

from tests.reporting import TEXT, House, open_year
from tests.web.commission import database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.progress import ProgressReport
from tracker.services.mail_answers import mail_links
from tracker.services.progress import submit_report

__all__ = ["database", "house", "installation"]


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Report on the first mandate for 2025, then ask for the year after it."""
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
        submit_report(
            session,
            report_id=earlier,
            version=session.get_one(ProgressReport, earlier).version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        return open_year(session, house, 2026)


@pytest.fixture
def address(installation: Installation, house: House, report_id: int) -> Callable[[str], str]:
    """Return the address of a button in Ana's mail."""
    with installation.database.reading() as session:
        links = mail_links(
            session,
            [report_id],
            person_id=house.focal_point.person_id,
            tokens=installation.tokens,
            at=clock.now(),
        )
    return lambda way: f"/answer/{links[report_id].token}/{way}"
