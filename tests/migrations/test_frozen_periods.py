"""Migration 0013: a period whose final edition is made becomes a frozen one."""

import pytest
from sqlalchemy import text

from tests.audit import arranging
from tests.reporting import House, open_biennium
from tracker import clock, schema
from tracker.database import Database
from tracker.models.biennial_reports import EditionState, ReportEdition

pytestmark = pytest.mark.slow


def test_a_period_with_a_final_edition_is_frozen_and_going_back_locks_it(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        period = open_biennium(session, house)
        session.add(
            ReportEdition(
                period_id=period.id,
                number=1,
                language="en",
                state=EditionState.FINAL,
                created_at=clock.now(),
                created_by_id=house.editor.person_id,
            )
        )

    schema.downgrade(database.url, "0012")
    before = state_of(database)
    schema.upgrade(database.url)
    after = state_of(database)
    schema.downgrade(database.url, "0012")

    assert (before, after, state_of(database)) == ("open", "frozen", "locked")


def state_of(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.execute(text("SELECT state FROM reporting_periods")).scalar_one())
