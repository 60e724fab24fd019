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
# The same in one number: PostgreSQL writes what it changes in a catalogue as another version of the
# row, at another place and by a later transaction; its own rows have numbers below 16384. Triggers
# are also switched off and on between tests, so of them it says what they are.
_MARK = """
    SELECT sum(hashtextextended(row, 0)::numeric) FROM (
      SELECT 'class' || xmin || ctid FROM pg_class WHERE oid >= 16384
      UNION ALL SELECT 'attribute' || xmin || ctid FROM pg_attribute WHERE attrelid >= 16384
      UNION ALL SELECT 'constraint' || xmin || ctid FROM pg_constraint WHERE oid >= 16384
      UNION ALL SELECT 'trigger' || oid || tgenabled::text FROM pg_trigger WHERE oid >= 16384
      UNION ALL SELECT 'function' || xmin || ctid FROM pg_proc WHERE oid >= 16384
      UNION ALL SELECT 'version' || version_num FROM alembic_version
    ) AS catalogue (row)
"""
# What a test left behind: tables with rows, sequences that were moved, guards of history.
_HAS_ROWS = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
_COUNTED = """
    SELECT format('public.%I', sequencename), last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
_COUNT_ANEW = """
    SELECT setval(format('public.%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
_COUNT_ON = """
    SELECT setval(name::regclass, last)
    FROM unnest(%s::text[], %s::bigint[]) AS counted (name, last)
"""
_BYTES = "SELECT coalesce(sum(pg_table_size(name::regclass)), 0) FROM unnest(%s::text[]) AS name"
# Bytes of tables from which rows are not deleted: they would stay there, and be stepped over, until
# the server tidies up.
LARGE = 20_000_000
_TO, _FROM = sql.SQL("COPY {} TO STDOUT"), sql.SQL("COPY {} FROM STDIN")
_GUARDS = (
    "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgenabled = 'A'"
)
_SWITCH_OFF = sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}")
_SWITCH_ON = sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}")
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)
"""

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
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of a migrated, empty SQLite file."""
    copy = tmp_path / "tracker.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    furniture.is_empty(copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'bare.sqlite3'}"


@pytest.fixture
def postgres_url(_postgres_spare: list["Spare"], _postgres_template: str) -> Iterator[str]:
    """Return the address of a migrated, empty PostgreSQL database."""
    spare = _postgres_spare.pop() if _postgres_spare else Spare(_postgres_template)
    yield _address(spare.name)
    # A new database takes seconds on a server that keeps its promises; an emptied one does not.
    if spare.is_emptied():
        _postgres_spare.append(spare)
    else:
        spare.drop()


@pytest.fixture
def bare_postgres_url() -> Iterator[str]:
    """Return the address of a PostgreSQL database without any table."""
    name = _make_postgres(template="template0")
    yield _address(name)
    _drop_postgres(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
def _postgres_spare() -> Iterator[list["Spare"]]:
    """Keep the databases that tests gave back as empty as they got them."""
    spares: list[Spare] = []
    yield spares
    for spare in spares:
        spare.drop()


class Spare:
    """A copy of the template, emptied after each test over connections that stay.

    What a connection has looked up and planned serves it again: a new one takes most of the time.
    """

    def __init__(self, template: str) -> None:
        self.name = _make_postgres(template=template)
        self._template = template
        self._looking, self._emptying = (
            psycopg.connect(_address(self.name), autocommit=True, prepare_threshold=0)
            for _ in range(2)
        )
        # To say so makes a connection forget its plans, hence one that does nothing else.
        self._emptying.execute("SET session_replication_role = replica")
        self._mark = self._found_mark()
        furniture.can_be_filled(self.name, self)

    def is_empty(self) -> bool:
        """Tell whether nobody has written to it: no row is there, and none was counted."""
        return not self._filled_tables() and not self._counted()

    def rows(self) -> furniture.Rows:
        """Return the rows of each table as the server writes them, and what was counted."""
        rows = {}
        for table in self._filled_tables():
            with self._looking.cursor().copy(_TO.format(sql.Identifier(table))) as copy:
                rows[table] = b"".join(copy)
        return rows, self._counted()

    def fill(self, rows: furniture.Rows) -> None:
        """Put rows of another into it, as they are: no trigger acts and no key is looked up."""
        by_table, counted = rows
        with self._emptying.transaction():
            for table, content in by_table.items():
                with self._emptying.cursor().copy(_FROM.format(sql.Identifier(table))) as copy:
                    copy.write(content)
            self._emptying.execute(_COUNT_ON, [list(counted), list(counted.values())])

    def is_emptied(self) -> bool:
        """Take every row out; False when a test changed more than rows, or put very many there."""
        try:
            self._looking.execute(_END_OTHERS, [self._emptying.info.backend_pid])
        except psycopg.OperationalError:  # a test ended all connections
            return False
        mark = self._found_mark()
        if mark != self._mark and _shape(self.name) != _shape_of_template(self._template):
            return False
        self._mark = mark
        filled = self._filled_tables()
        if self._bytes_of(filled) > LARGE:
            return False
        self._delete_rows(filled)
        return True

    def drop(self) -> None:
        """Give the database back to the server."""
        self._looking.close()
        self._emptying.close()
        _drop_postgres(self.name)

    def _delete_rows(self, filled: list[str]) -> None:
        if filled:
            guards = [guard for guard in _guards(self._template) if guard[0] in filled]
            steps = [
                *(_SWITCH_OFF.format(*map(sql.Identifier, guard)) for guard in guards),
                *(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in filled),
                *(_SWITCH_ON.format(*map(sql.Identifier, guard)) for guard in guards),
            ]
            self._emptying.execute(sql.SQL("; ").join(steps), prepare=False)
        self._looking.execute(_COUNT_ANEW)

    def _bytes_of(self, tables: list[str]) -> int:
        found = self._looking.execute(_BYTES, [tables]).fetchone()
        assert found is not None
        return int(found[0])

    def _filled_tables(self) -> list[str]:
        return [
            table
            for statement in _statements_of_filled(self._template)
            for (table,) in self._looking.execute(statement)
        ]

    def _counted(self) -> dict[str, int]:
        return dict(self._looking.execute(_COUNTED).fetchall())

    def _found_mark(self) -> object:
        try:
            return self._looking.execute(_MARK).fetchone()
        except psycopg.errors.UndefinedTable:  # of migrations
            return None


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


@cache
def _guards(template: str) -> list[tuple[str, str]]:
    """Return table and name of each guard of history."""
    with psycopg.connect(_address(template)) as connection:
        return connection.execute(_GUARDS).fetchall()


@cache
def _statements_of_filled(template: str) -> list[str]:
    """Return what asks which tables have rows, those without guards apart.

    To switch a guard off makes the server plan anew whatever asks for its table.
    """
    guarded = {table for table, _name in _guards(template)}
    return [
        sql.SQL(" UNION ALL ")
        .join(
            _HAS_ROWS.format(sql.Literal(table), sql.Identifier(table))
            for table in Base.metadata.tables
            if (table in guarded) is is_guarded
        )
        .as_string(None)
        for is_guarded in (False, True)
    ]


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
