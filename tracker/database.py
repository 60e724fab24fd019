"""The database: engine, sessions, and the one way to open a transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from select import POLLIN, poll
from time import monotonic
from typing import Any, cast

from sqlalchemy import URL, Engine, column, create_engine, event, func, make_url, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

# The session and the errors are named here too, for entry points that know no SQLAlchemy.
__all__ = [
    "Database",
    "OperationalError",
    "ProgrammingError",
    "Session",
    "StaleDataError",
    "View",
    "continue_keys",
    "insert_new",
    "is_sqlite_url",
    "make_engine",
]

_WRITES = "tracker_writes"
# Of one connection with PostgreSQL: asked so often, a statement is prepared; how many are kept.
PREPARED_AFTER, MOST_PREPARED = 2, 500
ASKED_AGAIN_AFTER = 30  # seconds in which a connection was not used
_ASKED_AT = "tracker_asked_at"


class Database:
    """One database with its connections; made once per process.

    ``prepare`` is told of the session of each transaction before it is used.
    """

    def __init__(self, url: str, *, prepare: Callable[[Session], None] | None = None) -> None:
        self.url = url
        self.prepare = prepare
        self.engine = make_engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session whose changes are committed together at the end, or not at all."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={_WRITES: True})
            if self.prepare is not None:
                self.prepare(session)
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session to read with; nothing done in it is kept."""
        view = self.view()
        try:
            with view.reading() as session:
                yield session
        finally:
            view.close()

    @cached_property
    def _reading_engine(self) -> Engine:
        if is_sqlite_url(self.url):
            return self.engine
        return self.engine.execution_options(
            postgresql_readonly=True, isolation_level="REPEATABLE READ"
        )

    def view(self) -> "View":
        """Return a view of the data for readings that follow each other; close it after them."""
        return View(self._reading_engine)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a writer's connection; on SQLite foreign keys are off, since tables are rebuilt."""
        with self.engine.connect() as connection:
            if not is_sqlite_url(self.url):
                yield connection
                return
            # SQLite ignores this pragma inside a transaction, so it goes past SQLAlchemy's own.
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            driver.execute("PRAGMA foreign_keys=off")
            try:
                yield connection.execution_options(**{_WRITES: True})
            finally:
                connection.rollback()
                driver.execute("PRAGMA foreign_keys=on")

    def learn_sizes(self) -> None:
        """Let the planner of the database count how large and how various the tables are now.

        SQLite never does so by itself, and then takes each index to be as good as another.
        PostgreSQL does, some time later, and notes then which pages everybody sees alike: until it
        has, a count looks up each row that an index has told already.
        """
        if not is_sqlite_url(self.url):
            with self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql("VACUUM (ANALYZE)")
            return
        with self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            connection.exec_driver_sql("ANALYZE")
            connection.commit()

    def close(self) -> None:
        """Give all connections back, as a process must before it forks."""
        self.engine.dispose()


class View:
    """One connection and one transaction for several readings, begun by the first of them.

    To open a session costs little; to begin and end a transaction for each costs, with a server,
    two answers to wait for. All of them see the data as they were at the first, so that the numbers
    of a page agree.

    On PostgreSQL the transaction may only read, and is committed: after a rollback the driver
    forgets the statements it prepared, and the server plans each anew, which takes it longer than
    to answer them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._session: Session | None = None
        self._readers = 0
        self._is_over = self._has_failed = False

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session to read with; nothing done in it is kept."""
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.begin()
        self._readers += 1
        session, self._session = self._session or _session_of(self._connection), None
        has_failed = True
        try:
            yield session
            has_failed = False
        finally:
            self._has_failed |= has_failed
            self._is_over |= has_failed  # what failed may have ended the transaction
            # Taken out first, so that what was read can still be looked at: closing expires.
            session.expunge_all()
            if self._session is not None:  # one reading within another has its own
                session.close()
            else:
                self._session = session  # that of the next
            self._readers -= 1
            self._close_when_over()

    @property
    def is_over(self) -> bool:
        """Tell whether the next reading needs another view."""
        return self._is_over

    def close(self) -> None:
        """Take no more readings, and give the connection back once those begun have ended."""
        self._is_over = True
        self._close_when_over()

    def _close_when_over(self) -> None:
        if self._is_over and not self._readers and self._connection is not None:
            if self._session is not None:
                self._session.close()
            if self._connection.dialect.name == "postgresql" and not self._has_failed:
                self._connection.commit()
            self._connection.close()
            self._connection = self._session = None


def _session_of(connection: Connection) -> Session:
    return Session(connection, autoflush=False, join_transaction_mode="rollback_only")


def make_engine(url: str) -> Engine:
    """Return an engine for ``url`` (sqlite or postgresql) with the settings that make it safe."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _make_postgresql_engine(parsed)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_postgresql_engine(url: URL) -> Engine:
    # Last in, first out: what a connection has prepared and looked up serves the next request.
    engine = create_engine(url, pool_pre_ping=True, pool_use_lifo=True)
    ask = engine.dialect.do_ping

    def do_ping(dbapi_connection: DBAPIConnection) -> bool:
        return _still_stands(dbapi_connection) or ask(dbapi_connection)

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign]
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _still_stands(connection: DBAPIConnection) -> bool:
    """Tell whether a connection that was used a moment ago has heard nothing since.

    A server that ends closes the line, which then can be read from: that is seen without asking and
    waiting. After a while only an answer tells, since a line can be lost without a word.
    """
    now = monotonic()
    is_fresh = now - getattr(connection, _ASKED_AT, -ASKED_AGAIN_AFTER) < ASKED_AGAIN_AFTER
    setattr(connection, _ASKED_AT, now)
    if not is_fresh or connection.closed:
        return False
    line = poll()
    line.register(connection.fileno(), POLLIN)
    return not line.poll(0)


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.prepare_threshold = PREPARED_AFTER
    connection.prepared_max = MOST_PREPARED
    # To compile a statement for the processor takes longer than to answer any of a page.
    cursor = connection.cursor()
    cursor.execute("SET jit TO off")
    # A statement read piece by piece is read to its end: the plan that is quick for a few rows only
    # takes twice as long for all of a list.
    cursor.execute("SET cursor_tuple_fraction TO 1")
    connection.commit()
    cursor.close()


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Transactions are begun by _begin_sqlite alone: the driver's own rule begins them too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    # recursive_triggers: without it INSERT OR REPLACE deletes a row of history past its guard.
    for pragma in (
        "foreign_keys=on",
        "recursive_triggers=on",
        "busy_timeout=15000",
        "journal_mode=wal",
        "synchronous=normal",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader's transaction that turns writer may be refused.
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")


def insert_new(
    session: Session, model: type[DeclarativeBase], rows: Sequence[Mapping[str, object]]
) -> int:
    """Insert the rows that break no unique key and return how many they were.

    What another process inserted first stays as it is; nothing is raised for it.
    """
    if not rows:
        return 0
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
    key = model.__mapper__.primary_key[0]
    return len(session.scalars(insert.on_conflict_do_nothing().returning(key), rows).all())


def continue_keys(session: Session, table_names: Iterable[str]) -> None:
    """Let new rows of these tables get keys after those that were given to rows by hand.

    SQLite does so by itself.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for name in table_names:
        newest = select(func.max(column("id"))).select_from(table(name)).scalar_subquery()
        session.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), newest)))


def is_sqlite_url(url: str) -> bool:
    """Tell whether ``url`` names an embedded database file."""
    return make_url(url).get_backend_name() == "sqlite"
