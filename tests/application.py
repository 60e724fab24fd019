"""The application for tests: over the test's own database and files, with a client that looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from config import Settings, read_settings
from tests.pages import CheckedClient
from tracker.app import create_app
from tracker.installation import make_installation


class CompiledTemplates(BytecodeCache):
    """The templates that this process has compiled, by name and text, for every application.

    Each test has an application of its own: compiling the same templates for each took more than
    a quarter of the time of the tests of pages.
    """

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was compiled from the same text; the bucket holds its checksum."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled now."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


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
    made.jinja_env.bytecode_cache = COMPILED
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
