"""The demo body while it is being loaded: its database, its days, its people and units."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.database import Database
from tracker.demo.calendar import DemoCalendar
from tracker.demo.names import BODIES
from tracker.demo.people import COORDINATOR, UNITS, focal_point_of, manager_of
from tracker.domain.clauses import Entity
from tracker.domain.permissions import Actor
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.storage import FileStore, PageStore

BODY = "Economic Commission for the Atlantic Islands and Coasts"
ENTITY = Entity(
    name=f"Secretariat of the {BODY}",
    body_names=(BODY,),
    aliases=("the Executive Secretary", "the secretariat", "ECAIC", BODY),
    names=(
        ("es", f"Secretaría de la {BODIES[BODY]['es']}"),
        ("fr", f"Secrétariat de la {BODIES[BODY]['fr']}"),
        ("pt", f"Secretaria da {BODIES[BODY]['pt']}"),
    ),
)
Place = tuple[str, str]
"""The symbol of a resolution and the path of a clause."""


@dataclass(slots=True)
class DemoBody:
    """What every act of the demo needs; ``ring`` runs the job of reminders at a moment."""

    database: Database
    files: FileStore
    uploads: FileStore
    pages: PageStore
    calendar: DemoCalendar
    now: datetime
    time_zone: str
    ring: Callable[[datetime], str]
    people: dict[str, Actor] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    @property
    def coordinator(self) -> Actor:
        """Return the coordinator as one who acts."""
        return self.people[COORDINATOR]

    def manager(self, unit: str) -> Actor:
        """Return who clears the texts of a unit."""
        return self.people[manager_of(unit)]

    def second_manager(self, unit: str) -> Actor | None:
        """Return who clears the texts of a unit at the second level, None where there is none."""
        second = next(each.second_level for each in UNITS if each.key == unit)
        return self.manager(second) if second else None

    def focal_point(self, unit: str) -> Actor:
        """Return the first focal point of a unit."""
        return self.people[focal_point_of(unit)]


def mandates_by_place(session: Session, symbols: Iterable[str]) -> Mapping[Place, Mandate]:
    """Return the mandates of these resolutions."""
    rows = session.execute(
        select(Instrument.symbol, Clause.path, Mandate)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(Instrument.symbol.in_(list(symbols)))
    )
    return {(symbol, path or ""): mandate for symbol, path, mandate in rows}


def reports_by_place(session: Session, period_id: int) -> Mapping[Place, ProgressReport]:
    """Return the reports of a period."""
    rows = session.execute(
        select(Instrument.symbol, Clause.path, ProgressReport)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(ProgressReport.period_id == period_id)
    )
    return {(symbol, path or ""): report for symbol, path, report in rows}


def newest_period(session: Session) -> ReportingPeriod:
    """Return the period that begins last."""
    return session.scalars(
        select(ReportingPeriod).order_by(ReportingPeriod.starts_on.desc()).limit(1)
    ).one()
