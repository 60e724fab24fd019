"""Databases for tests: a fresh copy of a migrated one for each test, on both engines."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests import postgres
from tracker.database import Database
from tracker.schema import upgrade

ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return a migrated, empty database; the test runs once on SQLite and once on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()


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
    return f"sqlite:///{copy}"


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'bare.sqlite3'}"


@pytest.fixture
def postgres_url(_postgres_template: str) -> Iterator[str]:
    """Return the address of a migrated, empty PostgreSQL database."""
    name = _make_postgres(template=_postgres_template)
    yield _address(name)
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


def _make_postgres(*, template: str) -> str:
    name = f"tracker_test_{uuid.uuid4().hex}"
    _administer(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
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
