"""Views of lists that people keep under a name: kept, opened, shared, changed, removed."""

from tracker.web.saved_views.views import blueprint

__all__ = ["blueprint"]
