"""How much of a period's material is cleared, and which mandates are not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker.domain.workflow import Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport

PUBLISHED = (Review.CLEARED, Review.FROZEN)
_Second = aliased(OrganizationalUnit)


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
class Completeness:
    """How much of a period's material is cleared; the missing ones are named.

    ``report_ids`` are all progress reports that are asked for.
    """

    cleared_count: int
    report_ids: tuple[int, ...]
    missing: tuple[Missing, ...]

    @property
    def asked_count(self) -> int:
        """Return how many mandates are asked about."""
        return len(self.report_ids)

    @property
    def submitted_count(self) -> int:
        """Return how many of those without a cleared text wait for clearance."""
        return sum(each.review is Review.SUBMITTED for each in self.missing)


@dataclass(frozen=True, slots=True)
class MissingOfUnit:
    """How many mandates of a unit have no cleared text, and the first of them by reference."""

    unit: str
    count: int
    named: tuple[Missing, ...]

    @property
    def named_count(self) -> int:
        """Return how many of them are named."""
        return len(self.named)


def completeness(session: Session, period_id: int) -> Completeness:
    """Return how many of the period's mandates are cleared, and which are not, by reference."""
    rows = session.execute(
        select(
            ProgressReport.id,
            ProgressReport.review,
            Instrument.symbol,
            Clause.path,
            OrganizationalUnit.name,
            _Second.name,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .outerjoin(_Second, _Second.id == ProgressReport.second_unit_id)
        .where(ProgressReport.period_id == period_id, ~ProgressReport.is_waived)
        .order_by(Instrument.sort_key, Clause.position)
    ).all()
    missing = tuple(
        Missing(
            report_id,
            symbol,
            path,
            unit,
            review,
            waits_for=(second_unit or unit) if review is Review.SUBMITTED else None,
        )
        for report_id, review, symbol, path, unit, second_unit in rows
        if review not in PUBLISHED
    )
    return Completeness(
        len(rows) - len(missing), tuple(report_id for report_id, *_ in rows), missing
    )


def missing_by_unit(missing: Sequence[Missing], *, most: int) -> tuple[MissingOfUnit, ...]:
    """Return the missing ones by unit, of which at most ``most`` are named in all.

    Where they are more, each unit has as many named as another, so that none hides the rest.
    """
    of_unit: dict[str, list[Missing]] = defaultdict(list)
    for each in missing:
        of_unit[each.unit].append(each)
    of_each = most if len(missing) <= most else most // len(of_unit)
    return tuple(
        MissingOfUnit(unit, len(of_unit[unit]), tuple(of_unit[unit][:of_each]))
        for unit in sorted(of_unit, key=str.lower)
    )
