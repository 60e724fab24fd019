"""The installation behind the site, for tests that look behind its pages."""

import pytest
from flask import Flask

from tracker.database import Database
from tracker.installation import Installation


@pytest.fixture
def installation(app: Flask) -> Installation:
    """Return the parts that the application works with."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts


@pytest.fixture
def database(installation: Installation) -> Database:
    """Return the database that the application works on."""
    return installation.database
