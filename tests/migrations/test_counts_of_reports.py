"""Migrations 0072 and 0074: what reports count as, and their counts, are there afterwards."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock, schema
from tracker.database import Database
from tracker.services.progress import submit_report

pytestmark = pytest.mark.slow


def test_reports_hold_what_they_count_as_after_an_upgrade(database: Database, house: House) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
    before, counts = held(database), kept(database)
    schema.downgrade(database.url, "0071")

    schema.upgrade(database.url)

    today = clock.now().date()
    assert (held(database), kept(database)) == (before, counts)
    assert ("submitted", 1) in counts
    assert {row[1:] for row in before} == {(1, today, "submitted"), (1, None, "open")}
    assert schema.problems(database.url) == []


def held(database: Database) -> set[tuple[object, ...]]:
    query = text("SELECT id, instrument_id, first_text_on, counted_as FROM progress_reports")
    with database.engine.connect() as connection:
        rows = connection.execute(query).all()
    return {(row[0], row[1], day_of(row[2]), row[3]) for row in rows}


def kept(database: Database) -> set[tuple[object, ...]]:
    """Return how many count as what, by the units that they are of."""
    query = text(
        "SELECT counted_as, sum(count) FROM kept_counts WHERE unit_id IS NOT NULL "
        "GROUP BY counted_as HAVING sum(count) <> 0"
    )
    with database.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(query)}


def day_of(told: object) -> object:
    return date.fromisoformat(told) if isinstance(told, str) else told
