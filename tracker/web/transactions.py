"""The installation of the running application, and its transactions."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from flask import Flask, current_app, g

from tracker.database import Session, View
from tracker.installation import Installation


def installation() -> Installation:
    """Return the parts of the installation that serves this request."""
    parts = current_app.extensions["tracker"]
    assert isinstance(parts, Installation)  # noqa: S101 - the factory puts it there
    return parts


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one transaction of a request that changes something."""
    _end_view()
    try:
        with installation().database.transaction() as session:
            yield session
    finally:
        _end_view()  # what follows sees what was written


def reading() -> AbstractContextManager[Session]:
    """Open a session to read with; those of one request share a view until something is written."""
    view: View | None = g.get("view")
    if view is None or view.is_over:
        view = g.view = installation().database.view()
    return view.reading()


def _end_view(_error: BaseException | None = None) -> None:
    view: View | None = g.pop("view", None)
    if view is not None:
        view.close()


def install(app: Flask) -> None:
    """Let each request of ``app`` end its view."""
    app.teardown_appcontext(_end_view)
