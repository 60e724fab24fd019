"""When each person's digests come, and the duty stations with their holidays."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.digest_times import DigestTimes
from tracker.domain.reminder_rules import UsualTimes
from tracker.mail.digests import DIGEST
from tracker.models.digest_times import DigestChoice, DigestMark, DutyStation, Holiday
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage
from tracker.queries.reminder_rules import usual_times

MANY = 500  # people from which on all are asked about at once


@dataclass(frozen=True, slots=True)
class StationRow:
    """A duty station with how many holidays it has from today on, and how many people."""

    station_id: int
    name: str
    is_seat: bool
    holidays: int
    people: int


def digest_times(
    session: Session, person_ids: Collection[int], *, usual: UsualTimes | None = None
) -> Mapping[int, DigestTimes]:
    """Return when the digests of these people come; three statements, however many they are.

    The one place that knows days off: absences join the holidays here. Who chose nothing has the
    ``usual`` times, those of the house when none are given.
    """
    default = usual_times(session) if usual is None else usual
    holidays: dict[int, set[date]] = defaultdict(set)
    for station_id, day in session.execute(select(Holiday.duty_station_id, Holiday.day)):
        holidays[station_id].add(day)
    query = select(Person.id, Person.time_zone, DigestChoice).outerjoin(
        DigestChoice, DigestChoice.person_id == Person.id
    )
    if len(person_ids) <= MANY:
        query = query.where(Person.id.in_(person_ids))
    return {
        person_id: _times(time_zone, choice, holidays, default)
        for person_id, time_zone, choice in session.execute(query)
    }


def _times(
    time_zone: str,
    choice: DigestChoice | None,
    holidays: Mapping[int, set[date]],
    usual: UsualTimes,
) -> DigestTimes:
    if choice is None:
        return DigestTimes(time_zone, usual.hour, usual.weekdays)
    return DigestTimes(
        time_zone,
        choice.hour,
        frozenset(map(int, choice.weekdays)),
        frozenset(holidays.get(choice.duty_station_id or 0, ())),
        is_chosen=True,
    )


def last_digests(session: Session) -> Mapping[int, datetime]:
    """Return when the newest digest of each person was made; what was withdrawn counts as none."""
    query = (
        select(MailMessage.recipient_id, func.max(MailMessage.created_at))
        .where(MailMessage.kind == DIGEST, MailMessage.state != Delivery.CANCELLED)
        .group_by(MailMessage.recipient_id)
    )
    return dict(session.execute(query).all())


def collected_until(session: Session) -> datetime | None:
    """Return when digests were collected last; None where they never were."""
    return session.scalar(select(DigestMark.collected_at))


def find_choice(session: Session, person_id: int) -> DigestChoice | None:
    """Return what a person chose; None where they chose nothing."""
    return session.get(DigestChoice, person_id)


def station_choices(session: Session) -> Sequence[tuple[int, str]]:
    """Return id and name of each duty station, by name."""
    return [
        (station_id, name)
        for station_id, name in session.execute(
            select(DutyStation.id, DutyStation.name).order_by(DutyStation.name)
        )
    ]


def find_seat_id(session: Session) -> int | None:
    """Return the duty station whose holidays count in the plan of a period, None where none is."""
    return session.scalar(select(DutyStation.id).where(DutyStation.is_seat))


def holidays_at(session: Session, station_id: int | None) -> Mapping[date, str]:
    """Return name by day of the holidays of a duty station; none of none."""
    if station_id is None:
        return {}
    rows = session.execute(
        select(Holiday.day, Holiday.name)
        .where(Holiday.duty_station_id == station_id)
        .order_by(Holiday.day)
    )
    return dict(rows.all())


def stations(session: Session, *, today: date) -> Sequence[StationRow]:
    """Return the duty stations by name, with their counts; one statement."""
    holidays = (
        select(func.count())
        .select_from(Holiday)
        .where(Holiday.duty_station_id == DutyStation.id, Holiday.day >= today)
        .correlate(DutyStation)
        .scalar_subquery()
    )
    people = (
        select(func.count())
        .select_from(DigestChoice)
        .where(DigestChoice.duty_station_id == DutyStation.id)
        .correlate(DutyStation)
        .scalar_subquery()
    )
    query = select(
        DutyStation.id, DutyStation.name, DutyStation.is_seat, holidays, people
    ).order_by(DutyStation.name)
    return [StationRow(*row) for row in session.execute(query)]


def find_station(session: Session, station_id: int) -> tuple[DutyStation, Sequence[Holiday]] | None:
    """Return a duty station with its holidays, the next first; None where there is none."""
    station = session.get(DutyStation, station_id)
    if station is None:
        return None
    days = select(Holiday).where(Holiday.duty_station_id == station_id).order_by(Holiday.day)
    return station, session.scalars(days).all()
