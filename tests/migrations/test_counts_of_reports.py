"""Migration 0072: reports that are there get their resolution and the day of their first text."""

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
    before = held(database)
    schema.downgrade(database.url, "0071")

    schema.upgrade(database.url)

    today = clock.now().date()
    assert held(database) == before
    assert {row[1:] for row in before} == {(1, today, "submitted"), (1, None, "open")}
    assert schema.problems(database.url) == []


def held(database: Database) -> set[tuple[object, ...]]:
    query = text("SELECT id, instrument_id, first_text_on, counted_as FROM progress_reports")
    with database.engine.connect() as connection:
        rows = connection.execute(query).all()
    return {(row[0], row[1], day_of(row[2]), row[3]) for row in rows}


def day_of(told: object) -> object:
    return date.fromisoformat(told) if isinstance(told, str) else told
