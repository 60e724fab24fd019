"""Overdue reports to which no answer of any kind has come, with the reminders delivered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence
from tracker.domain.conversation import ASKS
from tracker.domain.escalation import Chief, Decision, SilentReport, Told
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.reminders import ReminderKind, ReportFacts, answerers_at
from tracker.domain.workflow import Review
from tracker.models.conversations import ReportMessage
from tracker.models.escalations import RollUp, RollUpItem
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import ProgressDraft, ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.digest_times import digest_times
from tracker.queries.many_keys import is_among
from tracker.queries.reminder_limits import Switches
from tracker.queries.report_lines import HAS_ANSWER

REMINDS = (ReminderKind.DUE.value, ReminderKind.OVERDUE.value)
_Key = tuple[int, date]


def silent_reports(
    session: Session,
    facts: Sequence[ReportFacts],
    switches: Switches,
    at: datetime,
    absences: Collection[Absence],
    *,
    latest: datetime | None = None,
    report_ids: Collection[int] | None = None,
) -> Sequence[SilentReport]:
    """Return those of the reports that are overdue and silent, in their order.

    A draft, a question, a request for more time and a dated entry are answers, as a submitted text
    is; what was declined is not among the facts. ``latest`` is the moment by which they are overdue
    (``at`` if none), ``report_ids`` are those whose facts are given, where they are not all. Seven
    statements at most, one where there is none.
    """
    by = latest or at
    by_report = {each.report_id: each for each in facts if each.review is Review.OPEN}
    if not by_report:
        return ()
    among = _among(session, report_ids)
    silent = _silent(session, by, among)
    found = {report_id: unit_id for report_id, unit_id in silent.items() if report_id in by_report}
    if not found:
        return ()
    told, announced = _told(session, by, among), _announced(session, by, among)
    decided = _decided(session, by, among)
    chiefs = _chiefs(session, set(found.values()))
    return [
        SilentReport(
            report=report,
            unit_id=found[report_id],
            told=tuple(told.get(report_id, ())),
            chiefs=chiefs.get(found[report_id], ()),
            is_decided=(report_id, report.due_on) in decided,
            is_by_rule=switches.holds_in(found[report_id]),
            announced_at=_announced_to_all(announced.get(report_id, {}), report, at, absences),
        )
        for report_id, report in by_report.items()
        if report_id in found
    ]


def often_reminded(session: Session, at: datetime, *, least: int) -> Sequence[int]:
    """Return the overdue reports of which so many reminders were delivered, to whomever.

    None of the others can be ripe for a roll-up. One statement.
    """
    sent = _sent(at).where(
        Notification.kind.in_(REMINDS), Notification.due_on == ProgressReport.due_on
    )
    query = (
        sent.with_only_columns(Notification.report_id)
        .order_by(None)
        .group_by(Notification.report_id)
        .having(func.count(Notification.occasion.distinct()) >= least)
    )
    return [report_id for report_id in session.scalars(query) if report_id is not None]


def _among(session: Session, report_ids: Collection[int] | None) -> ColumnElement[bool]:
    """Say, of a report, that it is one of these; of any where they are None."""
    return true() if report_ids is None else is_among(session, ProgressReport.id, report_ids)


def _silent(session: Session, at: datetime, among: ColumnElement[bool]) -> Mapping[int, int]:
    """Return the unit of each open report that is overdue and has no answer of any kind."""
    drafted = exists().where(ProgressDraft.report_id == ProgressReport.id)
    query = (
        select(ProgressReport.id, ProgressReport.unit_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(*_overdue(at), among, ~HAS_ANSWER, ~drafted, ~_has_asked())
        .order_by(ProgressReport.id)
    )
    return dict(session.execute(query).all())


def _overdue(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ReportingPeriod.state == PeriodState.OPEN,
        ProgressReport.review == Review.OPEN,
        ProgressReport.overdue_at <= at,
    )


def _has_asked() -> ColumnElement[bool]:
    """Say, of a report, that somebody of those who answer asked something about it.

    An editor's question to a unit is no answer of the unit.
    """
    is_of_unit = exists().where(
        RoleAssignment.person_id == ReportMessage.written_by_id,
        RoleAssignment.role.in_((Role.FOCAL_POINT, Role.MANAGER)),
    )
    return exists().where(
        ReportMessage.report_id == ProgressReport.id,
        ReportMessage.kind.in_(ASKS),
        or_(ReportMessage.written_by_id == ProgressReport.focal_point_id, is_of_unit),
    )


def _told(
    session: Session, at: datetime, among: ColumnElement[bool]
) -> Mapping[int, Sequence[Told]]:
    """Return the reminders about the due date that holds now which were delivered."""
    query = _sent(at).where(
        among, Notification.kind.in_(REMINDS), Notification.due_on == ProgressReport.due_on
    )
    found: dict[int, list[Told]] = defaultdict(list)
    for row in session.execute(query):
        found[row.report_id].append(Told(row.occasion, row.recipient_id, row.settled_at))
    return found


def _announced(
    session: Session, at: datetime, among: ColumnElement[bool]
) -> Mapping[int, Mapping[int, datetime]]:
    """Return, by report and recipient, when an escalation was announced."""
    query = _sent(at).where(
        among,
        Notification.kind == ReminderKind.ESCALATION_AHEAD.value,
        Notification.due_on == ProgressReport.due_on,
    )
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for row in session.execute(query):
        found[row.report_id][row.recipient_id] = row.settled_at
    return found


def _sent(at: datetime) -> Select[int | None, int, str, datetime | None]:
    return (
        select(
            Notification.report_id,
            Notification.recipient_id,
            Notification.occasion,
            Notification.settled_at,
        )
        .join(ProgressReport, ProgressReport.id == Notification.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            *_overdue(at),
            Notification.state == Delivery.SENT,
            Notification.settled_at.is_not(None),
        )
        .order_by(Notification.id)
    )


def _announced_to_all(
    announced: Mapping[int, datetime],
    report: ReportFacts,
    at: datetime,
    absences: Collection[Absence],
) -> datetime | None:
    """Return when the last of those who answer now was told; None where one was not."""
    moments = [announced.get(each) for each in answerers_at(report, at, absences)]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def _decided(session: Session, at: datetime, among: ColumnElement[bool]) -> set[_Key]:
    """Return which reports, with their due date, are in a roll-up or were set aside.

    One of a roll-up that was dropped from it before it was sent may be proposed again.
    """
    newest = (
        select(RollUpItem.report_id, RollUpItem.due_on, func.max(RollUpItem.roll_up_id).label("id"))
        .group_by(RollUpItem.report_id, RollUpItem.due_on)
        .subquery()
    )
    dropped = exists().where(
        Notification.report_id == newest.c.report_id,
        Notification.due_on == newest.c.due_on,
        Notification.recipient_id == RollUp.recipient_id,
        Notification.kind == ReminderKind.ESCALATION.value,
        Notification.state == Delivery.CANCELLED,
    )
    query = (
        select(newest.c.report_id, newest.c.due_on)
        .join(RollUp, RollUp.id == newest.c.id)
        .join(ProgressReport, ProgressReport.id == newest.c.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            *_overdue(at),
            among,
            or_(
                RollUp.decision == Decision.SET_ASIDE,
                and_(RollUp.decision == Decision.SEND, ~dropped),
            ),
        )
    )
    return {(report_id, due_on) for report_id, due_on in session.execute(query)}


def _chiefs(session: Session, unit_ids: Collection[int]) -> Mapping[int, tuple[Chief, ...]]:
    """Return the active managers of each unit itself, who has the role longest first."""
    query = (
        select(RoleAssignment.unit_id, RoleAssignment.person_id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.unit_id.in_(unit_ids),
            RoleAssignment.role == Role.MANAGER,
            Person.is_active,
        )
        .order_by(RoleAssignment.id)
    )
    managers: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in session.execute(query):
        managers[unit_id or 0].append(person_id)
    times = digest_times(session, {one for people in managers.values() for one in people})
    return {
        unit_id: tuple(Chief(person_id, times[person_id]) for person_id in people)
        for unit_id, people in managers.items()
    }
