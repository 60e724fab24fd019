"""When digests come, and the holidays on which none does."""

from tracker.web.digests.views import blueprint

__all__ = ["blueprint"]
