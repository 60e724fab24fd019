"""The reports of a period, and its counts by unit, as files."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, request
from flask_babel import gettext

from tracker import clock
from tracker.domain.compliance import Compliance
from tracker.domain.permissions import Action
from tracker.domain.workflow import Review
from tracker.queries.compliance import (
    ComplianceOverview,
    Counts,
    UnitCounts,
    all_reports,
    compliance_overview,
)
from tracker.queries.compliance_map import SessionCounts, compliance_map
from tracker.queries.report_lines import ReportLine
from tracker.web import filters
from tracker.web.dashboard.places import asked_places
from tracker.web.dashboard.views import asked_period, blueprint, wanted_reports
from tracker.web.exports import (
    FORMS,
    Exported,
    identifiers,
    list_file,
    local_moments,
    named,
    page_addresses,
)
from tracker.web.lists import asked_order
from tracker.web.security import requires
from tracker.web.shown_names import session_name, unit_name
from tracker.web.transactions import reading

Counted = UnitCounts | ComplianceOverview
AnyCounts = TypeVar("AnyCounts", bound=Counts)


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
        wanted = asked_places(period.id if period else 0)
        overview = compliance_overview(session, wanted, at=clock.now())
    rows: list[Counted] = [*overview.units, overview]
    return list_file(
        form,
        name=f"compliance_{period.id}" if period else "compliance",
        title=gettext("Compliance"),
        columns=[Exported[Counted](gettext("Unit"), _unit, 34), *_counts_columns()],
        rows=rows,
    )


@blueprint.get(f"/compliance/sessions.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def export_sessions(form: str) -> Response:
    with reading() as session:
        period = asked_period(session)
        wanted = asked_places(period.id if period else 0)
        rows = compliance_map(session, wanted, at=clock.now()).sessions
    return list_file(
        form,
        name=f"compliance_by_session_{wanted.period_id}",
        title=gettext("By session that adopted the text"),
        columns=[Exported[SessionCounts](gettext("Session"), _session, 34), *_counts_columns()],
        rows=rows,
    )


def _counts_columns() -> list[Exported[AnyCounts]]:
    """Return the columns of a file of counts: how many are asked about, and how they stand."""
    return [
        Exported[AnyCounts](gettext("Asked"), lambda row: row.asked, 10),
        *(Exported[AnyCounts](heading, value, 14) for heading, value in _counts()),
    ]


def _columns() -> list[Exported[ReportLine]]:
    language, local = filters.language(), local_moments()
    address = page_addresses("progress.edit", "report_id")
    return [
        Exported(gettext("Mandate"), lambda row: filters.cited_in(row.reference, language), 24),
        Exported(gettext("Text"), lambda row: row.text, 80),
        Exported(gettext("Unit"), named(lambda row: row.unit, unit_name), 30),
        Exported(gettext("Standing"), named(lambda row: row.compliance, filters.label)),
        Exported(gettext("Review"), named(lambda row: row.review, filters.label)),
        Exported(gettext("Cleared next by"), named(_clearing_unit, unit_name), 30),
        Exported(gettext("Status"), named(lambda row: row.status, filters.label)),
        Exported(gettext("Due"), lambda row: row.due_on, 12),
        Exported(gettext("Submitted"), lambda row: local(row.submitted_at), 18),
        Exported(gettext("Period"), lambda row: row.period_name, 14),
        *identifiers(lambda row: row.report_id, lambda row: address(row.report_id)),
    ]


def _clearing_unit(row: ReportLine) -> str | None:
    """Return the unit that clears the text next, None where nothing waits for it."""
    return (row.second_unit or row.unit) if row.review is Review.SUBMITTED else None


def _unit(row: Counted) -> str:
    return unit_name(row.unit) or "" if isinstance(row, UnitCounts) else gettext("All units")


def _session(row: SessionCounts) -> str:
    return session_name(row.session) or gettext("No known session")


def _counts() -> list[tuple[str, Callable[[Counts], int]]]:
    """Return heading and count of each standing; overdue ones hold the unanswered, as the page."""
    counts: list[tuple[str, Callable[[Counts], int]]] = []
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
