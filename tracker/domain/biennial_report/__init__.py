"""The biennial report: what it is made from, what it is made of, and its composition."""

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.domain.biennial_report.composition import compose
from tracker.domain.biennial_report.content import (
    Clearance,
    ReportActivity,
    ReportContent,
    ReportMandate,
    ReportResolution,
)
from tracker.domain.biennial_report.texts import FIXED_TEXTS

__all__ = [
    "FIXED_TEXTS",
    "Clearance",
    "ReportActivity",
    "ReportContent",
    "ReportDocument",
    "ReportMandate",
    "ReportResolution",
    "compose",
]
