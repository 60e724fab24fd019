"""The start page for each role, and compliance in a reporting period."""

from tracker.web.dashboard import (
    detail,
    duplicates,
    exports,
    lateness,
    map_cells,
    pace_rows,
    radar,
    report_cells,
    requests,
    sheet,
)
from tracker.web.dashboard.views import blueprint

__all__ = [
    "blueprint",
    "detail",
    "duplicates",
    "exports",
    "lateness",
    "map_cells",
    "pace_rows",
    "radar",
    "report_cells",
    "requests",
    "sheet",
]
