"""Public pages, and where they are switched on."""

from tracker.web.public_pages import settings as _settings
from tracker.web.public_pages import views as _views
from tracker.web.public_pages.blueprint import blueprint

__all__ = ["_settings", "_views", "blueprint"]
