"""A small invented commission for tests of reporting: two units, six people, one resolution."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.furniture import put
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.mandates import ConcernsUs, Implementation, Nature, Periodicity
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Actor, Role
from tracker.domain.progress import ReportText
from tracker.models.instruments import (
    Body,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment, UnitKind
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.services.periods import open_period

ADOPTED_ON = date(2025, 5, 16)
STARTS_ON, ENDS_ON = date(2026, 1, 1), date(2027, 12, 31)
DUE_ON = date(2026, 6, 30)
TEXT = ReportText(
    status=Implementation.IN_PROGRESS,
    done="Two missions were sent to the islands.",
    next_steps="A third mission follows in September.",
)


@dataclass(frozen=True)
class House:
    """The people of the house as those who act, and the ids of its units and mandates."""

    statistics: int
    trade: int
    focal_point: Actor
    other_focal_point: Actor
    manager: Actor
    other_manager: Actor
    coordinator: Actor
    editor: Actor
    viewer: Actor
    mandates: tuple[int, int, int]


@pytest.fixture
def house(database: Database) -> House:
    """Put the commission into the database: three mandates, two led by Statistics, one by Trade."""
    return put(database, make_house)


def make_house(session: Session) -> House:
    """Add the commission's rows."""
    statistics = make_unit(session, "statistics", "Statistics Division", "America/Santiago")
    trade = make_unit(session, "trade", "Trade Division", "UTC")
    focal_point = make_person(session, "Ana Focal", (Role.FOCAL_POINT, statistics.id))
    other = make_person(session, "Otto Focal", (Role.FOCAL_POINT, trade.id))
    instrument = make_instrument(session)
    chapeau = make_clause(session, instrument, "5", "Requests the Executive Secretary:")
    mandates = [
        make_mandate(session, instrument, "5.a", statistics, focal_point, chapeau=chapeau),
        make_mandate(session, instrument, "5.b", statistics, focal_point, chapeau=chapeau),
        make_mandate(session, instrument, "5.c", trade, other, chapeau=chapeau),
    ]
    return House(
        statistics=statistics.id,
        trade=trade.id,
        focal_point=actor_of(focal_point, (Role.FOCAL_POINT, statistics.id)),
        other_focal_point=actor_of(other, (Role.FOCAL_POINT, trade.id)),
        manager=make_actor(session, "Mona Manager", (Role.MANAGER, statistics.id)),
        other_manager=make_actor(session, "Theo Manager", (Role.MANAGER, trade.id)),
        coordinator=make_actor(session, "Carla Coordinator", (Role.COORDINATOR, None)),
        editor=make_actor(session, "Edgar Editor", (Role.EDITOR, None)),
        viewer=make_actor(session, "Vera Viewer", (Role.VIEWER, None)),
        mandates=(mandates[0].id, mandates[1].id, mandates[2].id),
    )


def make_unit(session: Session, key: str, name: str, time_zone: str) -> OrganizationalUnit:
    """Add a unit."""
    unit = OrganizationalUnit(
        key=key, name=name, language="en", kind=UnitKind.DIVISION, time_zone=time_zone
    )
    session.add(unit)
    session.flush()
    return unit


def make_person(session: Session, name: str, *roles: tuple[Role, int | None]) -> Person:
    """Add a person with roles."""
    person = Person(
        name=name,
        email=f"{name.lower().replace(' ', '.')}@example.org",
        language="en",
        time_zone="UTC",
        invited_at=clock.now(),
        roles=[
            RoleAssignment(role=role, unit_id=unit_id, given_at=clock.now())
            for role, unit_id in roles
        ],
    )
    session.add(person)
    session.flush()
    return person


def actor_of(person: Person, *roles: tuple[Role, int | None]) -> Actor:
    """Return a person as one who acts."""
    return Actor(
        person_id=person.id,
        name=person.name,
        language=person.language,
        time_zone=person.time_zone,
        roles=frozenset(roles),
    )


def make_actor(session: Session, name: str, *roles: tuple[Role, int | None]) -> Actor:
    """Add a person and return them as one who acts."""
    return actor_of(make_person(session, name, *roles), *roles)


def make_instrument(session: Session, symbol: str = "12(IV)", slug: str = "12-iv") -> Instrument:
    """Add a resolution without clauses."""
    body = session.get(Body, 1) or Body(key="eco", name="Commission of the Islands", language="en")
    session.add(body)
    session.flush()
    instrument = Instrument(
        body_id=body.id,
        symbol=symbol,
        slug=slug,
        sort_key=slug,
        adopted_on=ADOPTED_ON,
        imported_at=clock.now(),
        texts=[InstrumentText(language="en", title="Statistics of the islands")],
    )
    session.add(instrument)
    session.flush()
    return instrument


def make_clause(
    session: Session, instrument: Instrument, path: str, text: str, parent: Clause | None = None
) -> Clause:
    """Add an operative clause."""
    clause = Clause(
        instrument_id=instrument.id,
        position=sum(ord(letter) * 256**place for place, letter in enumerate(path[::-1])),
        kind=BlockKind.OPERATIVE,
        number=path.rpartition(".")[2],
        path=path,
        level=path.count(".") + 1,
        parent_id=parent.id if parent else None,
        texts=[ClauseText(language="en", text=text)],
    )
    session.add(clause)
    session.flush()
    return clause


def make_mandate(
    session: Session,
    instrument: Instrument,
    path: str,
    unit: OrganizationalUnit | None,
    focal_point: Person | None = None,
    *,
    chapeau: Clause | None = None,
    requires_action: bool | None = True,
    due_on: date | None = None,
) -> Mandate:
    """Add a mandate with its clause."""
    clause = make_clause(
        session, instrument, path, f"To count the islands, part {path};", parent=chapeau
    )
    mandate = Mandate(
        clause_id=clause.id,
        instrument_id=instrument.id,
        action_verb="To count",
        nature=Nature.ACTION_BY_SECRETARIAT,
        periodicity=Periodicity.CONTINUING,
        concerns_us=ConcernsUs.BY_NAME,
        is_proposed_for_action=True,
        requires_action=requires_action,
        confirmed_at=None if requires_action is None else clock.now(),
        lead_unit_id=unit.id if unit else None,
        focal_point_id=focal_point.id if focal_point else None,
        due_on=due_on,
    )
    session.add(mandate)
    session.flush()
    return mandate


def open_biennium(
    session: Session, house: House, *, due_on: date = DUE_ON, at: datetime | None = None
) -> ReportingPeriod:
    """Open the biennium 2026-2027."""
    return open_period(
        session,
        starts_on=STARTS_ON,
        ends_on=ENDS_ON,
        plan=PeriodPlan(due_on),
        actor=house.coordinator,
        at=at or clock.now(),
    )


def open_year(session: Session, house: House, year: int) -> int:
    """Open an interim round over a year and return the report on the first mandate."""
    open_period(
        session,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        plan=PeriodPlan(date(year, 11, 30)),
        actor=house.coordinator,
        at=clock.now(),
    )
    return report_on(session, house.mandates[0]).id


def report_on(session: Session, mandate_id: int) -> ProgressReport:
    """Return the report on a mandate that was asked for last."""
    found = (
        session.query(ProgressReport)
        .filter_by(mandate_id=mandate_id)
        .order_by(ProgressReport.id.desc())
        .first()
    )
    assert found is not None
    return found


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """Yield a list that gathers the statements sent to the database meanwhile."""
    statements: list[str] = []

    def gather(*arguments: object) -> None:
        statement = str(arguments[2])
        if not statement.startswith("BEGIN"):  # only SQLite's is sent as a statement
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", gather)
    yield statements
    event.remove(database.engine, "before_cursor_execute", gather)
