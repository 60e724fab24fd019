"""Reporting periods: the list, opening one, locking it."""

from tracker.web.periods.views import blueprint

__all__ = ["blueprint"]
