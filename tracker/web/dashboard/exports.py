"""The reports of a period, and its counts by unit, as files."""

from collections.abc import Callable

from flask import Response, request
from flask_babel import gettext

from tracker import clock
from tracker.domain.compliance import Compliance
from tracker.domain.permissions import Action
from tracker.domain.workflow import Review
from tracker.queries.compliance import (
    ComplianceOverview,
    UnitCounts,
    all_reports,
    compliance_overview,
)
from tracker.queries.report_lines import ReportLine
from tracker.web import filters
from tracker.web.dashboard.views import asked_period, blueprint, wanted_reports
from tracker.web.exports import FORMS, Exported, identifiers, list_file, local, page_address
from tracker.web.lists import asked_order
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading

Counted = UnitCounts | ComplianceOverview


@blueprint.get(f"/compliance/list.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_reports(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        wanted = wanted_reports(request.args, period.id if period else 0)
        order, is_descending = asked_order(wanted.usual_order)
        return list_file(
            form,
            name=f"reports_{period.id}" if period else "reports",
            title=gettext("Reports"),
            columns=_columns(),
            rows=all_reports(
                session, wanted, order=order, is_descending=is_descending, at=clock.now()
            ),
        )


@blueprint.get(f"/compliance/units.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_counts(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        overview = compliance_overview(session, period.id if period else 0, at=clock.now())
    rows: list[Counted] = [*overview.units, overview]
    return list_file(
        form,
        name=f"compliance_{period.id}" if period else "compliance",
        title=gettext("Compliance"),
        columns=[
            Exported[Counted](gettext("Unit"), _unit, 34),
            Exported[Counted](gettext("Asked"), lambda row: row.asked, 10),
            *(Exported[Counted](heading, value, 14) for heading, value in _counts()),
        ],
        rows=rows,
    )


def _columns() -> list[Exported[ReportLine]]:
    return [
        Exported(gettext("Mandate"), lambda row: filters.cited(row.reference), 24),
        Exported(gettext("Text"), lambda row: row.text, 80),
        Exported(gettext("Unit"), lambda row: unit_name(row.unit), 30),
        Exported(gettext("Standing"), lambda row: filters.label(row.compliance)),
        Exported(gettext("Review"), lambda row: filters.label(row.review)),
        Exported(gettext("Cleared next by"), _cleared_next_by, 30),
        Exported(gettext("Status"), lambda row: filters.label(row.status) if row.status else None),
        Exported(gettext("Due"), lambda row: row.due_on, 12),
        Exported(gettext("Submitted"), lambda row: local(row.submitted_at), 18),
        Exported(gettext("Period"), lambda row: row.period_name, 14),
        *identifiers(
            lambda row: row.report_id,
            lambda row: page_address("progress.edit", report_id=row.report_id),
        ),
    ]


def _cleared_next_by(row: ReportLine) -> str | None:
    if row.review is not Review.SUBMITTED:
        return None
    return unit_name(row.second_unit or row.unit)


def _unit(row: Counted) -> str:
    return unit_name(row.unit) or "" if isinstance(row, UnitCounts) else gettext("All units")


def _counts() -> list[tuple[str, Callable[[Counted], int]]]:
    """Return heading and count of each standing; overdue ones hold the unanswered, as the page."""
    counts: list[tuple[str, Callable[[Counted], int]]] = []
    for standing in Compliance:
        if standing is Compliance.UNANSWERED:
            continue
        if standing is Compliance.OVERDUE:
            counts.append((filters.label(standing), lambda row: row.late))
            counts.append(
                (gettext("Of which unanswered"), lambda row: row.of(Compliance.UNANSWERED))
            )
            continue
        counts.append((filters.label(standing), lambda row, asked=standing: row.of(asked)))  # type: ignore[misc]
    return counts
