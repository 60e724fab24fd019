"""Migrations 0072, 0074 and 0078: what reports count as, and their counts, are there afterwards."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from tests.reporting import DUE_ON, TEXT, House, open_biennium, report_on
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.deadlines import overdue_from
from tracker.models.people import OrganizationalUnit
from tracker.services.progress import submit_report
from tracker.services.progress_entries import add_progress_entry

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
        add_progress_entry(
            session,
            mandate_id=house.mandates[2],
            noted_on=clock.now().date(),
            text="A mission was sent.",
            language="en",
            actor=house.other_focal_point,
            at=clock.now(),
        )
        zones = {unit.id: unit.time_zone for unit in session.scalars(select(OrganizationalUnit))}
    before, counts, waits = held(database), kept(database), waiting(database)
    schema.downgrade(database.url, "0071")

    schema.upgrade(database.url)

    today = clock.now().date()
    assert (held(database), kept(database), waiting(database)) == (before, counts, waits)
    assert waits == {
        (house.statistics, overdue_from(DUE_ON, zones[house.statistics]), False, 1),
        (house.trade, overdue_from(DUE_ON, zones[house.trade]), True, 1),
    }
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


def waiting(database: Database) -> set[tuple[object, ...]]:
    """Return how many wait for an answer of which unit, until when, and whether they have one."""
    query = text(
        "SELECT waiting_unit_id, overdue_at, has_answer, sum(count) FROM kept_counts "
        "WHERE waiting_unit_id IS NOT NULL "
        "GROUP BY waiting_unit_id, overdue_at, has_answer HAVING sum(count) <> 0"
    )
    with database.engine.connect() as connection:
        rows = connection.execute(query).all()
    return {(row[0], moment_of(row[1]), bool(row[2]), row[3]) for row in rows}


def moment_of(told: object) -> object:
    return datetime.fromisoformat(told).replace(tzinfo=UTC) if isinstance(told, str) else told


def day_of(told: object) -> object:
    return date.fromisoformat(told) if isinstance(told, str) else told
