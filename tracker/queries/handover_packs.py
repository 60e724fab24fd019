"""What a hand-over pack tells of the items that one successor takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.handovers import Contact, OpenKind, Pack, PackMandate
from tracker.domain.names import Named
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Move, Review
from tracker.models.activities import Activity, ActivityLink
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import (
    Clearance,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.queries.assignments import contributing_units
from tracker.queries.conversations import newest_messages
from tracker.queries.handovers import OpenRow
from tracker.queries.names import names_in
from tracker.queries.report_lines import ReportLine, report_lines
from tracker.queries.report_texts import text_of

MOST_REPORTS = 2000
MOST_ACTIVITIES = 100
_AS_MANDATE = (OpenKind.FOCAL_POINT, OpenKind.DEPUTY)


def pack_for(
    session: Session,
    rows: Sequence[OpenRow],
    *,
    person: Person,
    successor: Person,
    on: date,
    at: datetime,
) -> Pack:
    """Return the pack of what ``successor`` takes; a number of statements that never grows."""
    mandates = [row for row in rows if row.item.kind in _AS_MANDATE]
    ids = [row.item.id for row in mandates]
    names = names_in(session, successor.language)
    lines = _current(session, ids, at)
    report_ids = [line.report_id for line in lines.values()]
    said = _said_last(session, ids)
    drafts = _drafts(session, report_ids, person.id)
    remarks = _remarks(
        session, [line.report_id for line in lines.values() if line.review is Review.RETURNED]
    )
    messages = newest_messages(session, report_ids)

    def of(row: OpenRow) -> PackMandate:
        line = lines.get(row.item.id)
        said_in, said_text = said.get(row.item.id, ("", None))
        message = messages.get(line.report_id) if line else None
        return PackMandate(
            symbol=row.reference.symbol if row.reference else "",
            path=row.reference.path if row.reference else "",
            text=row.text,
            language=row.language,
            unit=names.of(Named.UNIT, row.unit) if row.unit else "",
            is_as_deputy=row.item.kind is OpenKind.DEPUTY,
            due_on=line.due_on if line else None,
            period=line.period_name if line else "",
            review=line.review if line else None,
            remark=remarks.get(line.report_id, "") if line else "",
            message=f"{message.written_by}: {message.text}" if message and message.text else "",
            said_in=said_in,
            said=said_text,
            draft=drafts.get(line.report_id) if line else None,
        )

    return Pack(
        person=person.name,
        successor=successor.name,
        language=successor.language,
        handed_on=on,
        mandates=tuple(map(of, mandates)),
        points=tuple(
            (row.reference.symbol, row.reference.path, row.text)
            for row in rows
            if row.item.kind is OpenKind.ACTION_POINT and row.reference
        ),
        managed=tuple(
            (names.of(Named.UNIT, row.unit) if row.unit else None, row.count)
            for row in rows
            if row.item.kind is OpenKind.MANAGER
        ),
        stand_ins=tuple((row.absent, row.until) for row in rows if row.absent and row.until),
        activities=tuple(
            (title, names.of(Named.UNIT, unit)) for title, unit in _activities(session, ids, on)
        ),
        contacts=tuple(
            replace(each, unit=names.of(Named.UNIT, each.unit)) if each.unit else each
            for each in _contacts(session, rows, ids, but={person.id, successor.id})
        ),
    )


def _current(
    session: Session, mandate_ids: Collection[int], at: datetime
) -> Mapping[int, ReportLine]:
    """Return the report of each mandate that is asked for now, the one that is due first."""
    found = report_lines(
        session,
        ProgressReport.mandate_id.in_(mandate_ids),
        ReportingPeriod.state == PeriodState.OPEN,
        at=at,
        by=(ProgressReport.due_on.desc(), ProgressReport.id),
        limit=MOST_REPORTS,
    )
    return {line.mandate_id: line for line in found}


def _said_last(
    session: Session, mandate_ids: Collection[int]
) -> Mapping[int, tuple[str, ReportText]]:
    newest = (
        select(func.max(ProgressRevision.id))
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .where(ProgressReport.mandate_id.in_(mandate_ids), ProgressRevision.move == Move.SUBMIT)
        .group_by(ProgressReport.mandate_id)
    )
    rows = session.execute(
        select(ProgressReport.mandate_id, ReportingPeriod.name, ProgressRevision)
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressRevision.id.in_(newest))
    )
    return {mandate_id: (period, text_of(said)) for mandate_id, period, said in rows}


def _drafts(
    session: Session, report_ids: Collection[int], person_id: int
) -> Mapping[int, ReportText]:
    rows = session.scalars(
        select(ProgressDraft).where(
            ProgressDraft.report_id.in_(report_ids), ProgressDraft.author_id == person_id
        )
    )
    return {row.report_id: text_of(row) for row in rows}


def _remarks(session: Session, report_ids: Collection[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(Clearance.report_id, Clearance.remark)
        .where(Clearance.report_id.in_(report_ids), ~Clearance.is_cleared)
        .order_by(Clearance.id)
    )
    return dict(rows.all())


def _activities(
    session: Session, mandate_ids: Collection[int], on: date
) -> tuple[tuple[str, str], ...]:
    rows = session.execute(
        select(Activity.title, OrganizationalUnit.name)
        .join(OrganizationalUnit, OrganizationalUnit.id == Activity.unit_id)
        .where(
            Activity.id.in_(
                select(ActivityLink.activity_id).where(ActivityLink.mandate_id.in_(mandate_ids))
            ),
            or_(Activity.ends_on.is_(None), Activity.ends_on >= on),
        )
        .order_by(Activity.starts_on, Activity.id)
        .limit(MOST_ACTIVITIES)
    )
    return tuple((title, unit) for title, unit in rows)


def _contacts(
    session: Session, rows: Sequence[OpenRow], mandate_ids: Collection[int], *, but: set[int]
) -> tuple[Contact, ...]:
    """Return coordinators, managers of the units and focal points of those that contribute."""
    units = {row.item.unit_id for row in rows if row.item.unit_id is not None}
    with_us = contributing_units(session, list(mandate_ids)) if mandate_ids else {}
    contributing = {unit_id for found in with_us.values() for unit_id in found}
    found = session.execute(
        select(Person.name, Person.email, RoleAssignment.role, OrganizationalUnit.name)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == RoleAssignment.unit_id)
        .where(
            Person.is_active,
            Person.id.not_in(but),
            or_(
                RoleAssignment.role == Role.COORDINATOR,
                and_(RoleAssignment.role == Role.MANAGER, RoleAssignment.unit_id.in_(units)),
                and_(
                    RoleAssignment.role == Role.FOCAL_POINT,
                    RoleAssignment.unit_id.in_(units | contributing),
                ),
            ),
        )
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name, Person.name, Person.id)
    )
    return tuple(Contact(*row) for row in found)
