"""Pages of the biennial report: completeness, preview, making an edition, reading, download."""

from tracker.web.biennial_reports import copies, editions, final, wording
from tracker.web.biennial_reports.views import blueprint

__all__ = ["blueprint", "copies", "editions", "final", "wording"]
