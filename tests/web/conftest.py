"""The fixtures of the web: the application, and a visitor who looks at every page."""

from tests.application import app, client, settings

__all__ = ["app", "client", "settings"]
