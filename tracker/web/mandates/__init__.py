"""Mandates: the list, one with everything about it, and who answers for them."""

from tracker.web.mandates import alike, answers, assigning, deciding, exports, notes, points
from tracker.web.mandates.views import blueprint

__all__ = ["alike", "answers", "assigning", "blueprint", "deciding", "exports", "notes", "points"]
