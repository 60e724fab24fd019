"""The biennial report: what it is made from, what it is made of, and its composition."""

from tracker.domain.biennial_report.content import (
    ActivityCategory,
    ReportActivity,
    ReportContent,
    ReportMandate,
    ReportResolution,
)

__all__ = [
    "ActivityCategory",
    "ReportActivity",
    "ReportContent",
    "ReportMandate",
    "ReportResolution",
]
