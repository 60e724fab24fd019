"""Calendars that people subscribe to."""

from tracker.web.calendars.views import blueprint

__all__ = ["blueprint"]
