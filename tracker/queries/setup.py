"""The house as its administrators set it up, and what is still missing for its first cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.models.house import THE_ROW, House
from tracker.models.instruments import Body, BodySession, Instrument
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import ReportingPeriod
from tracker.queries.plain_rows import KeptStatement


class Need(StrEnum):
    """Something that a house needs before a cycle can run, or run safely."""

    ENTITY = "entity"
    SESSION = "session"
    UNITS = "units"
    COORDINATOR = "coordinator"
    RESOLUTION = "resolution"
    PERIOD = "period"
    SECOND_ADMINISTRATOR = "second_administrator"
    MAIL = "mail"
    BACKUP = "backup"
    NEWER_BACKUP = "newer_backup"
    RECOGNITION = "recognition"
    PRODUCTION = "production"


BACKUP_IS_OLD_AFTER = timedelta(days=7)
# Without these no mandate can be asked about; the others make the work safe.
ESSENTIAL = frozenset(
    {Need.ENTITY, Need.SESSION, Need.UNITS, Need.COORDINATOR, Need.RESOLUTION, Need.PERIOD}
)


@dataclass(frozen=True, slots=True)
class HouseRecord:
    """What is kept about the house; nothing where the settings decide."""

    entity_name: str | None = None
    entity_names: Mapping[str, str] = field(default_factory=dict)
    entity_aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    backup: str | None = None
    backed_up_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One session of a body, as it is listed."""

    body_name: str
    body_key: str
    name: str
    language: str
    place: str | None
    opens_on: date | None
    closes_on: date | None
    slot_on: date | None


# Asked at each request, in the order of a HouseRecord.
_HOUSE = KeptStatement(
    select(
        House.entity_name,
        House.entity_names,
        House.entity_aliases,
        House.languages,
        House.backup,
        House.backed_up_at,
        House.version,
    ).where(House.id == THE_ROW)
)


def find_house(session: Session) -> HouseRecord:
    """Return what is kept about the house, an empty record before anything is."""
    found = _HOUSE.rows(session)
    if not found:
        return HouseRecord()
    name, names, aliases, languages, backup, backed_up_at, version = found[0]
    return HouseRecord(name, names, tuple(aliases), tuple(languages), backup, backed_up_at, version)


def has_administrator(session: Session) -> bool:
    """Tell whether anybody can sign in who administers the house."""
    return bool(session.scalar(select(_people_who_are(Role.ADMINISTRATOR))))


def missing_needs(
    session: Session,
    *,
    is_entity_set: bool,
    is_mail_set: bool,
    is_production: bool,
    recognises: bool,
    at: datetime,
) -> tuple[Need, ...]:
    """Return what the house still needs, in the order in which it is best done.

    A backup of the program's own may grow old; one that others see to, as somebody has said, is
    theirs. The arguments tell what the settings say: is the entity named, is a mail server?
    ``recognises`` tells whether the machine can recognise scans.
    """
    found = session.execute(
        select(
            _count(BodySession),
            _count(OrganizationalUnit),
            _people_who_are(Role.COORDINATOR),
            _people_who_are(Role.ADMINISTRATOR),
            _count(Instrument),
            select(func.count())
            .select_from(ReportingPeriod)
            .where(ReportingPeriod.state == PeriodState.OPEN)
            .scalar_subquery(),
        )
    ).one()
    sessions, units, coordinators, administrators, instruments, open_periods = found
    house = find_house(session)
    saved_at = house.backed_up_at
    is_old = saved_at is not None and at - saved_at > BACKUP_IS_OLD_AFTER
    is_there = {
        Need.ENTITY: is_entity_set or house.entity_name is not None,
        Need.SESSION: sessions > 0,
        Need.UNITS: units > 0,
        Need.COORDINATOR: coordinators > 0,
        Need.RESOLUTION: instruments > 0,
        Need.PERIOD: open_periods > 0,
        Need.SECOND_ADMINISTRATOR: administrators > 1,
        Need.MAIL: is_mail_set,
        Need.BACKUP: house.backup is not None or saved_at is not None,
        Need.NEWER_BACKUP: house.backup is not None or not is_old,
        Need.RECOGNITION: recognises,
        Need.PRODUCTION: is_production,
    }
    return tuple(need for need in Need if not is_there[need])


def listed_sessions(session: Session) -> Sequence[ListedSession]:
    """Return the sessions of all bodies, by body, the latest first."""
    rows = session.execute(
        select(
            Body.name,
            Body.key,
            BodySession.name,
            BodySession.language,
            BodySession.place,
            BodySession.opens_on,
            BodySession.closes_on,
            BodySession.slot_on,
        )
        .join(Body, Body.id == BodySession.body_id)
        .order_by(Body.name, BodySession.number.desc())
    )
    return [ListedSession(*row) for row in rows]


def _count(model: type[BodySession | OrganizationalUnit | Instrument]) -> ScalarSelect[int]:
    return select(func.count()).select_from(model).scalar_subquery()


def _people_who_are(role: Role) -> ScalarSelect[int]:
    return (
        select(func.count(Person.id.distinct()))
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.role == role, Person.is_active)
        .scalar_subquery()
    )
