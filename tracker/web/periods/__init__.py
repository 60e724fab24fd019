"""Reporting periods: the list, opening one with a look at it first, its days, locking it."""

from tracker.web.periods import moving, opening, views
from tracker.web.periods.blueprint import blueprint

__all__ = ["blueprint", "moving", "opening", "views"]
