"""The programme budget's deliverables: their table, its import, one with its outputs."""

from tracker.web.deliverables.views import blueprint

__all__ = ["blueprint"]
