"""Pages that say why somebody was reminded, why not, and what goes out next."""

from tracker.web.reminders import ahead
from tracker.web.reminders.views import blueprint

__all__ = ["ahead", "blueprint"]
