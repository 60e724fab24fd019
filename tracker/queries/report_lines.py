"""Progress reports as lines of a list: what is asked, of whom, until when, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.compliance import DUE_SOON_DAYS, Compliance, Standing, compliance_of
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.periods import PeriodKind
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressEntry, ProgressReport, ReportingPeriod
from tracker.queries.paging import Column
from tracker.queries.references import Reference

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
AnySelect = Select[*tuple[Any, ...]]
_ChapeauText = aliased(ClauseText)

# Who was asked and still counts: a mandate withdrawn since counts only if it was answered before.
COUNTS = or_(
    Mandate.requires_action.is_(True) & (Mandate.lifecycle == Lifecycle.ACTIVE),
    ProgressReport.review.in_(ANSWERED),
)
# An answer of any kind this period: submitted once (and returned since), or a dated entry.
HAS_ANSWER = or_(
    ProgressReport.submitted_at.is_not(None),
    exists()
    .where(
        ProgressEntry.mandate_id == ProgressReport.mandate_id,
        ProgressEntry.noted_on.between(ReportingPeriod.starts_on, ReportingPeriod.ends_on),
    )
    .correlate(ProgressReport, ReportingPeriod),
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One progress report in a list."""

    report_id: int
    version: int
    mandate_id: int
    reference: Reference
    text: str
    text_language: str
    chapeau: str | None
    period_id: int
    period_name: str
    period_kind: PeriodKind
    unit_id: int
    unit: str
    focal_point_id: int | None
    review: Review
    status: Implementation | None
    compliance: Compliance
    due_on: date
    overdue_at: datetime
    submitted_at: datetime | None


def report_lines(
    session: Session,
    *conditions: ColumnElement[bool],
    at: datetime,
    by: Sequence[Column],
    limit: int,
) -> tuple[ReportLine, ...]:
    """Return at most ``limit`` reports that fulfil the conditions, in the order ``by``.

    Conditions can be about reports, mandates, clauses, instruments, units and periods.
    """
    query = lines_query().where(*conditions).order_by(*by).limit(limit)
    return tuple(line_of(row, at) for row in session.execute(query))


def find_report_line(session: Session, report_id: int, *, at: datetime) -> ReportLine | None:
    """Return one report as a list shows it, None when there is no such report."""
    found = report_lines(
        session, ProgressReport.id == report_id, at=at, by=(ProgressReport.id,), limit=1
    )
    return found[0] if found else None


def count_of(session: Session, *conditions: ColumnElement[bool]) -> int:
    """Return how many reports fulfil conditions about reports, mandates and periods."""
    return (
        session.scalar(
            select(func.count(ProgressReport.id))
            .join(Mandate, Mandate.id == ProgressReport.mandate_id)
            .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
            .where(*conditions)
        )
        or 0
    )


def lines_query() -> AnySelect:
    """Return the statement whose rows ``line_of`` takes, without conditions or order."""
    return (
        select(
            ProgressReport,
            HAS_ANSWER.label("has_answer"),
            ReportingPeriod.name.label("period_name"),
            ReportingPeriod.kind.label("period_kind"),
            OrganizationalUnit.name.label("unit"),
            Instrument.symbol,
            Instrument.slug,
            Body.key.label("body_key"),
            Clause.path,
            ClauseText.text,
            ClauseText.language.label("text_language"),
            _ChapeauText.text.label("chapeau"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .outerjoin(
            _ChapeauText,
            (_ChapeauText.clause_id == Clause.parent_id) & _ChapeauText.is_original,
        )
    )


def line_of(row: AnyRow, at: datetime) -> ReportLine:
    """Return a row of ``lines_query`` as it stands at the moment ``at``."""
    report: ProgressReport = row.ProgressReport
    return ReportLine(
        report_id=report.id,
        version=report.version,
        mandate_id=report.mandate_id,
        reference=Reference(
            symbol=row.symbol, body_key=row.body_key, slug=row.slug, path=row.path or ""
        ),
        text=row.text,
        text_language=row.text_language,
        chapeau=row.chapeau,
        period_id=report.period_id,
        period_name=row.period_name,
        period_kind=row.period_kind,
        unit_id=report.unit_id,
        unit=row.unit,
        focal_point_id=report.focal_point_id,
        review=report.review,
        status=report.status,
        compliance=compliance_of(
            Standing(
                review=report.review,
                is_waived=report.is_waived,
                due_on=report.due_on,
                overdue_at=report.overdue_at,
                has_answer=row.has_answer,
            ),
            at,
        ),
        due_on=report.due_on,
        overdue_at=report.overdue_at,
        submitted_at=report.submitted_at,
    )


def compliance_at(at: datetime) -> ColumnElement[str]:
    """Return compliance as the database works it out: the same as domain.compliance_of.

    The statement must join reporting periods.
    """
    settled = {
        Review.CLEARED: Compliance.CLEARED,
        Review.FROZEN: Compliance.CLEARED,
        Review.SUBMITTED: Compliance.SUBMITTED,
    }
    return case(
        (ProgressReport.is_waived, Compliance.WAIVED.value),
        *((ProgressReport.review == review, told.value) for review, told in settled.items()),
        (
            ProgressReport.overdue_at > at + timedelta(days=DUE_SOON_DAYS),
            Compliance.ON_TRACK.value,
        ),
        (ProgressReport.overdue_at > at, Compliance.DUE_SOON.value),
        (HAS_ANSWER, Compliance.OVERDUE.value),
        else_=Compliance.UNANSWERED.value,
    )
