"""The brief at four in the afternoon: two pages on whatever somebody asks for."""

from tracker.web.briefs.views import blueprint

__all__ = ["blueprint"]
