"""The installation of the running application, and its transactions."""

from contextlib import AbstractContextManager

from flask import current_app

from tracker.database import Session
from tracker.installation import Installation


def installation() -> Installation:
    """Return the parts of the installation that serves this request."""
    parts = current_app.extensions["tracker"]
    assert isinstance(parts, Installation)  # noqa: S101 - the factory puts it there
    return parts


def transaction() -> AbstractContextManager[Session]:
    """Open the one transaction of a request that changes something."""
    return installation().database.transaction()


def reading() -> AbstractContextManager[Session]:
    """Open a session to read with."""
    return installation().database.reading()
