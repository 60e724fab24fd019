"""Pages of the biennial report: completeness, preview, making an edition, download."""

from tracker.web.biennial_reports.views import blueprint

__all__ = ["blueprint"]
