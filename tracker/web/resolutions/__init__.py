"""Resolutions: the list, one as adopted with its mandates, the import with its review, languages."""

from tracker.web.resolutions import imports, reviews, versions, views
from tracker.web.resolutions.blueprint import blueprint

__all__ = ["blueprint", "imports", "reviews", "versions", "views"]
