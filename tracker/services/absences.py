"""Absences: entered, changed and ended, so that nothing waits for somebody who is away."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.absences import (
    Absence,
    Named,
    check_apart,
    check_days,
    check_stand_ins,
)
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor, Role
from tracker.models.absences import PersonAbsence
from tracker.models.people import Person, PersonKind, RoleAssignment
from tracker.queries.signing_posts import holders
from tracker.services import audit
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AbsenceDays:
    """What somebody enters: the first and last day, and who stands in."""

    starts_on: date
    ends_on: date
    deputy_id: int | None = None
    officer_id: int | None = None


def enter_absence(
    session: Session, *, person_id: int, days: AbsenceDays, actor: Actor, at: datetime
) -> PersonAbsence:
    """Keep that a person is away; people do it for themselves, coordinators for everybody.

    Raises Invalid at the field that cannot be.
    """
    person = _take_person(session, person_id, actor)
    _check(session, person, days, but=None, at=at)
    absence = PersonAbsence(
        person_id=person_id, entered_at=at, entered_by_id=actor.person_id, **_columns(days)
    )
    session.add(absence)
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="absence.entered",
        subject=absence,
        after={"person_id": person_id, **_columns(days)},
    )
    logger.info("absence %s of person %s entered by %s", absence.id, person_id, actor.person_id)
    return absence


def change_absence(
    session: Session,
    *,
    absence_id: int,
    version: int,
    days: AbsenceDays,
    actor: Actor,
    at: datetime,
) -> PersonAbsence:
    """Let an absence have other days or stand-ins; raises as ``enter_absence`` does, and Stale."""
    absence = _take(session, absence_id)
    person = _take_person(session, absence.person_id, actor)
    check_version(absence, version)
    _check_lasts(absence, _today(person, at))
    _check(session, person, days, but=absence_id, at=at)
    before = _columns(absence)
    for name, value in _columns(days).items():
        setattr(absence, name, value)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="absence.changed",
        subject=absence,
        before=before,
        after=_columns(days),
    )
    return absence


def end_absence(
    session: Session, *, absence_id: int, version: int, actor: Actor, at: datetime
) -> PersonAbsence:
    """Let the person be back today; an absence that had not begun by yesterday is withdrawn."""
    absence = _take(session, absence_id)
    person = _take_person(session, absence.person_id, actor)
    check_version(absence, version)
    today = _today(person, at)
    _check_lasts(absence, today)
    before = {"ends_on": absence.ends_on}
    yesterday = today - timedelta(days=1)
    if absence.starts_on <= yesterday:
        absence.ends_on = yesterday
    else:
        absence.withdrawn_at = at
    audit.record(
        session,
        actor=actor,
        at=at,
        action="absence.ended",
        subject=absence,
        before=before,
        after={"ends_on": absence.ends_on, "withdrawn_at": absence.withdrawn_at},
    )
    return absence


def check_stands_in_for_nobody(session: Session, person: Person, *, at: datetime) -> None:
    """Refuse that a person leaves while they stand in for somebody, now or later."""
    found = session.execute(
        select(Person.name, PersonAbsence.ends_on)
        .join(PersonAbsence, PersonAbsence.person_id == Person.id)
        .where(
            or_(PersonAbsence.deputy_id == person.id, PersonAbsence.officer_id == person.id),
            PersonAbsence.withdrawn_at.is_(None),
            PersonAbsence.ends_on >= _today(person, at),
            Person.is_active,
        )
        .order_by(PersonAbsence.starts_on)
        .limit(1)
    ).one_or_none()
    if found is not None:
        raise WrongState(
            "%(name)s stands in for %(absent)s until %(until)s. Choose somebody else on the page "
            "of absences first.",
            name=person.name,
            absent=found.name,
            until=found.ends_on,
        )


def _take(session: Session, absence_id: int) -> PersonAbsence:
    absence = session.get(PersonAbsence, absence_id, with_for_update=True)
    if absence is None or absence.withdrawn_at is not None:
        raise NotFound("There is no such absence. Choose one from the list of absences.")
    return absence


def _take_person(session: Session, person_id: int, actor: Actor) -> Person:
    if person_id != actor.person_id:
        permissions.require(actor, Action.KEEP_ABSENCES)
    # The row of the person is kept from others: two absences entered at once would not see each
    # other and could overlap.
    person = session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    if person is None:
        raise NotFound("There is no such person. Choose one from the list of people.")
    if not person.is_active:
        raise Invalid(
            "%(name)s is deactivated, so nobody waits for them.",
            field="person_id",
            name=person.name,
        )
    return person


def _check_lasts(absence: PersonAbsence, today: date) -> None:
    if absence.ends_on < today:
        raise WrongState("This absence is over, so it stays as it is in the history.")


def _check(
    session: Session, person: Person, days: AbsenceDays, *, but: int | None, at: datetime
) -> None:
    absence = Absence(
        person.id, days.starts_on, days.ends_on, days.deputy_id, days.officer_id, person.time_zone
    )
    check_days(absence, today=_today(person, at))
    others = _others(session, absence, but)
    check_apart(absence, others, name=person.name)
    people = _people(session, (person.id, days.deputy_id, days.officer_id))
    check_stand_ins(
        absence,
        others,
        person=people[person.id],
        deputy=_named(people, days.deputy_id, "deputy_id"),
        officer=_named(people, days.officer_id, "officer_id"),
    )


def _others(session: Session, absence: Absence, but: int | None) -> list[Absence]:
    """Return the other absences in those days of everybody who is named."""
    named = {absence.person_id, absence.deputy_id, absence.officer_id} - {None}
    rows = session.scalars(
        select(PersonAbsence).where(
            PersonAbsence.person_id.in_(named),
            PersonAbsence.withdrawn_at.is_(None),
            PersonAbsence.starts_on <= absence.ends_on,
            PersonAbsence.ends_on >= absence.starts_on,
            PersonAbsence.id != (but or 0),
        )
    )
    return [Absence(row.person_id, row.starts_on, row.ends_on) for row in rows]


def _people(session: Session, person_ids: tuple[int | None, ...]) -> Mapping[int, Named]:
    managers = select(RoleAssignment.person_id).where(
        RoleAssignment.role == Role.MANAGER, RoleAssignment.person_id.in_(person_ids)
    )
    deciding = {*session.scalars(managers), *session.scalars(holders())}
    return {
        row.id: Named(
            row.id, row.name, row.is_active, row.kind is PersonKind.MAILBOX, row.id in deciding
        )
        for row in session.scalars(select(Person).where(Person.id.in_(person_ids)))
    }


def _named(people: Mapping[int, Named], key: int | None, field: str) -> Named | None:
    if key is None:
        return None
    if key not in people:
        raise Invalid("There is no such person. Choose one from the list.", field=field)
    return people[key]


def _columns(days: AbsenceDays | PersonAbsence) -> dict[str, object]:
    return {name: getattr(days, name) for name in AbsenceDays.__slots__}


def _today(person: Person, at: datetime) -> date:
    return at.astimezone(ZoneInfo(person.time_zone)).date()
