"""Choosing when one's digests come, and keeping the holidays of duty stations."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.domain.digest_times import check_times
from tracker.domain.errors import Duplicate, Invalid, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.models.digest_times import DigestChoice, DutyStation, Holiday
from tracker.models.people import Person
from tracker.services import audit
from tracker.services.versions import check_version


def choose_times(
    session: Session,
    *,
    hour: int,
    weekdays: frozenset[int],
    duty_station_id: int | None,
    actor: Actor,
    at: datetime,
) -> DigestChoice:
    """Let the actor's digests come at an hour and on weekdays, on no holiday of the station."""
    require(actor, Action.READ)
    check_times(hour, weekdays)
    if duty_station_id is not None and session.get(DutyStation, duty_station_id) is None:
        raise Invalid("Choose a duty station from the list.", field="duty_station_id")
    choice = session.get(DigestChoice, actor.person_id)
    before = _told(choice)
    if choice is None:
        choice = DigestChoice(person_id=actor.person_id)
        session.add(choice)
    choice.hour, choice.duty_station_id = hour, duty_station_id
    choice.weekdays = "".join(map(str, sorted(weekdays)))
    if (after := _told(choice)) != before:
        audit.record(
            session,
            actor=actor,
            at=at,
            action="person.digest_times_chosen",
            subject=session.get_one(Person, actor.person_id),
            before=before,
            after=after,
        )
    return choice


def add_station(session: Session, *, name: str, actor: Actor, at: datetime) -> DutyStation:
    """Add a duty station; raise Invalid without a name, Duplicate where it is there."""
    require(actor, Action.SET_UP_HOUSE)
    plain = " ".join(name.split())
    if not plain or len(plain) > 200:
        raise Invalid("Enter the name of the place, 200 characters at most.", field="name")
    if session.scalar(select(DutyStation.id).where(DutyStation.name == plain)) is not None:
        raise Duplicate("There is a duty station “%(name)s” already. Open it below.", name=plain)
    station = DutyStation(name=plain)
    session.add(station)
    audit.record(
        session, actor=actor, at=at, action="add_duty_station", subject=station,
        after={"name": plain},
    )  # fmt: skip
    return station


def choose_seat(session: Session, *, station_id: int, actor: Actor, at: datetime) -> DutyStation:
    """Let the holidays of a duty station count in the plan of a period, and of no other."""
    require(actor, Action.SET_UP_HOUSE)
    station = session.get(DutyStation, station_id, with_for_update=True)
    if station is None:
        raise NotFound("There is no such duty station. Choose one from the list.")
    before = session.scalar(select(DutyStation).where(DutyStation.is_seat))
    if before is not None:
        before.is_seat = False
        session.flush()
    station.is_seat = True
    audit.record(
        session, actor=actor, at=at, action="choose_seat", subject=station,
        before={"seat": before.name if before else None}, after={"seat": station.name},
    )  # fmt: skip
    return station


def keep_holidays(
    session: Session,
    *,
    station_id: int,
    version: int,
    days: Mapping[date, str],
    actor: Actor,
    at: datetime,
) -> DutyStation:
    """Let these be the holidays of a duty station, and no others; raise Stale on an old version."""
    require(actor, Action.SET_UP_HOUSE)
    station = session.get(DutyStation, station_id, with_for_update=True)
    if station is None:
        raise NotFound("There is no such duty station. Choose one from the list.")
    check_version(station, version)
    there = select(Holiday).where(Holiday.duty_station_id == station_id)
    before = {row.day: row.name for row in session.scalars(there)}
    if before == dict(days):
        return station
    session.execute(delete(Holiday).where(Holiday.duty_station_id == station_id))
    session.add_all(
        Holiday(duty_station_id=station_id, day=day, name=name) for day, name in days.items()
    )
    station.version += 1
    audit.record(
        session,
        actor=actor,
        at=at,
        action="keep_holidays",
        subject=station,
        before={day.isoformat(): name for day, name in before.items()},
        after={day.isoformat(): name for day, name in days.items()},
    )
    return station


def _told(choice: DigestChoice | None) -> Mapping[str, object] | None:
    if choice is None:
        return None
    return {
        "hour": choice.hour,
        "weekdays": choice.weekdays,
        "duty_station_id": choice.duty_station_id,
    }
