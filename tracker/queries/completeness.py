"""How much of a period's material is cleared, and which mandates are not."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.compliance import Compliance
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.plain_rows import plain_rows
from tracker.queries.standing_counts import OPEN, kept_unit_counts

PUBLISHED = (Review.CLEARED, Review.FROZEN)
_MISSING_KINDS = (OPEN, Compliance.SUBMITTED.value)
_Second = aliased(OrganizationalUnit)
# By what the missing are sorted: their paragraphs stand together, resolution after resolution.
_BY_REFERENCE = (Instrument.sort_key, Instrument.id, Clause.position, ProgressReport.id)


@dataclass(frozen=True, slots=True)
class Missing:
    """A mandate of the period without a cleared text, for the internal completeness sheet.

    ``waits_for`` is the unit that clears a submitted text next.
    """

    report_id: int
    symbol: str
    path: str | None
    unit: str
    review: Review
    waits_for: str | None


@dataclass(frozen=True, slots=True)
class MissingOfUnit:
    """How many mandates of a unit have no cleared text, and the first of them by reference.

    ``submitted_count`` of them wait for clearance.
    """

    unit: str
    count: int
    submitted_count: int
    named: tuple[Missing, ...] = ()

    @property
    def named_count(self) -> int:
        """Return how many of them are named."""
        return len(self.named)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many mandates of a period have no cleared text, and the first of them by reference."""

    missing_count: int
    submitted_count: int
    named: tuple[Missing, ...]


def completeness(session: Session, period_id: int, *, most: int) -> Completeness:
    """Return how many of the period's mandates are not cleared, with the first ``most`` of them.

    Three statements.
    """
    counts = _counts(session, period_id).values()
    lacks = exists().where(ProgressReport.instrument_id == Instrument.id, *_is_missing(period_id))
    # As many resolutions that lack a text lack at least as many texts.
    first = (
        select(Instrument.id)
        .where(lacks.correlate(Instrument))
        .order_by(Instrument.sort_key, Instrument.id)
        .limit(most)
    )
    named = _missing(period_id).where(ProgressReport.instrument_id.in_(first)).limit(most)
    return Completeness(
        missing_count=sum(count.total() for count in counts),
        submitted_count=sum(count[Compliance.SUBMITTED.value] for count in counts),
        named=tuple(_named(row) for row in session.execute(named)),
    )


def missing_by_unit(session: Session, period_id: int, *, most: int) -> tuple[MissingOfUnit, ...]:
    """Return the missing ones by unit, of which at most ``most`` are named in all.

    Where they are more, each unit has as many named as another, so that none hides the rest.
    Four statements.
    """
    counts = _counts(session, period_id)
    if not counts:
        return ()
    missing_count = sum(count.total() for count in counts.values())
    of_each = most if missing_count <= most else most // len(counts)
    named = _first_by_unit(session, period_id, of_each) if of_each else {}
    units = session.execute(
        select(OrganizationalUnit.id, OrganizationalUnit.name).where(
            OrganizationalUnit.id.in_(counts)
        )
    )
    return tuple(
        MissingOfUnit(
            unit=name,
            count=counts[unit_id].total(),
            submitted_count=counts[unit_id][Compliance.SUBMITTED.value],
            named=tuple(named.get(unit_id, ())),
        )
        for unit_id, name in sorted(units, key=lambda unit: (unit.name.lower(), unit.id))
    )


def missing_ids(session: Session, period_id: int) -> Sequence[int]:
    """Return the progress reports without a cleared text, in one statement."""
    rows = plain_rows(session, select(ProgressReport.id).where(*_is_missing(period_id)))
    return [report_id for (report_id,) in rows]


def _is_missing(period_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ProgressReport.period_id == period_id,
        ~ProgressReport.is_waived,
        ProgressReport.review.not_in(PUBLISHED),
    )


def _counts(session: Session, period_id: int) -> Mapping[int, Counter[str]]:
    """Return how many are missing of each unit that misses any, by what they count as.

    Kept counts pass over mandates that nobody has to act on any more; these few are added.
    """
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for key, kind, count in kept_unit_counts(session, period_id):
        if kind in _MISSING_KINDS:
            found[key][kind] += count
    unit_id = ProgressReport.unit_id + 0  # lest SQLite goes through all along an index of units
    passed_over = (
        select(unit_id, func.count())
        .where(
            *_is_missing(period_id),
            ProgressReport.is_asked_for == false(),
            ProgressReport.review.not_in(ANSWERED),
        )
        .group_by(unit_id)
    )
    for key, count in plain_rows(session, passed_over):
        found[key][OPEN] += count
    return found


def _missing(period_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ProgressReport.id,
            ProgressReport.unit_id,
            ProgressReport.review,
            Instrument.symbol,
            Clause.path,
            OrganizationalUnit.name.label("unit"),
            _Second.name.label("second_unit"),
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == ProgressReport.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(_Second, _Second.id == ProgressReport.second_unit_id)
        .where(*_is_missing(period_id))
        .order_by(*_BY_REFERENCE)
    )


def _first_by_unit(
    session: Session, period_id: int, of_each: int
) -> Mapping[int, Sequence[Missing]]:
    """Return the first of each unit, which are in as many of the resolutions that concern it."""
    place = func.row_number().over(
        partition_by=ProgressReport.unit_id, order_by=(Instrument.sort_key, Instrument.id)
    )
    placed = (
        select(ProgressReport.unit_id, Instrument.id, place.label("place"))
        .join(Instrument, Instrument.id == ProgressReport.instrument_id)
        .where(*_is_missing(period_id))
        .group_by(ProgressReport.unit_id, Instrument.id, Instrument.sort_key)
        .subquery()
    )
    query = _missing(period_id).join(
        placed,
        and_(
            placed.c.unit_id == ProgressReport.unit_id,
            placed.c.id == ProgressReport.instrument_id,
            placed.c.place <= of_each,
        ),
    )
    found: defaultdict[int, list[Missing]] = defaultdict(list)
    for row in session.execute(query):
        if len(found[row.unit_id]) < of_each:
            found[row.unit_id].append(_named(row))
    return found


def _named(row: Row[*tuple[Any, ...]]) -> Missing:
    return Missing(
        report_id=row.id,
        symbol=row.symbol,
        path=row.path,
        unit=row.unit,
        review=row.review,
        waits_for=(row.second_unit or row.unit) if row.review is Review.SUBMITTED else None,
    )
