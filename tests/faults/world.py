"""What each run begins with: two units, nine people, twelve reports due in a fortnight."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.faults.mail_server import BAD_ADDRESS
from tests.reporting import (
    ENDS_ON,
    STARTS_ON,
    actor_of,
    make_actor,
    make_instrument,
    make_mandate,
    make_person,
    make_unit,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Actor, Role
from tracker.domain.reminder_limits import Limit
from tracker.models.digest_times import DigestChoice
from tracker.models.escalations import EscalationSwitch, ReminderLimit
from tracker.queries.reminder_limits import ALL_UNITS
from tracker.services.periods import open_period

OPENED_AT = datetime(2026, 2, 1, 9, tzinfo=UTC)
DUE_ON = date(2026, 6, 30)
_PARAGRAPH = re.compile(r"\bpart (\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Item:
    """A mandate with its report; ``paragraph`` is by what its reminder mails name it."""

    mandate_id: int
    report_id: int
    unit_id: int
    paragraph: str


@dataclass(frozen=True, slots=True)
class World:
    """Those who act, and what they answer for; each unit has three focal points."""

    items: tuple[Item, ...]
    focal_points: dict[int, tuple[Actor, ...]]
    addresses: dict[int, str]
    managers: dict[int, Actor]
    coordinator: Actor


def paragraphs_in(text: str) -> set[str]:
    """Return the paragraphs of which the plain text of a digest tells."""
    return set(_PARAGRAPH.findall(text))


def make_world(database: Database) -> World:
    """Put the body into a migrated, empty database and open its biennium."""
    clock.set_source(lambda: OPENED_AT)
    with arranging(), database.transaction() as session:
        return _make(session)


def _make(session: Session) -> World:
    units = [
        make_unit(session, "statistics", "Statistics Division", "America/Santiago"),
        make_unit(session, "trade", "Trade Division", "UTC"),
    ]
    coordinator = make_actor(session, "Carla Coordinator", (Role.COORDINATOR, None))
    session.add(DigestChoice(person_id=coordinator.person_id, hour=0, weekdays="0123456"))
    # Chiefs are told by rule as soon as can be, and whatever waits counts as lying at once.
    session.add(EscalationSwitch(subject=ALL_UNITS, is_on=True))
    session.add_all(
        ReminderLimit(name=limit, number=int(limit in {Limit.REMINDERS, Limit.SILENCE}))
        for limit in Limit
    )
    instrument = make_instrument(session)
    addresses: dict[int, str] = {}
    focal_points, managers, mandates = {}, {}, []
    for place, unit in enumerate(units):
        people = [
            make_person(session, f"Focal {place}{number}", (Role.FOCAL_POINT, unit.id))
            for number in range(3)
        ]
        people[0].email = people[0].email if place else BAD_ADDRESS
        focal_points[unit.id] = tuple(
            actor_of(person, (Role.FOCAL_POINT, unit.id)) for person in people
        )
        session.add_all(
            # Every day from its first hour on: what is collected is sent when it comes up.
            DigestChoice(person_id=person.id, hour=0, weekdays="0123456")
            for person in people
        )
        addresses |= {person.id: person.email for person in people}
        managers[unit.id] = make_actor(session, f"Manager {place}", (Role.MANAGER, unit.id))
        manager_id = managers[unit.id].person_id
        session.add(DigestChoice(person_id=manager_id, hour=0, weekdays="0123456"))
        for number in range(6):
            path = str(10 * (place + 1) + number)
            person = people[number % 3]
            mandates.append((path, make_mandate(session, instrument, path, unit, person)))
    open_period(
        session,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        plan=PeriodPlan(DUE_ON),
        actor=coordinator,
        at=OPENED_AT,
    )
    items = tuple(
        Item(mandate.id, report_on(session, mandate.id).id, mandate.lead_unit_id or 0, path)
        for path, mandate in mandates
    )
    return World(items, focal_points, addresses, managers, coordinator)


def morning_of(day: date) -> datetime:
    """Return nine in the morning of a day."""
    return datetime.combine(day, time(9), UTC)
