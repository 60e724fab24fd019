"""A commission with one cleared report and two that are not, and the people who look at it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import TEXT, House, make_house, open_biennium, report_on
from tests.visitors import sign_in
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.services.progress import clear_report, submit_report


@dataclass(frozen=True)
class Desk:
    """The people, the period, and the parts of the installation."""

    house: House
    period_id: int
    parts: Installation


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Return a commission in whose biennium one report of three is cleared."""
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        house = make_house(session)
        period = open_biennium(session, house)
    _clear_first(parts.database, house)
    return Desk(house, period.id, parts)


@pytest.fixture
def editor(client: CheckedClient, desk: Desk) -> CheckedClient:
    """Return the client with the editor signed in."""
    sign_in(client, desk.house.editor.person_id)
    return client


def _clear_first(database: Database, house: House) -> None:
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        clear_report(
            session,
            report_id=report.id,
            version=report.version,
            actor=house.manager,
            at=clock.now(),
        )
