"""Search from anywhere: the field in the header, and the page of results."""

from tracker.web.search.views import blueprint

__all__ = ["blueprint"]
