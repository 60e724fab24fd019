"""Compliance of a period by resolution and by session, and as a map of resolutions and units."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.domain.compliance import Compliance
from tracker.models.instruments import BodySession, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.compliance import ComplianceOverview, Counts, UnitCounts
from tracker.queries.report_lines import COUNTS, compliance_at

MOST_CELLS = 160  # more can hardly be looked at, and make the page heavy


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

    ``others`` sums up the ``other_count`` resolutions that found no room in the rows.
    """

    rows: tuple[ResolutionCounts, ...]
    sessions: tuple[SessionCounts, ...]
    others: Counts
    other_count: int = 0


def compliance_map(session: Session, period_id: int, *, at: datetime) -> ComplianceMap:
    """Return the whole map of a period at the moment ``at``, in three statements.

    Most of it is counts by resolution, unit and standing, of which a large period has nearly as
    many as reports: they are held as they come. See ``fitted`` for a page.
    """
    cells = _counted(session, period_id, at)
    resolutions = _resolutions(session, cells)
    units = session.execute(_UNITS).all()
    by_unit: dict[int, _ByStanding] = {}
    by_session: dict[int | None, _ByStanding] = {}
    names = {told.session_id: told.session for told in resolutions}
    rows = []
    for told in resolutions:
        total: _ByStanding = {}
        for unit_id, counts in cells[told.id].items():
            _add(total, counts)
            _add(by_unit.setdefault(unit_id, {}), counts)
        _add(by_session.setdefault(told.session_id, {}), total)
        rows.append(
            ResolutionCounts(
                by_standing=total,
                instrument_id=told.id,
                symbol=told.symbol,
                title=told.title,
                language=told.language,
                by_unit=_ByUnit(cells[told.id]),
            )
        )
    return ComplianceMap(
        by_standing=_added(by_session.values()),
        units=tuple(
            UnitCounts(by_standing=by_unit[unit_id], unit_id=unit_id, unit=name)
            for unit_id, name in units
            if unit_id in by_unit
        ),
        rows=tuple(rows),
        sessions=tuple(
            SessionCounts(by_standing=counts, session_id=session_id, session=names[session_id])
            for session_id, counts in by_session.items()
        ),
        others=Counts({}),
    )


def fitted(whole: ComplianceMap, *, most: int = MOST_CELLS) -> ComplianceMap:
    """Return the map with at most ``most`` cells: the rows in which most is late, then open, stay.

    They keep their order; what is left out is summed up.
    """
    room = max(1, most // max(1, len(whole.units)))
    if len(whole.rows) <= room:
        return whole
    by_need = sorted(whole.rows, key=lambda row: (-row.late, row.answered - row.asked))
    kept = {row.instrument_id for row in by_need[:room]}
    others = [row for row in whole.rows if row.instrument_id not in kept]
    return replace(
        whole,
        rows=tuple(row for row in whole.rows if row.instrument_id in kept),
        others=Counts(_added(row.by_standing for row in others)),
        other_count=len(others),
    )


_STANDINGS = {standing.value: standing for standing in Compliance}


_ByStanding = dict[Compliance, int]
_UNITS = select(OrganizationalUnit.id, OrganizationalUnit.name).order_by(
    OrganizationalUnit.position, OrganizationalUnit.name, OrganizationalUnit.id
)


class _ByUnit(Mapping[int, Counts]):
    """The counts of a resolution by unit, each made into counts when it is asked for."""

    def __init__(self, counts: Mapping[int, _ByStanding]) -> None:
        self._counts = counts

    def __getitem__(self, unit_id: int) -> Counts:
        return Counts(self._counts[unit_id])

    def __iter__(self) -> Iterator[int]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _counted(
    session: Session, period_id: int, at: datetime
) -> Mapping[int, Mapping[int, _ByStanding]]:
    """Return the counts by standing, by unit, by resolution."""
    rows = session.execute(
        select(
            Mandate.instrument_id,
            ProgressReport.unit_id,
            compliance_at(at).label("standing"),
            func.count(),
        )
        .select_from(ProgressReport)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.period_id == period_id, COUNTS)
        .group_by(Mandate.instrument_id, ProgressReport.unit_id, "standing")
    )
    cells: dict[int, dict[int, _ByStanding]] = {}
    for instrument_id, unit_id, standing, count in rows:
        of_unit = cells.setdefault(instrument_id, {}).setdefault(unit_id, {})
        of_unit[_STANDINGS[standing]] = count
    return cells


def _resolutions(
    session: Session, instrument_ids: Iterable[int]
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
        .where(Instrument.id.in_(list(instrument_ids)))
        .order_by(Instrument.sort_key, Instrument.id)
    ).all()


def _add(total: _ByStanding, counts: Mapping[Compliance, int]) -> None:
    for standing, count in counts.items():
        total[standing] = total.get(standing, 0) + count


def _added(counts: Iterable[Mapping[Compliance, int]]) -> _ByStanding:
    total: _ByStanding = {}
    for each in counts:
        _add(total, each)
    return total
