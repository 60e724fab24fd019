"""Resolutions: the list, one as adopted with its mandates, its import and its languages."""

from tracker.web.resolutions import imports, reviews, versions, views
from tracker.web.resolutions.blueprint import blueprint

__all__ = ["blueprint", "imports", "reviews", "versions", "views"]
