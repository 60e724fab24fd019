"""Migration 0003: countries of activities, written as names before, become codes and come back."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.audit import arranging
from tests.reporting import House
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry

pytestmark = pytest.mark.slow


@pytest.fixture
def activity_id(database: Database, house: House) -> int:
    """Put an activity there that took place in no country yet."""
    activity = Activity(
        deliverable=Deliverable.SEMINAR,
        title="Seminar",
        description="About islands.",
        language="en",
        unit_id=house.statistics,
        starts_on=date(2026, 4, 1),
        created_at=clock.now(),
        created_by_id=house.focal_point.person_id,
    )
    with arranging(), database.transaction() as session:
        session.add(activity)
        session.flush()
        return activity.id


def write_before(database: Database, activity_id: int, names: list[str]) -> None:
    """Go back to the migration before, and write names as people then did."""
    schema.downgrade(database.url, "0002")
    with database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO activity_countries (activity_id, country) VALUES (:id, :name)"),
            [{"id": activity_id, "name": name} for name in names],
        )


def codes(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(connection.execute(text("SELECT country FROM activity_countries")).scalars())


def test_names_that_are_known_become_codes(database: Database, activity_id: int) -> None:
    names = ["Cabo Verde", "Cape Verde", "Côte d'Ivoire", "the Gambia", "PERÚ", "Holland"]
    write_before(database, activity_id, names)

    schema.upgrade(database.url)

    assert codes(database) == {"CPV", "CIV", "GMB", "PER", "NLD"}
    assert schema.problems(database.url) == []


def test_names_that_are_unknown_are_kept_in_the_description(
    database: Database, activity_id: int
) -> None:
    write_before(database, activity_id, ["Ruritania", "Peru", "Sylvania"])

    schema.upgrade(database.url)

    assert codes(database) == {"PER"}
    with database.reading() as session:
        activity = session.get_one(Activity, activity_id)
    assert activity.description == "About islands.\nRuritania; Sylvania"


def test_going_back_writes_english_names(database: Database, activity_id: int) -> None:
    with arranging(), database.transaction() as session:
        session.add_all(
            ActivityCountry(activity_id=activity_id, country=code) for code in ("CIV", "CPV")
        )

    schema.downgrade(database.url, "0002")

    assert codes(database) == {"Côte d’Ivoire", "Cabo Verde"}
