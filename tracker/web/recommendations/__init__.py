"""The review of mandates before a renewal."""

from tracker.web.recommendations.views import blueprint

__all__ = ["blueprint"]
