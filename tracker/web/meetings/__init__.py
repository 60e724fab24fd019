"""Pages of the meetings of others that the house follows."""

from tracker.web.meetings.views import blueprint

__all__ = ["blueprint"]
