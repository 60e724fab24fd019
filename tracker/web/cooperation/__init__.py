"""Requests and offers of cooperation, and networks."""

from tracker.web.cooperation import networks  # noqa: F401 - its views join the blueprint
from tracker.web.cooperation.views import blueprint

__all__ = ["blueprint"]
