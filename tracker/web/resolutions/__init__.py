"""Resolutions: the list, one as adopted with its mandates, and the import with its review."""

from tracker.web.resolutions import imports, versions, views
from tracker.web.resolutions.blueprint import blueprint

__all__ = ["blueprint", "imports", "versions", "views"]
