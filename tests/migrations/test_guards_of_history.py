"""History can only be added to: every hole is tried, on both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tests.travel import START
from tracker import schema
from tracker.database import Database
from tracker.models import APPEND_ONLY, Base

TRAIL = Base.metadata.tables["audit_entries"]
ENTRY = {
    "id": 1,
    "happened_at": START,
    "action": "submit",
    "subject_kind": "progress_reports",
    "subject_id": 42,
}
REPLACEMENT = """
    audit_entries (id, happened_at, action, subject_kind, subject_id)
    VALUES (1, '2026-01-01', 'forged', 'x', 1)
"""
UPSERT = f"INSERT INTO {REPLACEMENT} ON CONFLICT (id) DO UPDATE SET action = 'forged'"


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """Return a connection to a database that holds one entry of history."""
    with database.engine.connect() as opened:
        opened.execute(TRAIL.insert().values(ENTRY))
        opened.commit()
        yield opened
        opened.rollback()
        assert [dict(row) for row in opened.execute(TRAIL.select()).mappings()] == [
            {**ENTRY, "actor_id": None, "before": None, "after": None}
        ], "History was changed."


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE audit_entries SET action = 'forged'", id="update"),
        pytest.param("DELETE FROM audit_entries", id="delete"),
        pytest.param("DELETE FROM audit_entries WHERE id = 1", id="delete-one"),
        pytest.param(UPSERT, id="upsert"),
    ],
)
def test_history_refuses_to_be_changed(connection: Connection, change: str) -> None:
    with pytest.raises(DBAPIError, match="history in audit_entries is only added to"):
        connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(f"INSERT OR REPLACE INTO {REPLACEMENT}", id="insert-or-replace"),
        pytest.param(f"REPLACE INTO {REPLACEMENT}", id="replace"),
        pytest.param("UPDATE OR REPLACE audit_entries SET action = 'x'", id="update-or-replace"),
        pytest.param("UPDATE OR IGNORE audit_entries SET action = 'x'", id="update-or-ignore"),
        pytest.param("WITH x AS (SELECT 1) DELETE FROM audit_entries", id="with-delete"),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_history_refuses_the_back_doors_of_sqlite(connection: Connection, change: str) -> None:
    with pytest.raises(DBAPIError, match="history in audit_entries is only added to"):
        connection.exec_driver_sql(change)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("TRUNCATE audit_entries", id="truncate"),
        pytest.param("TRUNCATE people CASCADE", id="truncate-cascade"),
        pytest.param(
            "WITH x AS (DELETE FROM audit_entries RETURNING *) SELECT 1", id="with-delete"
        ),
        pytest.param(
            "SET LOCAL session_replication_role = replica; DELETE FROM audit_entries",
            id="as-replica",
        ),
        pytest.param(
            "MERGE INTO audit_entries a USING (SELECT 1 AS id) b ON a.id = b.id "
            "WHEN MATCHED THEN DELETE",
            id="merge",
        ),
    ],
)
@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_history_refuses_the_back_doors_of_postgresql(connection: Connection, change: str) -> None:
    with pytest.raises(DBAPIError, match=r"history in \w+ is only added to"):
        connection.exec_driver_sql(change)


def test_each_table_of_history_has_its_guards(database: Database) -> None:
    with database.engine.connect() as connection:
        assert schema.missing_guards(connection) == []


def test_no_removal_cascades_onto_history() -> None:
    rules = {
        (table, key.target_fullname): key.ondelete
        for table in APPEND_ONLY
        for key in Base.metadata.tables[table].foreign_keys
    }

    assert set(rules.values()) == {"RESTRICT"}


def test_what_history_points_to_cannot_be_removed(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO people (id, kind, name, email, language, time_zone, is_active, invited_at) "
        "VALUES (7, 'person', 'A', 'a@example.org', 'en', 'UTC', true, '2026-01-01')"
    )
    connection.execute(TRAIL.insert().values({**ENTRY, "id": 2, "actor_id": 7}))

    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        connection.exec_driver_sql("DELETE FROM people")


def test_a_missing_guard_is_reported(database: Database) -> None:
    trigger = schema.guards_of("waivers", database.engine.dialect.name)[0]
    on_table = "" if database.engine.dialect.name == "sqlite" else " ON waivers"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}{on_table}")

    assert schema.problems(database.url) == [
        f"The guard waivers.{trigger} is missing, so history could be changed: restore a backup."
    ]


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_guard_that_was_switched_off_is_reported(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE waivers DISABLE TRIGGER waivers_no_change")

    assert len(schema.problems(database.url)) == 1
