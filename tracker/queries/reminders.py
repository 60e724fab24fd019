"""What reminders are decided from, and what a digest says about each report."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, union
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import paragraph_label
from tracker.domain.deadlines import begins_at
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.reminder_rules import RuleBook
from tracker.domain.reminders import LastMove, ReportFacts, Requested, UnitStaff, series_of
from tracker.domain.workflow import ANSWERABLE, Review
from tracker.models.instruments import Clause, ClauseText, Instrument
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import Clearance, ProgressReport, ProgressRevision, ReportingPeriod
from tracker.models.reminder_requests import ReminderRequest, ReminderRequestItem
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.action_points import PointOfMandate, points_of_mandates
from tracker.queries.assignments import is_declined
from tracker.queries.clearances import passed_first
from tracker.queries.many_keys import is_among
from tracker.queries.reminder_rules import rule_book

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
_ROWS_READ = 1_000  # at a time
WAITING = (*ANSWERABLE, Review.SUBMITTED)
_Move = aliased(ProgressRevision)
_Assignment = aliased(Assignment)
_FocalPoint = aliased(Person)
_Decider = aliased(Person)


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
    cleared_first_by: str
    points: tuple[PointOfMandate, ...] = ()


@dataclass(frozen=True, slots=True)
class MandateGist:
    """What a mail says about a mandate on which nobody reports; ``unit`` led it last, if any.

    ``remark`` is the reason for which it was declined, if it is.
    """

    symbol: str
    paragraph: str
    text: str
    unit: str
    remark: str = ""
    cleared_first_by: str = ""


def reminder_facts(
    session: Session, report_ids: Collection[int] | None = None, *, book: RuleBook | None = None
) -> Sequence[ReportFacts]:
    """Return the facts of every report that still waits for an answer or for clearance.

    A report that is not among them (answered, waived, its period locked, its mandate withdrawn or
    declined) has no occasions. ``report_ids`` narrows the answer to some reports; ``book`` are the
    rules to go by, those in force when none is given.
    """
    rules = rule_book(session) if book is None else book
    staff = staff_by_unit(session)
    requested = standing_requests(session, report_ids)
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
            ProgressReport.second_unit_id,
            ProgressReport.mandate_id,
            ProgressReport.opened_at,
            ReportingPeriod.call_on,
            ReportingPeriod.slot_on,
            Instrument.body_id,
            OrganizationalUnit.time_zone,
            _FocalPoint.id.label("focal_point_id"),
            _Assignment.assigned_at,
            _Assignment.assigned_by_id,
            _Move.number,
            _Move.written_by_id,
            _Move.written_at,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(
            _FocalPoint,
            and_(_FocalPoint.id == ProgressReport.focal_point_id, _FocalPoint.is_active),
        )
        .outerjoin(_Assignment, _Assignment.id == newest_assignment)
        .outerjoin(_Move, and_(_Move.report_id == ProgressReport.id, _Move.number == newest_move))
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
    if report_ids is None:  # of the whole house, so that few rows are held besides the facts
        query = query.execution_options(yield_per=_ROWS_READ)
    else:
        query = query.where(is_among(session, ProgressReport.id, report_ids))
    passed: Mapping[int, frozenset[int]] | None = None
    found = []
    for row in session.execute(query):
        if row.second_unit_id and passed is None:
            passed = passed_first(session)
        facts = _facts(row, staff, rules, (passed or {}).get(row.id, frozenset()))
        asked = requested.get(row.id)
        found.append(replace(facts, requested=asked) if asked else facts)
    return found


def reports_that_wait() -> Select[int]:
    """Return the query for the ids of the reports that may have occasions."""
    return (
        select(ProgressReport.id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            ProgressReport.review.in_(WAITING),
            ~ProgressReport.is_waived,
        )
    )


def reports_to_plan(session: Session) -> Sequence[int]:
    """Return, in order, the reports that may have occasions, or have some in the ledger that wait.

    One statement.
    """
    pending = select(Notification.report_id).where(
        Notification.state == Delivery.PENDING, Notification.report_id.is_not(None)
    )
    found = session.scalars(union(reports_that_wait(), pending))
    return sorted(report_id for report_id in found if report_id is not None)


def standing_requests(
    session: Session, report_ids: Collection[int] | None = None
) -> Mapping[int, tuple[Requested, ...]]:
    """Return, oldest first, who asked whom for each report that still can be answered."""
    query = (
        select(
            ReminderRequestItem.report_id,
            ReminderRequest.id,
            ReminderRequest.requested_at,
            ReminderRequest.requested_by_id,
            Person.name,
            ReminderRequestItem.person_id,
        )
        .join(ReminderRequest, ReminderRequest.id == ReminderRequestItem.request_id)
        .join(Person, Person.id == ReminderRequest.requested_by_id)
        .join(ProgressReport, ProgressReport.id == ReminderRequestItem.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ReportingPeriod.state == PeriodState.OPEN, ProgressReport.review.in_(ANSWERABLE))
        .order_by(ReminderRequestItem.request_id, ReminderRequestItem.id)
    )
    if report_ids is not None:
        query = query.where(is_among(session, ReminderRequestItem.report_id, report_ids))
    found: dict[int, dict[int, Requested]] = defaultdict(dict)
    for report_id, request_id, at, asked_by, name, person_id in session.execute(query):
        known = found[report_id].get(request_id, Requested(at, asked_by, name, frozenset()))
        found[report_id][request_id] = replace(known, people=known.people | {person_id})
    return {report_id: tuple(requests.values()) for report_id, requests in found.items()}


def _facts(
    row: AnyRow, staff: Mapping[int, UnitStaff], book: RuleBook, passed: frozenset[int]
) -> ReportFacts:
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
        staff=_clearing_staff(staff, row),
        asked_at=max(asked_at, called_at),
        asked_by=row.assigned_by_id if is_assigned_later and called_at <= asked_at else None,
        last_move=(
            None if row.number is None else LastMove(row.number, row.written_by_id, row.written_at)
        ),
        passed=passed,
        slot_on=row.slot_on,
        rule=book.rule_for(body_id=row.body_id, unit_id=row.unit_id, mandate_id=row.mandate_id),
    )


def _clearing_staff(staff: Mapping[int, UnitStaff], row: AnyRow) -> UnitStaff:
    of_unit = staff[row.unit_id]
    if row.second_unit_id is None:
        return of_unit
    return replace(of_unit, managers=staff[row.second_unit_id].managers)


def told_since(
    session: Session,
    report_ids: Collection[int] | None = None,
    *,
    person_ids: Collection[int] | None = None,
) -> Mapping[tuple[str, int], datetime]:
    """Return when a step of each series was told last, by series and recipient. One statement.

    What is on its way, or may have arrived, counts as told. ``report_ids`` and ``person_ids``
    narrow the answer to some reports and recipients.
    """
    query = (
        select(
            Notification.occasion,
            Notification.recipient_id,
            func.coalesce(Notification.settled_at, MailMessage.claimed_at, Notification.planned_at),
        )
        .join(ProgressReport, ProgressReport.id == Notification.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .outerjoin(MailMessage, MailMessage.id == Notification.message_id)
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            Notification.state.in_((Delivery.SENT, Delivery.SENDING)),
        )
    )
    if report_ids is not None:
        query = query.where(is_among(session, Notification.report_id, report_ids))
    if person_ids is not None:
        query = query.where(is_among(session, Notification.recipient_id, person_ids))
    told: dict[tuple[str, int], datetime] = {}
    for name, person_id, at in session.execute(query):
        key = series_of(name), person_id
        told[key] = max(told.get(key, at), at)
    return told


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

    The clause stands in its original language; ``remark`` is that of the newest return,
    ``cleared_first_by`` who cleared at the first level what waits at the second; ``points`` are the
    action points that are not over. Two statements.
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
            ProgressReport.mandate_id,
            ProgressReport.due_on,
            ProgressReport.review,
            Instrument.symbol,
            Clause.path,
            ClauseText.text,
            Mandate.sensitivity,
            OrganizationalUnit.name,
            Clearance.remark,
            ProgressReport.second_unit_id,
            _Decider.name.label("decided_by"),
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(ClauseText, and_(ClauseText.clause_id == Clause.id, ClauseText.is_original))
        .outerjoin(Clearance, Clearance.id == newest_decision)
        .outerjoin(_Decider, _Decider.id == Clearance.decided_by_id)
        .where(ProgressReport.id.in_(report_ids))
    )
    rows = session.execute(query).all()
    points = points_of_mandates(session, {row.mandate_id for row in rows})
    return {row.id: _gist(row, points.get(row.mandate_id, ())) for row in rows}


def _gist(row: AnyRow, points: Sequence[PointOfMandate]) -> ReportGist:
    is_open = row.sensitivity is Sensitivity.UNCLASSIFIED
    is_returned = row.review is Review.RETURNED
    waits_at_second = row.review is Review.SUBMITTED and row.second_unit_id is not None
    return ReportGist(
        report_id=row.id,
        symbol=row.symbol,
        paragraph=paragraph_label(row.path or ""),
        text=(row.text or "") if is_open else "",
        unit=row.name,
        due_on=row.due_on,
        remark=(row.remark or "") if is_open and is_returned else "",
        cleared_first_by=row.decided_by if waits_at_second else "",
        points=tuple(point for point in points if is_open and not point.is_over),
    )


def mandate_gists(session: Session, mandate_ids: Collection[int]) -> Mapping[int, MandateGist]:
    """Return what a mail says about each of these mandates, by its id."""
    newest_answer = (
        select(func.max(AssignmentAnswer.id))
        .join(Assignment, Assignment.id == AssignmentAnswer.assignment_id)
        .where(Assignment.mandate_id == Mandate.id)
        .correlate(Mandate)
        .scalar_subquery()
    )
    query = (
        select(
            Mandate.id,
            Instrument.symbol,
            Clause.path,
            ClauseText.text,
            Mandate.sensitivity,
            OrganizationalUnit.name,
            AssignmentAnswer.reason,
        )
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(AssignmentAnswer, and_(AssignmentAnswer.id == newest_answer, is_declined()))
        .outerjoin(ClauseText, and_(ClauseText.clause_id == Clause.id, ClauseText.is_original))
        .where(Mandate.id.in_(mandate_ids))
    )
    return {row.id: _mandate_gist(row) for row in session.execute(query)}


def _mandate_gist(row: AnyRow) -> MandateGist:
    is_open = row.sensitivity is Sensitivity.UNCLASSIFIED
    return MandateGist(
        symbol=row.symbol,
        paragraph=paragraph_label(row.path or ""),
        text=(row.text or "") if is_open else "",
        unit=row.name or "",
        remark=(row.reason or "") if is_open else "",
    )
