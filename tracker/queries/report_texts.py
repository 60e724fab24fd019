"""The text that a revision or a draft holds, as a value."""

from tracker.domain.progress import ReportText
from tracker.models.progress import ProgressDraft, ProgressRevision


def text_of(row: ProgressRevision | ProgressDraft) -> ReportText:
    """Return what the row says."""
    return ReportText(**{name: getattr(row, name) for name in ReportText.__slots__})
