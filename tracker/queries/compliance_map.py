"""Compliance of a period by resolution and by session, and as a map of resolutions and units."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import Compliance
from tracker.models.instruments import BodySession, Instrument, InstrumentText
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import (
    ComplianceOverview,
    Counts,
    ReportFilter,
    UnitCounts,
    place_conditions,
)
from tracker.queries.many_keys import asked_keys, is_among_asked, is_on_sqlite
from tracker.queries.plain_rows import KeptStatement, Values, plain_rows
from tracker.queries.standing_counts import (
    KINDS,
    AnySelect,
    Told,
    added,
    counted,
    counted_by_resolution,
    kept_by_resolution,
    kept_by_unit,
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
    wanted: ReportFilter | int,
    *,
    at: datetime,
    part: int | None = None,
    most: int = MOST_CELLS,
) -> ComplianceMap:
    """Return one part of the map of a period at the moment ``at``, or all; in five statements.

    A filter narrows it to its unit and subprogramme. A part has at most ``most`` cells. A part
    that there is not is the nearest that there is.
    """
    if not isinstance(wanted, ReportFilter):
        wanted = ReportFilter(wanted)
    counts = _Counts(session, wanted, at)
    sessions = counts.sessions()
    resolution_count = len(counts.resolutions)
    room = _room(len(counts.by_unit), len(sessions), most)
    size = resolution_count if part is None else room
    part_count = max(1, -(-resolution_count // max(1, size)))
    part = min(max(1, part or 1), part_count)
    first = (part - 1) * size
    shown = counts.by_need()[first : first + size]
    cells = counts.cells(session, shown, is_all=part_count == 1)
    units = counts.by_unit.items()
    return ComplianceMap(
        by_standing=added(counts.by_unit.values()),
        units=tuple(UnitCounts(stands, unit_id, name) for (unit_id, name), stands in units),
        rows=tuple(
            ResolutionCounts(
                by_standing=added(each.by_standing for each in cells[told.id].values()),
                instrument_id=told.id,
                symbol=told.symbol,
                title=told.title,
                language=told.language,
                by_unit=cells[told.id],
            )
            for told in _resolutions(session, shown)
        ),
        sessions=sessions,
        resolution_count=resolution_count,
        first=first + 1,
        part=part,
        part_count=part_count,
    )


_RESOLUTION, _UNIT = ProgressReport.instrument_id, ProgressReport.unit_id
_NEARING = KeptStatement(nearing(_RESOLUTION, _UNIT))
_CELLS = KeptStatement(counted(_RESOLUTION, _UNIT))


def _by_unit(of_period: AnySelect) -> AnySelect:
    counts = of_period.subquery()
    return (
        select(OrganizationalUnit.id, OrganizationalUnit.name, counts.c.stands, counts.c.count)
        .join(counts, counts.c.unit_id == OrganizationalUnit.id)
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name, OrganizationalUnit.id)
    )


def _by_resolution(of_period: AnySelect) -> AnySelect:
    counts = of_period.subquery()
    return (
        select(Instrument.session_id, BodySession.name, counts)
        .join(counts, counts.c.instrument_id == Instrument.id)
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .order_by(Instrument.sort_key, Instrument.id)
    )


_BY_UNIT = KeptStatement(_by_unit(kept_by_unit()))
_BY_RESOLUTION = KeptStatement(_by_resolution(kept_by_resolution()))
_Kept = KeptStatement[*tuple[Any, ...]]
_SessionKey = tuple[int | None, str | None]


class _Counts:
    """The counts of a period by resolution and by unit, and by both where that is asked for.

    ``by_unit`` is in the order of the house, ``resolutions`` in that of their symbols, each with
    how many of its reports are late and how many have no answer.
    """

    def __init__(self, session: Session, wanted: ReportFilter, at: datetime) -> None:
        self._asked = values_for(wanted.period_id, at)
        self._narrowed = place_conditions(wanted)
        self._nearing: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
        self._by_session: dict[_SessionKey, Told] = {}
        units: dict[tuple[int, str], Told] = {}
        for unit_id, name, word, count in self._rows(session, _BY_UNIT, self._by_unit):
            units.setdefault((unit_id, name), {})[word] = count
        told_of_unit = {unit_id: told for (unit_id, _name), told in units.items()}
        told_of_session: dict[int, Told] = {}
        open_counts: dict[int, int] = {}
        for session_id, name, instrument_id, *counts in self._rows(
            session, _BY_RESOLUTION, self._by_resolution
        ):
            told = self._by_session.setdefault((session_id, name), dict.fromkeys(KINDS, 0))
            for kind, count in zip(KINDS, counts, strict=True):
                told[kind] += count
            told_of_session[instrument_id] = told
            open_counts[instrument_id] = counts[0]
        late_counts = dict.fromkeys(open_counts, 0)
        for instrument_id, unit_id, word, count in self._rows(session, _NEARING):
            self._nearing[instrument_id].append((unit_id, word, count))
            for told in (told_of_unit[unit_id], told_of_session[instrument_id]):
                told[word] = told.get(word, 0) + count
            if word != Compliance.DUE_SOON.value:
                late_counts[instrument_id] += count
        self.by_unit = {unit: standings_of(told) for unit, told in units.items()}
        self.resolutions = {key: (late_counts[key], count) for key, count in open_counts.items()}

    def _rows(
        self,
        session: Session,
        kept: _Kept,
        of_place: Callable[[], AnySelect] | None = None,
        asked: Values | None = None,
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return the rows of a kept statement, of one place those of the statement about it."""
        values = {**self._asked, **(asked or {})}
        if not self._narrowed:
            return kept.rows(session, values)
        query = of_place() if of_place else kept.statement.where(*self._narrowed)
        return plain_rows(session, query, values)

    def _by_unit(self) -> AnySelect:
        return _by_unit(counted(_UNIT).where(*self._narrowed))

    def _by_resolution(self) -> AnySelect:
        return _by_resolution(counted_by_resolution().where(*self._narrowed))

    def by_need(self) -> list[int]:
        """Return the resolutions: those in which most is late, then open, first."""
        needs = self.resolutions
        return sorted(needs, key=lambda key: (-needs[key][0], -needs[key][1], key))

    def sessions(self) -> tuple[SessionCounts, ...]:
        """Return the counts of the sessions that adopted the resolutions, in the order of these."""
        return tuple(
            SessionCounts(by_standing=standings_of(told), session_id=session_id, session=name)
            for (session_id, name), told in self._by_session.items()
        )

    def cells(
        self, session: Session, resolutions: Sequence[int], *, is_all: bool
    ) -> Mapping[int, Mapping[int, Counts]]:
        """Return the counts of some resolutions by unit; ``is_all`` spares the database them."""
        query = _CELLS if is_all else _cells_of_asked(is_sqlite=is_on_sqlite(session))
        asked = asked_keys(session, resolutions)
        told: defaultdict[int, defaultdict[int, Told]] = defaultdict(lambda: defaultdict(dict))
        for of_resolution, of_unit, word, count in self._rows(session, query, asked=asked):
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


def _resolutions(
    session: Session, instrument_ids: Sequence[int]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what the resolutions are called, in their order."""
    titles = _titles_of_asked(is_sqlite=is_on_sqlite(session))
    return titles.rows(session, asked_keys(session, instrument_ids))


@cache
def _titles_of_asked(*, is_sqlite: bool) -> _Kept:
    return KeptStatement(
        select(Instrument.id, Instrument.symbol, InstrumentText.title, InstrumentText.language)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .where(is_among_asked(Instrument.id, is_sqlite=is_sqlite))
        .order_by(Instrument.sort_key, Instrument.id)
    )


@cache
def _cells_of_asked(*, is_sqlite: bool) -> _Kept:
    return KeptStatement(_CELLS.statement.where(is_among_asked(_RESOLUTION, is_sqlite=is_sqlite)))
