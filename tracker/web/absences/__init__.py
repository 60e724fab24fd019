"""Absences: who is away, entered and ended, and who stands in meanwhile."""

from tracker.web.absences.views import blueprint

__all__ = ["blueprint"]
