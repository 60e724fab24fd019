"""The fixtures of the tests about the code: the application, for its routes and filters."""

from tests.application import app, client, settings

__all__ = ["app", "client", "settings"]
