"""Who is away, who stands in for them, and for whom a person stands in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from tracker.domain.absences import Absence, who_answers_at
from tracker.domain.permissions import Capacity, Role, StandIn
from tracker.models.absences import PersonAbsence
from tracker.models.people import Person, RoleAssignment

_ONE_DAY = timedelta(days=1)  # the day of another time zone is at most the one before or after
MOST_LISTED = 200
_Deputy = aliased(Person)
_Officer = aliased(Person)
# Asked at each request: it is made once, since making it takes longer than running it.
_ABSENCES = (
    select(
        PersonAbsence.person_id,
        PersonAbsence.starts_on,
        PersonAbsence.ends_on,
        _Deputy.id,
        _Officer.id,
        Person.time_zone,
    )
    .join(Person, Person.id == PersonAbsence.person_id)
    .outerjoin(_Deputy, (_Deputy.id == PersonAbsence.deputy_id) & _Deputy.is_active)
    .outerjoin(_Officer, (_Officer.id == PersonAbsence.officer_id) & _Officer.is_active)
    .where(
        PersonAbsence.withdrawn_at.is_(None),
        Person.is_active,
        PersonAbsence.ends_on >= bindparam("earliest"),
    )
    .order_by(PersonAbsence.starts_on, PersonAbsence.id)
)
_ABSENCES_ON_A_DAY = _ABSENCES.where(PersonAbsence.starts_on <= bindparam("latest"))


@dataclass(frozen=True, slots=True)
class ListedAbsence:
    """An absence with the names of those whom it is about."""

    id: int
    version: int
    person_id: int
    person: str
    starts_on: date
    ends_on: date
    deputy_id: int | None
    deputy: str | None
    officer_id: int | None
    officer: str | None


@dataclass(frozen=True, slots=True)
class Represented:
    """Who is away and by whom they are represented meanwhile, until the last day, included."""

    until: date
    deputy: str | None
    officer: str | None


def absences_on(session: Session, day: date) -> tuple[Absence, ...]:
    """Return the absences that hold on the day somewhere on earth. One statement.

    Somebody who is deactivated stands in for nobody.
    """
    return tuple(Absence(*row) for row in session.execute(_ABSENCES_ON_A_DAY, _around(day)))


def absences_at(session: Session, at: datetime) -> tuple[Absence, ...]:
    """Return the absences that hold at the moment. One statement."""
    return tuple(
        each for each in absences_on(session, at.astimezone(UTC).date()) if each.holds_at(at)
    )


def absences_since(session: Session, at: datetime) -> tuple[Absence, ...]:
    """Return the absences that hold at the moment or later. One statement."""
    earliest = at.astimezone(UTC).date() - _ONE_DAY
    return tuple(Absence(*row) for row in session.execute(_ABSENCES, {"earliest": earliest}))


def is_named_by_absent(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say, of a person, that somebody away about now names them; who does not, represents nobody.

    To be asked with ``days_around`` the moment.
    """
    return exists().where(
        or_(PersonAbsence.deputy_id == person_id, PersonAbsence.officer_id == person_id),
        PersonAbsence.withdrawn_at.is_(None),
        PersonAbsence.ends_on >= bindparam("earliest"),
        PersonAbsence.starts_on <= bindparam("latest"),
    )


def days_around(at: datetime) -> dict[str, object]:
    """Return the days between which it is now somewhere on earth."""
    return _around(at.astimezone(UTC).date())


def _around(day: date) -> dict[str, object]:
    return {"earliest": day - _ONE_DAY, "latest": day + _ONE_DAY}


def stand_ins_of(session: Session, person_id: int, *, at: datetime) -> tuple[StandIn, ...]:
    """Return those whom a person represents at the moment, by name; at most two statements."""
    away = absences_at(session, at)
    wanted = [
        (each, capacity)
        for each in away
        for capacity in Capacity
        if each.person_id != person_id
        and who_answers_at(each.person_id, at, away, capacity) == person_id
    ]
    if not wanted:
        return ()
    names, roles = _people(session, {each.person_id for each, _capacity in wanted})
    found = [
        StandIn(
            each.person_id,
            names[each.person_id],
            capacity,
            each.ends_on,
            frozenset(roles[each.person_id]),
        )
        for each, capacity in wanted
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.person_id, each.capacity)))


def listed_absences(
    session: Session, *, since: date, person_id: int | None = None
) -> tuple[ListedAbsence, ...]:
    """Return absences that end on ``since`` or later, the next first; at most ``MOST_LISTED``.

    ``person_id`` narrows them to those of one person and those in which the person stands in.
    """
    conditions = [PersonAbsence.ends_on >= since]
    if person_id is not None:
        conditions.append(
            or_(
                PersonAbsence.person_id == person_id,
                PersonAbsence.deputy_id == person_id,
                PersonAbsence.officer_id == person_id,
            )
        )
    return _listed(session, *conditions)


def find_absence(session: Session, absence_id: int) -> ListedAbsence | None:
    """Return an absence that was not withdrawn, or None."""
    return next(iter(_listed(session, PersonAbsence.id == absence_id)), None)


def find_represented(session: Session, person_id: int, *, at: datetime) -> Represented | None:
    """Return who stands in for the person at the moment; None when they are not away."""
    away = absences_at(session, at)
    absence = next((each for each in away if each.person_id == person_id), None)
    if absence is None:
        return None
    acting = {capacity: who_answers_at(person_id, at, away, capacity) for capacity in Capacity}
    names = names_of(session, acting.values())
    deputy, officer = acting[Capacity.DEPUTY], acting[Capacity.OFFICER_IN_CHARGE]
    return Represented(
        absence.ends_on,
        names[deputy] if deputy != person_id else None,
        names[officer] if officer != person_id else None,
    )


def names_of(session: Session, person_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of these people by id."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(set(person_ids))))
    return dict(rows.all())


def _listed(session: Session, *conditions: ColumnElement[bool]) -> tuple[ListedAbsence, ...]:
    rows = session.execute(
        select(PersonAbsence, Person.name, _Deputy.name, _Officer.name)
        .join(Person, Person.id == PersonAbsence.person_id)
        .outerjoin(_Deputy, _Deputy.id == PersonAbsence.deputy_id)
        .outerjoin(_Officer, _Officer.id == PersonAbsence.officer_id)
        .where(PersonAbsence.withdrawn_at.is_(None), *conditions)
        .order_by(PersonAbsence.starts_on, Person.name, PersonAbsence.id)
        .limit(MOST_LISTED)
    )
    return tuple(
        ListedAbsence(
            absence.id,
            absence.version,
            absence.person_id,
            person,
            absence.starts_on,
            absence.ends_on,
            absence.deputy_id,
            deputy_name,
            absence.officer_id,
            officer_name,
        )
        for absence, person, deputy_name, officer_name in rows
    )


def _people(
    session: Session, person_ids: set[int]
) -> tuple[Mapping[int, str], Mapping[int, Sequence[tuple[Role, int | None]]]]:
    names: dict[int, str] = {}
    roles: dict[int, list[tuple[Role, int | None]]] = defaultdict(list)
    rows = session.execute(
        select(Person.id, Person.name, RoleAssignment.role, RoleAssignment.unit_id)
        .outerjoin(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(Person.id.in_(person_ids))
    )
    for person_id, name, role, unit_id in rows:
        names[person_id] = name
        if role is not None:
            roles[person_id].append((role, unit_id))
    return names, roles
