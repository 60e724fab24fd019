"""Migration 0018: a house that has a name keeps it, in every language."""

import pytest
from sqlalchemy import text

from tests.audit import arranging
from tests.reporting import House
from tracker import schema
from tracker.database import Database
from tracker.models.house import House as HouseRow
from tracker.queries.setup import find_house


@pytest.mark.slow
def test_the_name_of_the_entity_stands_in_for_every_language(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            HouseRow(
                id=1,
                entity_name="Secretariat of the Isles",
                entity_names={"es": "Secretaría de las Islas"},
                entity_aliases=[],
                languages=[],
            )
        )

    schema.downgrade(database.url, "0017")
    with database.engine.connect() as connection:
        before = connection.execute(text("SELECT entity_name FROM house")).scalar_one()
    schema.upgrade(database.url)

    with database.reading() as session:
        found = find_house(session)
    assert before == found.entity_name == "Secretariat of the Isles"
    assert found.entity_names == {}
