"""The database behind the site, for tests that look behind its pages."""

import pytest
from flask import Flask

from tracker.database import Database
from tracker.installation import Installation


@pytest.fixture
def database(app: Flask) -> Database:
    """Return the database that the application works on."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database
