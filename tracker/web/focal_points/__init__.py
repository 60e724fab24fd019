"""The directory of national focal points."""

from tracker.web.focal_points.views import blueprint

__all__ = ["blueprint"]
