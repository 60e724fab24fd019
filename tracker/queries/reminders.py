"""What reminders are decided from, and what a digest says about each report."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import paragraph_label
from tracker.domain.deadlines import begins_at
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.reminders import ANSWERABLE, LastMove, ReportFacts, UnitStaff
from tracker.domain.workflow import Review
from tracker.models.instruments import Clause, ClauseText, Instrument
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import Clearance, ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.assignments import is_declined

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
WAITING = (*ANSWERABLE, Review.SUBMITTED)


@dataclass(frozen=True, slots=True)
class ReportGist:
    """What a mail says about a report; ``text`` is empty where it must not leave the house."""

    report_id: int
    symbol: str
    paragraph: str
    text: str
    unit: str
    due_on: date
    remark: str


def reminder_facts(
    session: Session, report_ids: Collection[int] | None = None
) -> Sequence[ReportFacts]:
    """Return the facts of every report that still waits for an answer or for clearance.

    A report that is not among them (answered, waived, its period locked, its mandate withdrawn or
    declined) has no occasions. ``report_ids`` narrows the answer to some reports.
    """
    staff = staff_by_unit(session)
    move, assignment, focal_point = (
        aliased(ProgressRevision),
        aliased(Assignment),
        aliased(Person),
    )
    newest_move = (
        select(func.max(ProgressRevision.number))
        .where(ProgressRevision.report_id == ProgressReport.id)
        .scalar_subquery()
    )
    newest_assignment = (
        select(func.max(Assignment.id))
        .where(Assignment.mandate_id == ProgressReport.mandate_id)
        .scalar_subquery()
    )
    query = (
        select(
            ProgressReport.id,
            ProgressReport.review,
            ProgressReport.due_on,
            ProgressReport.overdue_at,
            ProgressReport.unit_id,
            ProgressReport.opened_at,
            ReportingPeriod.call_on,
            OrganizationalUnit.time_zone,
            focal_point.id.label("focal_point_id"),
            assignment.assigned_at,
            assignment.assigned_by_id,
            move.number,
            move.written_by_id,
            move.written_at,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(
            focal_point,
            and_(focal_point.id == ProgressReport.focal_point_id, focal_point.is_active),
        )
        .outerjoin(assignment, assignment.id == newest_assignment)
        .outerjoin(move, and_(move.report_id == ProgressReport.id, move.number == newest_move))
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            Mandate.lifecycle == Lifecycle.ACTIVE,
            Mandate.requires_action.is_(True),
            ~is_declined(),
            ProgressReport.review.in_(WAITING),
            ~ProgressReport.is_waived,
        )
        .order_by(ProgressReport.id)
    )
    if report_ids is not None:
        query = query.where(ProgressReport.id.in_(report_ids))
    return [_facts(row, staff) for row in session.execute(query)]


def _facts(row: AnyRow, staff: Mapping[int, UnitStaff]) -> ReportFacts:
    # A report opened after the assignment asks anew; nobody in particular did it.
    is_assigned_later = row.assigned_at is not None and row.assigned_at >= row.opened_at
    asked_at = row.assigned_at if is_assigned_later else row.opened_at
    called_at = begins_at(row.call_on, row.time_zone) if row.call_on else asked_at
    return ReportFacts(
        report_id=row.id,
        is_asked=True,
        review=row.review,
        due_on=row.due_on,
        overdue_at=row.overdue_at,
        time_zone=row.time_zone,
        focal_point_id=row.focal_point_id,
        staff=staff[row.unit_id],
        asked_at=max(asked_at, called_at),
        asked_by=row.assigned_by_id if is_assigned_later and called_at <= asked_at else None,
        last_move=(
            None if row.number is None else LastMove(row.number, row.written_by_id, row.written_at)
        ),
    )


def staff_by_unit(session: Session) -> Mapping[int, UnitStaff]:
    """Return, by unit, the active people who answer for it or clear its texts; two statements."""
    held: dict[tuple[Role, int | None], set[int]] = defaultdict(set)
    query = (
        select(RoleAssignment.role, RoleAssignment.unit_id, RoleAssignment.person_id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.role.in_((Role.FOCAL_POINT, Role.MANAGER)), Person.is_active)
    )
    for role, unit_id, person_id in session.execute(query):
        held[role, unit_id].add(person_id)
    house = frozenset(held[Role.MANAGER, None])
    return {
        unit_id: UnitStaff(
            focal_points=frozenset(held[Role.FOCAL_POINT, unit_id]),
            managers=frozenset(held[Role.MANAGER, unit_id]),
            managers_of_the_house=house,
        )
        for unit_id in session.scalars(select(OrganizationalUnit.id))
    }


def report_gists(session: Session, report_ids: Collection[int]) -> Mapping[int, ReportGist]:
    """Return what a mail says about each of these reports, by report id.

    The clause stands in its original language; ``remark`` is that of the newest return.
    """
    newest_decision = (
        select(func.max(Clearance.id))
        .where(Clearance.report_id == ProgressReport.id)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    query = (
        select(
            ProgressReport.id,
            ProgressReport.due_on,
            ProgressReport.review,
            Instrument.symbol,
            Clause.path,
            ClauseText.text,
            Mandate.sensitivity,
            OrganizationalUnit.name,
            Clearance.remark,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(ClauseText, and_(ClauseText.clause_id == Clause.id, ClauseText.is_original))
        .outerjoin(Clearance, Clearance.id == newest_decision)
        .where(ProgressReport.id.in_(report_ids))
    )
    return {row.id: _gist(row) for row in session.execute(query)}


def _gist(row: AnyRow) -> ReportGist:
    is_open = row.sensitivity is Sensitivity.UNCLASSIFIED
    is_returned = row.review is Review.RETURNED
    return ReportGist(
        report_id=row.id,
        symbol=row.symbol,
        paragraph=paragraph_label(row.path or ""),
        text=(row.text or "") if is_open else "",
        unit=row.name,
        due_on=row.due_on,
        remark=(row.remark or "") if is_open and is_returned else "",
    )
