"""The databases that tests get are alike, empty and safe."""

import pytest
from sqlalchemy import select, text

from tests.audit import arranging
from tracker.database import Database
from tracker.models.instruments import Body


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_an_empty_database(database: Database, time: str) -> None:
    with arranging(), database.transaction() as session:
        assert session.scalars(select(Body)).all() == []
        session.add(Body(key=time, name=time, language="en"))


@pytest.mark.parametrize(
    ("pragma", "value"), [("foreign_keys", 1), ("recursive_triggers", 1), ("journal_mode", "wal")]
)
def test_sqlite_connections_are_made_safe(sqlite_url: str, pragma: str, value: object) -> None:
    database = Database(sqlite_url)

    with database.reading() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value

    database.close()


def test_a_migrating_connection_leaves_foreign_keys_on(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with database.migrating() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    with database.reading() as session:
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1

    database.close()
