"""Compliance of a period by resolution and by session, and as a map of resolutions and units."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, union_all
from sqlalchemy.orm import Session

from tracker.models.instruments import BodySession, Instrument, InstrumentText
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import ComplianceOverview, Counts, UnitCounts
from tracker.queries.many_keys import is_among
from tracker.queries.standing_counts import (
    ByStanding,
    Told,
    added,
    counted,
    nearing,
    standings_of,
    values_for,
)

MOST_CELLS = 600  # more can hardly be looked at
# What else the page of a part has, in cells that are as heavy: it stays below 100 kB of HTML.
_PAGE_CELLS = 800
_NAME_CELLS = 4
_SESSION_CELLS = 9


@dataclass(frozen=True, slots=True)
class ResolutionCounts(Counts):
    """The counts of one resolution, as a whole and by lead unit (by its id)."""

    instrument_id: int
    symbol: str
    title: str
    language: str
    by_unit: Mapping[int, Counts]


@dataclass(frozen=True, slots=True)
class SessionCounts(Counts):
    """The counts of all resolutions that a session adopted; without id where none is known."""

    session_id: int | None
    session: str | None


@dataclass(frozen=True, slots=True)
class ComplianceMap(ComplianceOverview):
    """A period's counts: resolutions as rows, units as columns, both in the order of the house.

    Rows are those of one part: ``part`` of ``part_count``. The parts have the resolutions in which
    most is late, then open, first. Units and sessions sum up all ``resolution_count`` of them.
    """

    rows: tuple[ResolutionCounts, ...]
    sessions: tuple[SessionCounts, ...]
    resolution_count: int
    first: int = 1  # the place of the part's first resolution among all
    part: int = 1
    part_count: int = 1

    @property
    def unit_counts(self) -> Mapping[int, Counts]:
        """Return the counts of all resolutions by unit."""
        return {unit.unit_id: unit for unit in self.units}


def compliance_map(
    session: Session,
    period_id: int,
    *,
    at: datetime,
    part: int | None = None,
    most: int = MOST_CELLS,
) -> ComplianceMap:
    """Return one part of the map of a period at the moment ``at``, or all; in four statements.

    A part has at most ``most`` cells. A part that there is not is the nearest that there is.
    """
    counts = _Counts(session, period_id, at)
    resolutions = _resolutions(session, list(counts.by_resolution))
    units = [unit for unit in session.execute(_UNITS) if unit[0] in counts.by_unit]
    sessions = _sessions(counts, resolutions)
    size = len(resolutions) if part is None else _room(len(units), len(sessions), most)
    part_count = max(1, -(-len(resolutions) // max(1, size)))
    part = min(max(1, part or 1), part_count)
    first = (part - 1) * size
    kept = set(counts.by_need()[first : first + size])
    cells = counts.cells(session, kept, is_all=part_count == 1)
    return ComplianceMap(
        by_standing=added(counts.by_unit.values()),
        units=tuple(
            UnitCounts(by_standing=counts.by_unit[unit_id], unit_id=unit_id, unit=name)
            for unit_id, name in units
        ),
        rows=tuple(
            ResolutionCounts(
                by_standing=counts.by_resolution[told.id],
                instrument_id=told.id,
                symbol=told.symbol,
                title=told.title,
                language=told.language,
                by_unit=cells.get(told.id, {}),
            )
            for told in resolutions
            if told.id in kept
        ),
        sessions=sessions,
        resolution_count=len(resolutions),
        first=first + 1,
        part=part,
        part_count=part_count,
    )


_UNITS = select(OrganizationalUnit.id, OrganizationalUnit.name).order_by(
    OrganizationalUnit.position, OrganizationalUnit.name, OrganizationalUnit.id
)


_RESOLUTION, _UNIT = ProgressReport.instrument_id, ProgressReport.unit_id
# One statement, so that all add up while others write.
_COUNTS = union_all(counted(_RESOLUTION, None), counted(None, _UNIT), nearing(_RESOLUTION, _UNIT))
_CELLS = counted(_RESOLUTION, _UNIT)


class _Counts:
    """The counts of a period by resolution and by unit, and by both where that is asked for."""

    def __init__(self, session: Session, period_id: int, at: datetime) -> None:
        self._asked = values_for(period_id, at)
        self._nearing: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
        resolutions: defaultdict[int, Told] = defaultdict(dict)
        units: defaultdict[int, Told] = defaultdict(dict)
        for of_resolution, of_unit, word, count in session.execute(_COUNTS, self._asked).all():
            if of_unit is None:
                resolutions[of_resolution][word] = count
            elif of_resolution is None:
                units[of_unit][word] = count
            else:
                for told in (resolutions[of_resolution], units[of_unit]):
                    told[word] = told.get(word, 0) + count
                self._nearing[of_resolution].append((of_unit, word, count))
        self.by_resolution = {key: standings_of(told) for key, told in resolutions.items()}
        self.by_unit = {key: standings_of(told) for key, told in units.items()}

    def by_need(self) -> list[int]:
        """Return the resolutions: those in which most is late, then open, first."""
        totals = {key: Counts(counts) for key, counts in self.by_resolution.items()}
        return sorted(totals, key=lambda key: (-totals[key].late, -totals[key].open, key))

    def cells(
        self, session: Session, resolutions: set[int], *, is_all: bool
    ) -> Mapping[int, Mapping[int, Counts]]:
        """Return the counts of some resolutions by unit; ``is_all`` spares the database them."""
        query = _CELLS
        if not is_all:
            query = query.where(is_among(session, _RESOLUTION, resolutions))
        told: defaultdict[int, defaultdict[int, Told]] = defaultdict(lambda: defaultdict(dict))
        for of_resolution, of_unit, word, count in session.execute(query, self._asked).all():
            told[of_resolution][of_unit][word] = count
        for of_resolution in resolutions:
            for of_unit, word, count in self._nearing[of_resolution]:
                told[of_resolution][of_unit][word] = count
        return {
            of_resolution: {of_unit: Counts(standings_of(each)) for of_unit, each in units.items()}
            for of_resolution, units in told.items()
        }


def _room(unit_count: int, session_count: int, most: int) -> int:
    """Return how many resolutions a part has room for."""
    row = unit_count + 1 + _NAME_CELLS
    left = _PAGE_CELLS - _SESSION_CELLS * session_count - row
    return max(1, min(most // max(1, unit_count), left // row))


def _sessions(
    counts: _Counts, resolutions: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[SessionCounts, ...]:
    by_session: dict[tuple[int | None, str | None], list[ByStanding]] = {}
    for told in resolutions:
        of_session = by_session.setdefault((told.session_id, told.session), [])
        of_session.append(counts.by_resolution[told.id])
    return tuple(
        SessionCounts(by_standing=added(each), session_id=session_id, session=name)
        for (session_id, name), each in by_session.items()
    )


def _resolutions(
    session: Session, instrument_ids: Sequence[int]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the resolutions with the session that adopted each, in their order."""
    return session.execute(
        select(
            Instrument.id,
            Instrument.symbol,
            InstrumentText.title,
            InstrumentText.language,
            BodySession.id.label("session_id"),
            BodySession.name.label("session"),
        )
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(is_among(session, Instrument.id, instrument_ids))
        .order_by(Instrument.sort_key, Instrument.id)
    ).all()
