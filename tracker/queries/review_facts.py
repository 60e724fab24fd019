"""What is known about the mandates of reports that wait for clearance."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session

from tracker.domain.review_warnings import LinkedActivity, ReviewFacts
from tracker.models.activities import Activity, ActivityLink
from tracker.models.evidence import Evidence, LinkCheck
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod

# The statements are made once, since that takes longer than to run them.
_REPORTS: BindParameter[int] = bindparam("report_ids", expanding=True)
_ENDED_ON = func.coalesce(Activity.ends_on, Activity.starts_on)
_LINKED = (
    select(ProgressReport.id, Activity.title, _ENDED_ON)
    .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
    .join(ActivityLink, ActivityLink.mandate_id == ProgressReport.mandate_id)
    .join(Activity, Activity.id == ActivityLink.activity_id)
    .where(
        ProgressReport.id.in_(_REPORTS),
        Activity.starts_on <= ReportingPeriod.ends_on,
        ReportingPeriod.starts_on <= _ENDED_ON,
    )
    .order_by(_ENDED_ON, Activity.id)
)


def review_facts(session: Session, report_ids: Collection[int]) -> Mapping[int, ReviewFacts]:
    """Return, by report, what a manager is warned from, in two statements."""
    if not report_ids:
        return {}
    activities = _activities(session, report_ids)
    rows = session.execute(_facts(), {"report_ids": list(report_ids)})
    return {
        report_id: ReviewFacts(
            periodicity=periodicity,
            adopted_on=adopted_on,
            activities=activities[report_id],
            evidence_count=evidence_count,
            dead_link=dead_link or "",
        )
        for report_id, periodicity, adopted_on, evidence_count, dead_link in rows
    }


@cache
def _facts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ProgressReport.id,
            Mandate.periodicity,
            Instrument.adopted_on,
            _evidence(func.count(Evidence.id)),
            _evidence(func.min(Evidence.name), LinkCheck.dead_since.is_not(None)),
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(ProgressReport.id.in_(_REPORTS))
    )


def _evidence(told: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Return what is told of the evidence that was submitted with a report."""
    return (
        select(told)
        .select_from(Evidence)
        .outerjoin(LinkCheck, LinkCheck.evidence_id == Evidence.id)
        .where(
            Evidence.report_id == ProgressReport.id,
            Evidence.removed_at.is_(None),
            Evidence.added_at <= ProgressReport.submitted_at,
            *conditions,
        )
        .correlate(ProgressReport)
        .scalar_subquery()
    )


def _activities(
    session: Session, report_ids: Collection[int]
) -> Mapping[int, list[LinkedActivity]]:
    """Return, by report, the linked activities of its period, the earliest first."""
    rows = session.execute(_LINKED, {"report_ids": list(report_ids)})
    found: defaultdict[int, list[LinkedActivity]] = defaultdict(list)
    for report_id, title, day in rows:
        found[report_id].append(LinkedActivity(title=title, ended_on=day))
    return found
