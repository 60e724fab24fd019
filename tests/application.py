"""The application for tests: over the test's own database and files, with a client that looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings, read_settings
from tests.pages import CheckedClient
from tracker.app import create_app
from tracker.installation import make_installation


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Return the settings of a test's own installation, on SQLite; see ``settings_on``."""
    return settings_on(sqlite_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Return the application; its client checks every page it fetches."""
    parts = make_installation(settings)
    made = create_app(settings, installation=parts)
    made.testing = True
    made.test_client_class = CheckedClient
    yield made
    parts.database.close()


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
