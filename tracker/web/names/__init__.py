"""Names in other languages: what is missing, and the form that writes them."""

from tracker.web.names.views import blueprint

__all__ = ["blueprint"]
