"""The facts of what is told besides the reminders of reports, in a fixed number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.absences import Absence
from tracker.domain.escalation import SilentReport
from tracker.domain.house_matters import MATTERS, HouseMatters
from tracker.domain.lying import (
    DECLINED,
    FOCAL_POINT_LEFT,
    NO_UNIT,
    NOBODY_IN_UNIT,
    LyingReport,
    UnheldMandate,
)
from tracker.domain.mandates import Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.reminders import ReminderKind, ReportFacts, answerers
from tracker.domain.workflow import ANSWERABLE, Review
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import ProgressDraft, ProgressReport, ReportingPeriod
from tracker.queries.absences import absences_since
from tracker.queries.asked_mandates import nobody_answers
from tracker.queries.assignments import is_declined
from tracker.queries.handovers import accounts_left
from tracker.queries.many_keys import is_among
from tracker.queries.reminder_limits import limits_in_force, switches
from tracker.queries.silent_reports import silent_reports
from tracker.queries.vacancies import held_posts
from tracker.queries.waiting_editions import passed_editions

_LYING = frozenset({Review.DRAFT, Review.RETURNED, Review.SUBMITTED})
_ESCALATIONS = frozenset({ReminderKind.ESCALATION_AHEAD, ReminderKind.ESCALATION_READY})
_EDITIONS = frozenset({ReminderKind.SIGN_OFF, ReminderKind.EDITION_RETURNED})
_Gone = aliased(Person)


def house_matters(
    session: Session,
    facts: Sequence[ReportFacts],
    at: datetime,
    absences: Collection[Absence],
    *,
    kinds: Collection[ReminderKind] = MATTERS,
    latest: datetime | None = None,
    report_ids: Collection[int] | None = None,
) -> HouseMatters:
    """Return the facts of these kinds at the moment ``at``; ``facts`` are those of all reports.

    With ``latest`` also of what will hold by that moment. ``report_ids`` are those whose ``facts``
    are given, where they are not all. No statement for no kinds, else twenty-one at most.
    """
    if not MATTERS.intersection(kinds):
        return HouseMatters()
    others = other_matters(session, at, kinds=kinds)
    lying, abandoned, silent = _of_reports(
        session, facts, at, absences, kinds=kinds, latest=latest, report_ids=report_ids
    )
    return replace(others, lying=lying, unheld=[*others.unheld, *abandoned], silent=silent)


def report_matters(
    session: Session,
    facts: Sequence[ReportFacts],
    at: datetime,
    absences: Collection[Absence],
    *,
    report_ids: Collection[int],
    house: HouseMatters,
) -> HouseMatters:
    """Return what of it is about some reports, whose facts are given; ten statements at most.

    Who is told, and after how many days, is as in ``house``.
    """
    lying, abandoned, silent = _of_reports(
        session, facts, at, absences, kinds=MATTERS, latest=None, report_ids=report_ids
    )
    return HouseMatters(
        lying=lying,
        unheld=abandoned,
        silent=silent,
        coordinators=house.coordinators,
        administrators=house.administrators,
        limits=house.limits,
    )


def other_matters(
    session: Session, at: datetime, *, kinds: Collection[ReminderKind] = MATTERS
) -> HouseMatters:
    """Return what of it is about no report."""
    posts = held_posts(session) if ReminderKind.POST_UNFILLED in kinds else ()
    held = _holders(session, Role.COORDINATOR, Role.ADMINISTRATOR)
    return HouseMatters(
        unheld=[
            *(_declined(session) if ReminderKind.DECLINED in kinds else ()),
            *(_without_unit(session) if ReminderKind.OWNERLESS in kinds else ()),
        ],
        editions=passed_editions(session) if _EDITIONS.intersection(kinds) else (),
        posts=posts,
        leave=absences_since(session, at) if posts else (),
        accounts=tuple(accounts_left(session).values())
        if ReminderKind.ACCOUNT_LEFT in kinds
        else (),
        coordinators=held[Role.COORDINATOR],
        administrators=held[Role.ADMINISTRATOR],
        limits=limits_in_force(session),
    )


def _of_reports(
    session: Session,
    facts: Sequence[ReportFacts],
    at: datetime,
    absences: Collection[Absence],
    *,
    kinds: Collection[ReminderKind],
    latest: datetime | None,
    report_ids: Collection[int] | None,
) -> tuple[Sequence[LyingReport], Sequence[UnheldMandate], Sequence[SilentReport]]:
    return (
        _lying(session, facts, report_ids) if ReminderKind.LYING in kinds else (),
        _abandoned(session, facts, report_ids) if ReminderKind.OWNERLESS in kinds else (),
        silent_reports(
            session,
            facts,
            switches(session),
            at,
            absences,
            latest=latest,
            report_ids=report_ids,
        )
        if _ESCALATIONS.intersection(kinds)
        else (),
    )


def coordinators(session: Session) -> frozenset[int]:
    """Return the active coordinators of the house."""
    return _holders(session, Role.COORDINATOR)[Role.COORDINATOR]


def _holders(session: Session, *roles: Role) -> Mapping[Role, frozenset[int]]:
    """Return the active people who hold each of these roles. One statement."""
    rows = session.execute(
        select(RoleAssignment.role, RoleAssignment.person_id)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(RoleAssignment.role.in_(roles), Person.is_active)
    ).all()
    return {
        role: frozenset(person_id for held, person_id in rows if held is role) for role in roles
    }


def _lying(
    session: Session, facts: Sequence[ReportFacts], report_ids: Collection[int] | None
) -> Sequence[LyingReport]:
    """Return reports in draft, returned or submitted, with the moment of the newest move."""
    waiting = [each for each in facts if each.review in _LYING]
    if not waiting:
        return ()
    saved = _saved(session, report_ids)
    found = []
    for each in waiting:
        moments = [saved[each.report_id]] if each.report_id in saved else []
        if each.last_move is not None:
            moments.append(each.last_move.at)
        if moments:
            found.append(LyingReport(each, max(moments)))
    return found


def _saved(session: Session, report_ids: Collection[int] | None) -> Mapping[int, datetime]:
    """Return when somebody last saved a draft of each report that waits for a text."""
    query = (
        select(ProgressDraft.report_id, func.max(ProgressDraft.saved_at))
        .join(ProgressReport, ProgressReport.id == ProgressDraft.report_id)
        .where(ProgressReport.review.in_(ANSWERABLE))
        .group_by(ProgressDraft.report_id)
    )
    if report_ids is not None:
        query = query.where(is_among(session, ProgressDraft.report_id, report_ids))
    return {report_id: _aware(moment) for report_id, moment in session.execute(query)}


def _aware(moment: datetime) -> datetime:
    # What SQLite gives back of an aggregate has no time zone.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _declined(session: Session) -> Sequence[UnheldMandate]:
    """Return the active mandates whose newest assignment was declined."""
    newest = (
        select(func.max(AssignmentAnswer.id))
        .join(Assignment, Assignment.id == AssignmentAnswer.assignment_id)
        .where(Assignment.mandate_id == Mandate.id)
        .correlate(Mandate)
        .scalar_subquery()
    )
    query = (
        select(Mandate.id, AssignmentAnswer.id.label("answer_id"), AssignmentAnswer.answered_at)
        .join(AssignmentAnswer, AssignmentAnswer.id == newest)
        .where(
            Mandate.requires_action.is_(True), Mandate.lifecycle == Lifecycle.ACTIVE, is_declined()
        )
        .order_by(Mandate.id)
    )
    return [
        UnheldMandate(
            ReminderKind.DECLINED,
            row.id,
            None,
            None,
            row.answered_at,
            f"A{row.answer_id}",
            DECLINED,
        )
        for row in session.execute(query)
    ]


def _without_unit(session: Session) -> Sequence[UnheldMandate]:
    """Return the mandates that the open periods ask nobody about, as no unit leads them."""
    opened = (
        select(func.max(ReportingPeriod.id))
        .where(ReportingPeriod.state == PeriodState.OPEN)
        .scalar_subquery()
    )
    query = (
        select(Mandate.id, Mandate.confirmed_at, ReportingPeriod.id.label("period_id"),
               ReportingPeriod.opened_at)
        .join(ReportingPeriod, ReportingPeriod.id == opened)
        .where(nobody_answers())
        .order_by(Mandate.id)
    )  # fmt: skip
    return [
        UnheldMandate(
            ReminderKind.OWNERLESS,
            row.id,
            None,
            None,
            max(row.opened_at, row.confirmed_at or row.opened_at),
            f"P{row.period_id}",
            NO_UNIT,
        )
        for row in session.execute(query)
    ]


def _abandoned(
    session: Session, facts: Sequence[ReportFacts], report_ids: Collection[int] | None
) -> Sequence[UnheldMandate]:
    """Return what an open period asks about though the focal point left, or the unit is empty."""
    empty = {each.report_id for each in facts if not answerers(each)}
    asked = {each.report_id for each in facts}
    query = (
        select(
            ProgressReport.id, ProgressReport.mandate_id, ProgressReport.due_on,
            ProgressReport.opened_at, _Gone.id.label("person_id"),
        )
        .outerjoin(_Gone, and_(_Gone.id == ProgressReport.focal_point_id, ~_Gone.is_active))
        .where(
            ProgressReport.review.in_(ANSWERABLE),
            or_(_Gone.id.is_not(None), is_among(session, ProgressReport.id, empty)),
        )
        .order_by(ProgressReport.id)
    )  # fmt: skip
    if report_ids is not None:
        query = query.where(is_among(session, ProgressReport.id, report_ids))
    return [
        UnheldMandate(
            ReminderKind.OWNERLESS,
            row.mandate_id,
            row.id,
            row.due_on,
            row.opened_at,
            f"R{row.id}:{row.person_id or 'unit'}",
            FOCAL_POINT_LEFT if row.person_id else NOBODY_IN_UNIT,
        )
        for row in session.execute(query)
        if row.id in asked
    ]
