"""Pauses of reminders: the list, one entered, one ended."""

from tracker.web.pauses.views import blueprint

__all__ = ["blueprint"]
