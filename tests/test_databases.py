"""A database of PostgreSQL that tests hand on is empty and whole, and is filled as it was built."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import databases, postgres
from tests.databases import Spare
from tests.furniture import put
from tests.reporting import make_house
from tracker.database import Database

pytestmark = pytest.mark.postgres
SWITCH_OFF = "ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_no_change"
SWITCH_ON = "ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER audit_entries_no_change"
END_ALL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def address_of(spare: Spare) -> str:
    return f"{str(postgres.server()).rpartition('/')[0]}/{spare.name}"


def do(spare: Spare, statement: str) -> None:
    with psycopg.connect(address_of(spare), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def spare(_postgres_template: str) -> Iterator[Spare]:
    """Return a database that is handed on from test to test."""
    made = Spare(_postgres_template)
    yield made
    made.drop()


@pytest.fixture
def database(spare: Spare) -> Iterator[Database]:
    opened = Database(address_of(spare))
    yield opened
    opened.close()


def test_what_was_built_before_is_copied_as_it_was_built(database: Database, spare: Spare) -> None:
    first = put(database, make_house)
    built = spare.rows()
    database.close()
    assert spare.is_emptied()

    second = put(database, make_house)

    assert spare.rows() == built
    assert second == first
    assert not spare.is_empty()


def test_a_database_is_empty_again_and_its_keys_begin_anew(
    database: Database, spare: Spare
) -> None:
    put(database, make_house)
    assert not spare.is_empty()

    assert spare.is_emptied()

    assert spare.is_empty()
    assert spare.rows() == ({}, {})


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(SWITCH_OFF, id="guard"),
        pytest.param("ALTER TABLE people ALTER name DROP NOT NULL", id="column"),
        pytest.param("DROP INDEX ix_mandates_lead_unit_id", id="index"),
        pytest.param("ALTER TABLE people ADD CONSTRAINT none CHECK (true)", id="constraint"),
        pytest.param("CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1", id="function"),
        pytest.param("UPDATE alembic_version SET version_num = '0001'", id="version"),
        pytest.param("DROP TABLE alembic_version", id="no version"),
    ],
)
def test_a_database_whose_shape_a_test_changed_is_not_handed_on(
    spare: Spare, statement: str
) -> None:
    do(spare, statement)

    assert not spare.is_emptied()


def test_a_database_whose_shape_a_test_put_right_again_is_handed_on(spare: Spare) -> None:
    do(spare, SWITCH_OFF)
    do(spare, SWITCH_ON)

    assert spare.is_emptied()


def test_a_database_that_grew_large_is_not_handed_on(
    database: Database, spare: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database, make_house)
    monkeypatch.setattr(databases, "LARGE", 8192)

    assert not spare.is_emptied()


def test_a_database_whose_connections_a_test_ended_is_not_handed_on(spare: Spare) -> None:
    do(spare, END_ALL)

    assert not spare.is_emptied()
