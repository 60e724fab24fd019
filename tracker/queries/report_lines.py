"""Progress reports as lines of a list: what is asked, of whom, until when, and how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.domain.compliance import DUE_SOON_DAYS, Compliance, Standing, compliance_of
from tracker.domain.mandates import Implementation
from tracker.domain.periods import PeriodKind
from tracker.domain.workflow import ANSWERED, WAITS_AT_SECOND, Level, Review, Stage
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.many_keys import asked_keys, is_among_asked, is_on_sqlite
from tracker.queries.paging import Column
from tracker.queries.plain_rows import KeptStatement, plain_rows
from tracker.queries.references import Reference

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
AnySelect = Select[*tuple[Any, ...]]
_ChapeauText = aliased(ClauseText)
_SecondUnit = aliased(OrganizationalUnit)

# Who was asked and still counts: a mandate withdrawn since counts only if it was answered before.
COUNTS = or_(ProgressReport.is_asked_for, ProgressReport.review.in_(ANSWERED))
# Of these, what still waits for an answer.
IS_OPEN = ProgressReport.is_open == true()
# An answer of any kind this period: submitted once (and returned since), or a dated entry.
HAS_ANSWER = or_(ProgressReport.submitted_at.is_not(None), ProgressReport.has_note)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One progress report in a list.

    ``second_unit`` is the unit that clears the text at the second level, from the first clearance
    on; ``joint_lead`` an entity outside the house that leads the mandate as well.
    """

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
    second_unit_id: int | None
    second_unit: str | None
    joint_lead: str

    @property
    def stage(self) -> Stage:
        """Return where the report stands, in the terms of the workflow's table."""
        return Stage(self.review, Level.FIRST if self.second_unit_id is None else Level.SECOND)

    @property
    def clearing_unit_id(self) -> int:
        """Return the unit whose manager clears the text now, or cleared it last."""
        return self.second_unit_id or self.unit_id

    @property
    def waits_at_second(self) -> bool:
        """Tell whether it is cleared at the first level and waits for the second."""
        return self.stage == WAITS_AT_SECOND


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
    return tuple(line_of(row, at) for row in plain_rows(session, query))


def lines_of_reports(
    session: Session, report_ids: Collection[int], *, at: datetime
) -> dict[int, ReportLine]:
    """Return the reports with these ids, by id, as a list shows them; in one statement."""
    asked = _lines_of_asked(is_sqlite=is_on_sqlite(session))
    rows = asked.rows(session, asked_keys(session, report_ids))
    return {row[0]: line_of(row, at) for row in rows}


@cache
def _lines_of_asked(*, is_sqlite: bool) -> KeptStatement[*tuple[Any, ...]]:
    is_asked = is_among_asked(ProgressReport.id, is_sqlite=is_sqlite)
    return KeptStatement(lines_query().where(is_asked))


def find_report_line(session: Session, report_id: int, *, at: datetime) -> ReportLine | None:
    """Return one report as a list shows it, None when there is no such report."""
    found = report_lines(
        session, ProgressReport.id == report_id, at=at, by=(ProgressReport.id,), limit=1
    )
    return found[0] if found else None


def count_of(session: Session, *conditions: ColumnElement[bool]) -> int:
    """Return how many reports fulfil conditions about reports, mandates and periods."""
    return session.scalar(counting(*conditions)) or 0


def counting(*conditions: ColumnElement[bool]) -> Select[int]:
    """Return the query that counts the reports that fulfil such conditions."""
    return (
        select(func.count(ProgressReport.id))
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(*conditions)
    )


@cache
def lines_query() -> AnySelect:
    """Return the statement whose rows ``line_of`` takes, without conditions or order."""
    return (
        select(
            ProgressReport.id,
            ProgressReport.version,
            ProgressReport.mandate_id,
            Instrument.symbol,
            Body.key,
            Instrument.slug,
            Clause.path,
            ClauseText.text,
            ClauseText.language,
            _ChapeauText.text,
            ProgressReport.period_id,
            ReportingPeriod.name,
            ReportingPeriod.kind,
            ProgressReport.unit_id,
            OrganizationalUnit.name,
            ProgressReport.focal_point_id,
            ProgressReport.review,
            ProgressReport.status,
            ProgressReport.due_on,
            ProgressReport.overdue_at,
            ProgressReport.submitted_at,
            ProgressReport.second_unit_id,
            _SecondUnit.name,
            Mandate.joint_lead,
            ProgressReport.is_waived,
            HAS_ANSWER,
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
        .outerjoin(_SecondUnit, _SecondUnit.id == ProgressReport.second_unit_id)
    )


def line_of(row: Sequence[Any], at: datetime) -> ReportLine:
    """Return a row of ``lines_query`` as it stands at the moment ``at``."""
    (report_id, version, mandate_id, symbol, body_key, slug, path, text, text_language, chapeau,
     period_id, period_name, period_kind, unit_id, unit, focal_point_id, review, status,
     due_on, overdue_at, submitted_at, second_unit_id, second_unit, joint_lead,
     is_waived, has_answer) = row  # fmt: skip
    return ReportLine(
        report_id=report_id,
        version=version,
        mandate_id=mandate_id,
        reference=Reference(symbol=symbol, body_key=body_key, slug=slug, path=path or ""),
        text=text,
        text_language=text_language,
        chapeau=chapeau,
        period_id=period_id,
        period_name=period_name,
        period_kind=period_kind,
        unit_id=unit_id,
        unit=unit,
        focal_point_id=focal_point_id,
        review=review,
        status=status,
        compliance=compliance_of(
            Standing(
                review=review,
                is_waived=is_waived,
                due_on=due_on,
                overdue_at=overdue_at,
                has_answer=has_answer,
            ),
            at,
        ),
        due_on=due_on,
        overdue_at=overdue_at,
        submitted_at=submitted_at,
        second_unit_id=second_unit_id,
        second_unit=second_unit,
        joint_lead=joint_lead,
    )


def compliance_at(at: datetime) -> ColumnElement[str]:
    """Return compliance as the database works it out: the same as domain.compliance_of."""
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
