"""Resolutions: the list, one as adopted with its mandates, and the import with its review."""

from tracker.web.resolutions.views import blueprint

__all__ = ["blueprint"]
