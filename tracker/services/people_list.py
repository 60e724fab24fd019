"""A list of people: rehearsed row by row, then taken whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.auth.tokens import Tokens
from tracker.domain.errors import Invalid, Refused
from tracker.domain.people_list import PersonRow
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.labels import label_of
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.people import units
from tracker.services import audit
from tracker.services.people import invite_person
from tracker.services.personal_details import check_email, check_name, check_time_zone
from tracker.services.roles import ROLES_IN_A_UNIT, change_roles
from tracker.services.sign_in import send_invitation


@dataclass(frozen=True, slots=True)
class PlannedPerson(Planned[PersonRow]):
    """A row and the person whom taking it would add or change.

    ``roles`` are those that the person would be given, in the whole house where the unit is None.
    """

    roles: tuple[tuple[Role, int | None], ...] = ()
    name: str = ""
    email: str = ""
    language: str = ""
    time_zone: str = ""
    person_id: int | None = None
    changes_details: bool = False


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row means that says no language or time zone, and the languages there are."""

    languages: tuple[str, ...]
    time_zone: str


def plan_people(
    session: Session, rows: Sequence[PersonRow], *, defaults: Defaults, actor: Actor
) -> list[PlannedPerson]:
    """Return for each row, in order, what taking it would do; changes nothing.

    Roles are only added. Name, language and time zone of somebody who has signed in are their own.
    """
    require(actor, Action.INVITE_PERSON)
    known_units = units(session)
    addresses = [row.email.strip().lower() for row in rows]
    people = session.scalars(
        select(Person).where(Person.email.in_(addresses)).options(selectinload(Person.roles))
    )
    planning = _Planning(
        units={name.casefold(): unit for unit in known_units for name in (unit.name, unit.key)},
        unit_keys=", ".join(unit.key for unit in known_units) or "–",
        people={person.email: person for person in people},
        repeated=frozenset(address for address, times in Counter(addresses).items() if times > 1),
        defaults=defaults,
    )
    return [planning.planned(row) for row in rows]


def take_people(
    session: Session,
    rows: Sequence[PersonRow],
    *,
    seal: str,
    defaults: Defaults,
    sends_invitations: bool,
    base_url: str,
    tokens: Tokens,
    actor: Actor,
    at: datetime,
) -> Mapping[Effect, int]:
    """Take all rows as they were rehearsed and return how many had which effect.

    Raises Invalid and Stale as ``require_as_rehearsed`` does.
    """
    plan = plan_people(session, rows, defaults=defaults, actor=actor)
    require_as_rehearsed(plan, seal)
    for done in plan:
        if done.effect is Effect.MADE:
            person = invite_person(
                session,
                email=done.email,
                name=done.name,
                roles=done.roles,
                language=done.language,
                time_zone=done.time_zone,
                actor=actor,
                at=at,
            )
            if sends_invitations:
                send_invitation(
                    session, person_id=person.id, base_url=base_url, tokens=tokens, at=at
                )
        elif done.effect is Effect.CHANGED:
            _change(session, done, actor, at)
    return counts_of(plan)


def _change(session: Session, done: PlannedPerson, actor: Actor, at: datetime) -> None:
    person = session.get_one(
        Person, done.person_id, options=[selectinload(Person.roles)], populate_existing=True
    )
    if done.changes_details:
        before = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
        person.name, person.language = done.name, done.language
        person.time_zone = done.time_zone
        audit.record(
            session,
            actor=actor,
            at=at,
            action="person.details_changed",
            subject=person,
            before=before,
            after={"name": done.name, "language": done.language, "time_zone": done.time_zone},
        )
    held = {(role.role, role.unit_id) for role in person.roles}
    if set(done.roles) - held:
        change_roles(
            session,
            person_id=person.id,
            version=person.version,
            roles=held | set(done.roles),
            actor=actor,
            at=at,
        )


@dataclass(frozen=True, slots=True)
class _Planning:
    """What the rows are held against."""

    units: Mapping[str, OrganizationalUnit]
    unit_keys: str
    people: Mapping[str, Person]
    repeated: frozenset[str]
    defaults: Defaults

    def planned(self, row: PersonRow) -> PlannedPerson:
        """Return what taking ``row`` would do."""
        try:
            return self._taken(row)
        except Refused as refusal:
            return PlannedPerson(row, Effect.REFUSED, (refusal,))

    def _taken(self, row: PersonRow) -> PlannedPerson:
        email = check_email(row.email)
        if row.email.strip().lower() in self.repeated:
            raise Invalid(
                "The address %(email)s stands in several rows. Write one row for each person; "
                "several roles are separated by semicolons.",
                email=email,
            )
        unit = self._unit(row.unit)
        person = self.people.get(email)
        if person is not None and not person.is_active:
            raise Invalid(
                "%(name)s is deactivated. Let them in again on their page first, or leave the row "
                "out.",
                name=person.name,
            )
        roles = tuple(dict.fromkeys(self._role(words, unit) for words in _role_words(row.role)))
        name = check_name(row.name)
        language = self._language(row.language) or (
            person.language if person else self.defaults.languages[0]
        )
        zone = check_time_zone(row.time_zone) if row.time_zone else ""
        zone = zone or (person.time_zone if person else self._zone(unit))
        is_theirs = person is not None and person.last_signed_in_at is not None
        changes_details = (
            person is not None
            and not is_theirs
            and (name, language, zone) != (person.name, person.language, person.time_zone)
        )
        held = {(role.role, role.unit_id) for role in person.roles} if person else set()
        effect = Effect.MADE if person is None else Effect.SAME
        if person is not None and (changes_details or set(roles) - held):
            effect = Effect.CHANGED
        return PlannedPerson(
            row=row,
            effect=effect,
            roles=tuple(role for role in roles if role not in held),
            name=name,
            email=email,
            language=language,
            time_zone=zone,
            person_id=person.id if person else None,
            changes_details=changes_details,
        )

    def _unit(self, words: str) -> OrganizationalUnit | None:
        if not words:
            return None
        found = self.units.get(words.casefold())
        if found is None:
            raise Invalid(
                "There is no unit “%(unit)s”. Write one of these short names: %(known)s.",
                unit=words[:60],
                known=self.unit_keys,
            )
        return found

    def _role(self, words: str, unit: OrganizationalUnit | None) -> tuple[Role, int | None]:
        role = _ROLES.get(words.casefold().replace("_", " "))
        if role is None:
            raise Invalid(
                "There is no role “%(role)s”. Write one of these: %(known)s.",
                role=words[:60],
                known=", ".join(Role),
            )
        if role not in ROLES_IN_A_UNIT:
            return role, None
        if unit is None:
            raise Invalid("Name the unit: a focal point or a manager acts in one.")
        return role, unit.id

    def _language(self, code: str) -> str:
        if code and code.lower() not in self.defaults.languages:
            raise Invalid(
                "The site has no pages in “%(language)s”. Write one of these: %(known)s.",
                language=code[:20],
                known=", ".join(self.defaults.languages),
            )
        return code.lower()

    def _zone(self, unit: OrganizationalUnit | None) -> str:
        return unit.time_zone if unit is not None else self.defaults.time_zone


_ROLES = {
    words.casefold(): role
    for role in Role
    for words in (role.value.replace("_", " "), label_of(role))
}


def _role_words(text: str) -> list[str]:
    words = [part.strip() for part in text.split(";") if part.strip()]
    if not words:
        raise Invalid("Name a role: one of %(known)s.", known=", ".join(Role))
    return words
