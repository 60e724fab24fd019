"""Databases for tests: a fresh copy of a migrated one for each test, on both engines."""

import shutil
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, Dialect, Engine, event

from tests import furniture, postgres
from tracker.database import Database
from tracker.models import Base
from tracker.schema import upgrade

_SHAPE = """
    SELECT relname, relkind::text, '', '' FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT relname, attname, atttypid::regtype::text, attnotnull::text
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
    UNION ALL SELECT conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass::text, tgname, tgenabled::text, '' FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT proname, prosrc, '', '' FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT version_num, '', '', '' FROM alembic_version
"""
# What a test left behind: tables with rows, sequences that were moved, guards of history.
_HAS_ROWS = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
_SEQUENCES = (
    "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
_GUARDS = (
    "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgenabled = 'A'"
)
_SWITCH_OFF = sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}")
_SWITCH_ON = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}")
_END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"

_DIALECTS: dict[str, Dialect] = {}
_STATEMENTS: dict[object, object] = {}

ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@event.listens_for(Engine, "engine_connect")
def _write_to_no_disk(connection: Connection) -> None:
    """Spare SQLite the wait for the disk: what a test writes needs to survive no power cut."""
    if connection.dialect.name == "sqlite" and "is_hasty" not in connection.info:
        connection.info["is_hasty"] = True
        connection.connection.driver_connection.execute("PRAGMA synchronous=off")  # type: ignore[union-attr]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return a migrated, empty database; the test runs once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    share_statements(opened)
    yield opened
    opened.close()


def share_statements(database: Database) -> None:
    """Let a database use the statements that this process has compiled for its engine before.

    SQLAlchemy keeps them by engine and dialect, and each test has an engine of its own: compiling
    the same statements for each took a fifth of the time of the tests that use a database.
    """
    engine = database.engine
    if engine.name not in _DIALECTS:
        engine.connect().close()  # a dialect learns from its first connection what it can do
        _DIALECTS[engine.name] = engine.dialect
    engine.dialect = _DIALECTS[engine.name]
    engine.update_execution_options(compiled_cache=_STATEMENTS)


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Return the engine that this run of the test is about."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, engine_name: str) -> str:
    """Return the address of a migrated, empty database on each engine."""
    return str(request.getfixturevalue(f"{engine_name}_url"))


@pytest.fixture
def bare_database_url(request: pytest.FixtureRequest, engine_name: str) -> str:
    """Return the address of a database without any table on each engine."""
    return str(request.getfixturevalue(f"bare_{engine_name}_url"))


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of a migrated, empty SQLite file."""
    copy = tmp_path / "tracker.sqlite3"
    shutil.copyfile(_sqlite_template, copy)
    furniture.is_empty(copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'bare.sqlite3'}"


@pytest.fixture
def postgres_url(_postgres_spare: list[str], _postgres_template: str) -> Iterator[str]:
    """Return the address of a migrated, empty PostgreSQL database."""
    name = _postgres_spare.pop() if _postgres_spare else _make_postgres(template=_postgres_template)
    yield _address(name)
    # A new database takes seconds on a server that keeps its promises; an emptied one does not.
    if _empty(name, template=_postgres_template):
        _postgres_spare.append(name)
    else:
        _drop_postgres(name)


@pytest.fixture
def bare_postgres_url() -> Iterator[str]:
    """Return the address of a PostgreSQL database without any table."""
    name = _make_postgres(template="template0")
    yield _address(name)
    _drop_postgres(name)


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("template") / "tracker.sqlite3"
    upgrade(f"sqlite:///{template}")
    return template


@pytest.fixture(scope="session")
def _postgres_template() -> Iterator[str]:
    name = _make_postgres(template="template0")
    upgrade(_address(name))
    yield name
    _drop_postgres(name)


@pytest.fixture(scope="session")
def _postgres_spare() -> Iterator[list[str]]:
    """Keep the databases that tests gave back as empty as they got them."""
    spare: list[str] = []
    yield spare
    for name in spare:
        _drop_postgres(name)


def _shape(name: str) -> list[tuple[object, ...]]:
    """Return everything of a database but its rows; without the table of migrations, nothing."""
    with psycopg.connect(_address(name)) as connection:
        try:
            return sorted(connection.execute(_SHAPE).fetchall(), key=str)
        except psycopg.errors.UndefinedTable:
            return []


@cache
def _shape_of_template(name: str) -> list[tuple[object, ...]]:
    return _shape(name)


def _empty(name: str, *, template: str) -> bool:
    """Take every row out of a database; False when a test changed more than rows."""
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(_END_OTHERS, [name])
    if _shape(name) != _shape_of_template(template):
        return False
    with psycopg.connect(_address(name)) as connection:
        filled = {table for (table,) in connection.execute(_tables_with_rows())}
        guards = [guard for guard in connection.execute(_GUARDS) if guard[0] in filled]
        moved = connection.execute(_SEQUENCES).fetchall()
        steps = [
            sql.SQL("SET LOCAL session_replication_role = replica"),
            *(_SWITCH_OFF.format(*map(sql.Identifier, guard)) for guard in guards),
            *(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in filled),
            *(
                sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(sequence))
                for (sequence,) in moved
            ),
            *(_SWITCH_ON.format(*map(sql.Identifier, guard)) for guard in guards),
        ]
        connection.execute(sql.SQL("; ").join(steps))
    return True


@cache
def _tables_with_rows() -> sql.Composed:
    return sql.SQL(" UNION ALL ").join(
        _HAS_ROWS.format(sql.Literal(table), sql.Identifier(table))
        for table in Base.metadata.tables
    )


def _make_postgres(*, template: str) -> str:
    name = f"tracker_test_{uuid.uuid4().hex}"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
    # What a test writes needs to survive no power cut.
    _administer(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off"), name)
    return name


def _drop_postgres(name: str) -> None:
    _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


def _administer(statement: sql.SQL, *names: str) -> None:
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, names)))


def _address(name: str) -> str:
    return f"{_server().rpartition('/')[0]}/{name}"


def _server() -> str:
    server = postgres.server()
    assert server is not None, "A test that uses PostgreSQL needs the marker postgres."
    return server
