"""Subjects: goals, countries and words with their records, proposals, and the list of words."""

from tracker.web.subjects import left, word_list, words  # noqa: F401 - their views join the blueprint
from tracker.web.subjects.views import blueprint

__all__ = ["blueprint"]
