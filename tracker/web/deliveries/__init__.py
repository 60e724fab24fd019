"""The page of deliveries: what went, what waits, what is stuck and why."""

from tracker.web.deliveries.views import blueprint

__all__ = ["blueprint"]
