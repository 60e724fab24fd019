"""Rules of reminders: which are in force, one of them set, tried out before, taken away."""

from tracker.web.reminder_rules.views import blueprint

__all__ = ["blueprint"]
