"""Pages of roll-ups to the chiefs of units, and of the rule that sends them by itself."""

from tracker.web.roll_ups.views import blueprint

__all__ = ["blueprint"]
