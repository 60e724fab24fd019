"""The application for tests: over the test's own database and files, with a client that looks."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from config import Settings, read_settings
from tests.databases import share_statements
from tests.pages import CheckedClient
from tracker.app import create_app
from tracker.auth.passwords import Passwords
from tracker.installation import make_installation
from tracker.reading.confined import ConfinedReader, Limits
from tracker.web.public_pages.blueprint import KEPT
from tracker.web.public_pages.kept import KeptAnswers

NOWHERE = Path("/nowhere")
PASSWORDS = Passwords(time_cost=1, memory_kib=1024)


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Return the settings of a test's own installation, on SQLite; see ``settings_on``."""
    return settings_on(sqlite_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Return the application; its client checks every page it fetches.

    A process has one for all tests, which works on the parts of the test that runs: what a test
    sets in its configuration is taken back, and Flask itself refuses routes after the first answer.
    """
    made = _application(replace(settings, database_url="sqlite://", data_dir=NOWHERE))
    configured = dict(made.config)
    parts = replace(make_installation(settings), begin_reader=kept_reader, passwords=PASSWORDS)
    share_statements(parts.database)
    made.extensions["tracker"] = parts
    made.extensions[KEPT] = KeptAnswers()  # those of another test are of another database
    yield made
    made.config.clear()
    made.config.update(configured)
    parts.database.close()


@contextmanager
def kept_reader(limits: Limits) -> Iterator[ConfinedReader]:
    """Yield a reader whose process serves all tests of this one: to begin it takes longest."""
    yield _reader(limits)


@cache
def _reader(limits: Limits) -> ConfinedReader:
    reader = ConfinedReader(limits)
    atexit.register(reader.close)
    return reader


@cache
def _application(settings: Settings) -> Flask:
    made = create_app(settings)
    made.testing = True
    made.test_client_class = CheckedClient
    made.test_client().get("/health")
    return made


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Return a visitor who is not signed in and looks at every page."""
    visitor = app.test_client()
    assert isinstance(visitor, CheckedClient)
    return visitor


def settings_on(database_url: str, folder: Path) -> Settings:
    """Return the settings of an installation that keeps its files in ``folder``."""
    return read_settings(
        {
            "TRACKER_ENVIRONMENT": "test",
            "TRACKER_DATABASE_URL": database_url,
            "TRACKER_DATA_DIR": str(folder / "instance"),
            "TRACKER_BASE_URL": "http://localhost",
            "TRACKER_LANGUAGES": "en,es,fr,pt",
        }
    )
