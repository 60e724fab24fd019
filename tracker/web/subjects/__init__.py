"""Subjects: goals, targets and countries with their mandates and activities, and proposals."""

from tracker.web.subjects.views import blueprint

__all__ = ["blueprint"]
