"""The help: a page for each role, the words that are used, and when reminders go out."""

from tracker.web.help.views import blueprint

__all__ = ["blueprint"]
