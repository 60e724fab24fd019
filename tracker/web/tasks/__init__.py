"""Long work that a person asked for on a page: how to stop it."""

from tracker.web.tasks.views import blueprint

__all__ = ["blueprint"]
