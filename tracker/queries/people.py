"""People and what they may do."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.permissions import Actor
from tracker.models.people import OrganizationalUnit, Person, PersonKind, RoleAssignment
from tracker.models.reminders import MailMessage
from tracker.queries.absences import days_around, is_named_by_absent, stand_ins_of
from tracker.queries.paging import Column, Page, Place, all_rows, rows_of_page
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.sorting import missing_last

_IS_IN_SESSION = (
    Person.id == bindparam("person_id"),
    Person.is_active,
    Person.sign_in_counter == bindparam("counter"),
)
_IN_SESSION = select(Person).where(*_IS_IN_SESSION).options(joinedload(Person.roles))
# Asked at each request, a row for each role.
_ACTOR_IN_SESSION = KeptStatement(
    select(
        Person.name,
        Person.language,
        Person.time_zone,
        Person.kind,
        RoleAssignment.role,
        RoleAssignment.unit_id,
        is_named_by_absent(Person.id),
    )
    .outerjoin(RoleAssignment, RoleAssignment.person_id == Person.id)
    .where(*_IS_IN_SESSION)
)


class PersonOrder(StrEnum):
    """By what the list of people is sorted."""

    NAME = "name"
    EMAIL = "email"
    SIGNED_IN = "signed_in"


def find_actor(session: Session, person_id: int, *, at: datetime | None = None) -> Actor | None:
    """Return the person as one who acts, or None when there is no such active person.

    With a moment also in the place of those who are away then.
    """
    person = session.scalar(
        select(Person)
        .where(Person.id == person_id, Person.is_active)
        .options(selectinload(Person.roles))
    )
    if person is None:
        return None
    return actor_of(person) if at is None else actor_at(session, person, at)


def actor_at(session: Session, person: Person, at: datetime) -> Actor:
    """Return ``person`` (roles loaded) as one who acts, also in the place of those away then."""
    actor = actor_of(person)
    return replace(actor, stands_in_for=stand_ins_of(session, person.id, at=at))


def find_person_for_session(session: Session, person_id: int, counter: int) -> Person | None:
    """Return the active person whose counter still is ``counter``, roles loaded, or None."""
    found = session.scalars(_IN_SESSION, {"person_id": person_id, "counter": counter})
    return found.unique().one_or_none()


def find_actor_in_session(
    session: Session, person_id: int, counter: int, *, at: datetime
) -> Actor | None:
    """Return the active person whose counter still is ``counter`` as one who acts, or None.

    In one statement, save for whom somebody who is away has named.
    """
    asked = {"person_id": person_id, "counter": counter, **days_around(at)}
    rows = _ACTOR_IN_SESSION.rows(session, asked)
    if not rows:
        return None
    name, language, time_zone, kind, _role, _unit_id, is_named = rows[0]
    return Actor(
        person_id=person_id,
        name=name,
        language=language,
        time_zone=time_zone,
        roles=frozenset((row.role, row.unit_id) for row in rows if row.role is not None),
        is_mailbox=kind is PersonKind.MAILBOX,
        stands_in_for=stand_ins_of(session, person_id, at=at) if is_named else (),
    )


def actor_of(person: Person) -> Actor:
    """Return ``person`` (with roles loaded) as one who acts."""
    return Actor(
        person_id=person.id,
        name=person.name,
        language=person.language,
        time_zone=person.time_zone,
        roles=frozenset((held.role, held.unit_id) for held in person.roles),
        is_mailbox=person.kind is PersonKind.MAILBOX,
    )


def find_person_by_email(session: Session, email: str) -> Person | None:
    """Return the person with this address (any case), roles loaded, or None."""
    return session.scalar(
        select(Person)
        .where(Person.email == email.strip().lower())
        .options(selectinload(Person.roles))
    )


def units(session: Session) -> Sequence[OrganizationalUnit]:
    """Return all organizational units in the order of the house."""
    return session.scalars(
        select(OrganizationalUnit).order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    ).all()


def people_page(
    session: Session,
    *,
    words: str = "",
    is_active: bool = True,
    order: PersonOrder = PersonOrder.NAME,
    is_descending: bool = False,
    place: Place | None = None,
) -> Page[Person]:
    """Return one page of people, roles loaded; ``words`` are of the name or address."""
    conditions = _conditions(words, is_active=is_active)
    rows, previous_key, next_key = rows_of_page(
        session,
        select(Person).where(*conditions).options(selectinload(Person.roles)),
        sort=_sort(order, is_descending=is_descending),
        identity=Person.id,
        is_descending=is_descending,
        place=place or Place(),
    )
    total = session.scalars(select(func.count()).select_from(Person).where(*conditions)).one()
    return Page(tuple(row[0] for row in rows), total, previous_key, next_key)


def all_people(
    session: Session, *, words: str, is_active: bool, order: PersonOrder, is_descending: bool
) -> Iterator[tuple[Person, Sequence[RoleAssignment]]]:
    """Yield people as ``people_page`` lists them, each with their roles; two statements."""
    roles: defaultdict[int, list[RoleAssignment]] = defaultdict(list)
    for held in session.scalars(select(RoleAssignment).order_by(RoleAssignment.id)):
        roles[held.person_id].append(held)
    rows = all_rows(
        session,
        select(Person).where(*_conditions(words, is_active=is_active)),
        sort=_sort(order, is_descending=is_descending),
        identity=Person.id,
        is_descending=is_descending,
    )
    return ((row[0], roles[row[0].id]) for row in rows)


def _conditions(words: str, *, is_active: bool) -> list[ColumnElement[bool]]:
    conditions = [Person.is_active == is_active]
    if words:
        conditions.append(
            or_(
                Person.name.icontains(words, autoescape=True),
                Person.email.icontains(words, autoescape=True),
            )
        )
    return conditions


def _sort(order: PersonOrder, *, is_descending: bool) -> tuple[Column, ...]:
    if order is PersonOrder.SIGNED_IN:
        moment = missing_last(Person.last_signed_in_at, is_descending=is_descending)
        return (*moment, Person.name)
    return (Person.email,) if order is PersonOrder.EMAIL else (Person.name,)


def active_people(session: Session) -> Sequence[Person]:
    """Return everybody who can sign in, by name, without roles."""
    return session.scalars(
        select(Person).where(Person.is_active).order_by(Person.name, Person.id)
    ).all()


def active_count(session: Session) -> int:
    """Return how many people can sign in."""
    return session.scalar(select(func.count()).where(Person.is_active)) or 0


def people_of_unit(
    session: Session, unit_id: int | None, *, kept: Collection[int] = ()
) -> Sequence[Person]:
    """Return who can sign in and has a role in a unit, by name, without roles.

    None is the whole house: who has a role there, or none at all. Those in ``kept`` are among
    them whatever their roles.
    """
    held = select(RoleAssignment.id).where(RoleAssignment.person_id == Person.id)
    within = held.where(RoleAssignment.unit_id == unit_id).exists()
    belongs = within if unit_id is not None else within | ~held.exists()
    return session.scalars(
        select(Person)
        .where(Person.is_active, belongs | Person.id.in_(kept))
        .order_by(Person.name, Person.id)
    ).all()


def find_person(session: Session, person_id: int) -> Person | None:
    """Return the person with this id, roles loaded, or None."""
    return session.scalar(
        select(Person).where(Person.id == person_id).options(selectinload(Person.roles))
    )


def has_mailed_invitation(session: Session, person_id: int) -> bool:
    """Tell whether an invitation was ever sent to the person, or waits to be."""
    found = select(MailMessage.id).where(
        MailMessage.recipient_id == person_id, MailMessage.kind == "invitation"
    )
    return session.scalar(found.limit(1)) is not None
