"""The rows that a number of the report counts, as files."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_babel import gettext

from tracker.domain.biennial_report.tallies import Counted
from tracker.queries.report_sources import (
    AskedReport,
    SourceActivity,
    SourceFund,
    SourceMandate,
    SourceReport,
    SourceResolution,
)
from tracker.web import filters
from tracker.web.exports import Exported, identifiers, list_file, local_moments, page_address
from tracker.web.shown_names import unit_name


def source_file(
    counted: Counted,
    form: str,
    *,
    name: str,
    # Which kind the rows are of is said by ``counted``.
    rows: Sequence[Any],
) -> Response:
    """Return the rows of one kind as a download."""
    columns: Sequence[Exported[Any]]
    match counted:
        case Counted.REPORTS:
            title, columns = gettext("Progress reports"), _of_reports()
        case Counted.ACTIVITIES:
            title, columns = gettext("Activities"), _of_activities()
        case Counted.FUNDS:
            title, columns = gettext("Funds"), _of_funds()
        case Counted.RESOLUTIONS:
            title, columns = gettext("Resolutions"), _of_resolutions()
        case Counted.SET_ASIDE:
            title, columns = gettext("Mandates"), _of_mandates()
        case Counted.ASKED:
            title, columns = gettext("Progress reports"), _of_asked()
    return list_file(form, name=name, title=title, columns=columns, rows=rows)


def _of_reports() -> Sequence[Exported[SourceReport]]:
    local = local_moments()
    return [
        Exported(gettext("Mandate"), filters.cited, 26),
        Exported(gettext("Unit"), lambda row: unit_name(row.unit), 34),
        Exported(gettext("Status"), lambda row: filters.label(row.status) if row.status else None),
        Exported(gettext("Text number"), lambda row: row.number, 10),
        Exported(gettext("Cleared by"), lambda row: row.cleared_by, 26),
        Exported(gettext("In place of"), lambda row: row.in_place_of or None, 26),
        Exported(gettext("Cleared"), lambda row: local(row.cleared_at), 18),
        *identifiers(
            lambda row: row.report_id,
            lambda row: page_address("progress.edit", report_id=row.report_id),
        ),
    ]


def _of_activities() -> Sequence[Exported[SourceActivity]]:
    return [
        Exported(gettext("Activity"), lambda row: row.title, 60),
        Exported(gettext("Unit"), lambda row: unit_name(row.unit), 34),
        Exported(gettext("Deliverable"), lambda row: filters.label(row.deliverable), 34),
        Exported(gettext("Planned"), lambda row: row.planned, 12),
        Exported(gettext("Actual"), lambda row: row.actual, 12),
        Exported(gettext("Measure"), lambda row: filters.label(row.measure), 22),
        *identifiers(
            lambda row: row.id,
            lambda row: page_address("activities.show", activity_id=row.id),
        ),
    ]


def _of_funds() -> Sequence[Exported[SourceFund]]:
    return [
        Exported(gettext("Activity"), lambda row: row.fund.activity, 60),
        Exported(gettext("Unit"), lambda row: unit_name(row.unit), 34),
        Exported(gettext("Source of funds"), lambda row: filters.label(row.source), 24),
        Exported(gettext("Donor"), lambda row: row.fund.donor or None, 34),
        Exported(gettext("Budget (United States dollars)"), lambda row: row.fund.budget, 20),
        Exported(
            gettext("Expenditure (United States dollars)"), lambda row: row.fund.expenditure, 20
        ),
        *identifiers(
            lambda row: row.fund.id,
            lambda row: page_address("activities.show", activity_id=row.fund.activity_id),
        ),
    ]


def _of_resolutions() -> Sequence[Exported[SourceResolution]]:
    return [
        Exported(gettext("Resolution"), lambda row: row.symbol, 22),
        Exported(gettext("Title"), lambda row: row.title, 60),
        *identifiers(
            lambda row: row.id,
            lambda row: page_address("resolutions.show", body=row.body_key, slug=row.slug),
        ),
    ]


def _of_mandates() -> Sequence[Exported[SourceMandate]]:
    return [
        Exported(gettext("Mandate"), lambda row: filters.cited(row.reference), 26),
        *identifiers(
            lambda row: row.id,
            lambda row: page_address("mandates.show", **row.reference.address),
        ),
    ]


def _of_asked() -> Sequence[Exported[AskedReport]]:
    return [
        Exported(gettext("Mandate"), filters.cited, 26),
        Exported(gettext("Unit"), lambda row: unit_name(row.unit), 34),
        Exported(gettext("Review"), lambda row: filters.label(row.review), 18),
        *identifiers(
            lambda row: row.id, lambda row: page_address("progress.edit", report_id=row.id)
        ),
    ]
