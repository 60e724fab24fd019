"""Activities: the list, the sheet of one, the form, and linking to mandates."""

from tracker.web.activities import exports as exports  # its views stand on the same blueprint
from tracker.web.activities import linking as linking  # and these
from tracker.web.activities import lists as lists  # and these
from tracker.web.activities.views import blueprint

__all__ = ["blueprint"]
