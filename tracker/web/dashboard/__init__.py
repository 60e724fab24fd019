"""The start page for each role, and compliance in a reporting period."""

from tracker.web.dashboard import exports
from tracker.web.dashboard.views import blueprint

__all__ = ["blueprint", "exports"]
