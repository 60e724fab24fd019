"""The division's sheet: downloaded, brought back, looked at, taken."""

from tracker.web.sheets.views import blueprint

__all__ = ["blueprint"]
