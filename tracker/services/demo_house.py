"""The house of the demo body: its units, subprogrammes and people."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.demo.people import DUTY_STATION, HOLIDAYS, PEOPLE, SUBPROGRAMMES, UNITS
from tracker.domain.names import Named
from tracker.domain.permissions import Actor, Role
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.people import actor_of, find_person_by_email
from tracker.services.clearance_rules import set_second_clearance
from tracker.services.demo_body import ENTITY, DemoBody
from tracker.services.demo_names import write_names_of
from tracker.services.digest_times import add_station, choose_seat, keep_holidays
from tracker.services.people import invite_person
from tracker.services.setup import name_entity
from tracker.services.subprogrammes import add_subprogramme
from tracker.services.units import add_unit


def found_house(body: DemoBody) -> str:
    """Add the units, the subprogrammes and the people, before the first session."""
    at = body.calendar.moment(years=-2, month=3, day=4)
    with body.database.transaction() as session:
        name_entity(
            session,
            version=1,
            name=ENTITY.name,
            names=dict(ENTITY.names),
            aliases=ENTITY.aliases,
            actor=None,
            at=at,
        )
        _add_units(session, body, at)
        for person in PEOPLE:
            invite_person(
                session,
                email=person.email,
                name=person.name,
                roles=[(person.role, body.units[person.unit] if person.unit else None)],
                language=person.language,
                time_zone=body.time_zone,
                actor=None,
                at=at,
            )
    with body.database.reading() as session:
        for person in PEOPLE:
            found = find_person_by_email(session, person.email)
            if found is not None:
                body.people[person.key] = actor_of(found)
    with body.database.transaction() as session:
        _keep_holidays(session, body, at)
        _ask_for_second_level(session, body, at)
    return (
        f"{len(UNITS)} units, {len(SUBPROGRAMMES)} subprogrammes, {len(PEOPLE)} people in "
        f"{len(Role)} roles"
    )


def _ask_for_second_level(session: Session, body: DemoBody, at: datetime) -> None:
    for unit in UNITS:
        if unit.second_level is None:
            continue
        row = session.get_one(OrganizationalUnit, body.units[unit.key])
        set_second_clearance(
            session,
            unit_id=row.id,
            version=row.version,
            second_unit_id=body.units[unit.second_level],
            actor=_administrator(body),
            at=at,
        )


def _administrator(body: DemoBody) -> Actor:
    return next(body.people[person.key] for person in PEOPLE if person.role is Role.ADMINISTRATOR)


def _keep_holidays(session: Session, body: DemoBody, at: datetime) -> None:
    """Add the duty station with the days off of the years that the demo plans in."""
    administrator = _administrator(body)
    station = add_station(session, name=DUTY_STATION, actor=administrator, at=at)
    session.flush()
    days = {
        date(at.year + years, month, day): name
        for years in range(8)
        for (month, day), name in HOLIDAYS.items()
    }
    keep_holidays(session, station_id=station.id, version=1, days=days, actor=administrator, at=at)
    choose_seat(session, station_id=station.id, actor=administrator, at=at)


def _add_units(session: Session, body: DemoBody, at: datetime) -> None:
    for unit in UNITS:
        body.units[unit.key] = add_unit(
            session,
            key=unit.key,
            name=unit.name,
            kind=UnitKind(unit.kind),
            language="en",
            time_zone=unit.time_zone,
            parent_id=body.units[unit.parent] if unit.parent else None,
            actor=None,
            at=at,
        ).id
        write_names_of(session, Named.UNIT, body.units[unit.key], unit.others, at)
    for subprogramme in SUBPROGRAMMES:
        added = add_subprogramme(
            session,
            number=subprogramme.number,
            name=subprogramme.name,
            language="en",
            unit_id=body.units[subprogramme.unit],
            actor=None,
            at=at,
        )
        write_names_of(session, Named.SUBPROGRAMME, added.id, subprogramme.others, at)
