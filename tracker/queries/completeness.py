"""How much of a period's material is cleared, and which mandates are not."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.workflow import Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport

PUBLISHED = (Review.CLEARED, Review.FROZEN)


@dataclass(frozen=True, slots=True)
class Missing:
    """A mandate of the period without a cleared text, for the internal completeness sheet."""

    report_id: int
    symbol: str
    path: str | None
    unit: str
    review: Review


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a period's material is cleared; the missing ones are named."""

    cleared_count: int
    asked_count: int
    missing: tuple[Missing, ...]


def completeness(session: Session, period_id: int) -> Completeness:
    """Return how many of the period's mandates are cleared, and which are not, by reference."""
    rows = session.execute(
        select(
            ProgressReport.id,
            ProgressReport.review,
            Instrument.symbol,
            Clause.path,
            OrganizationalUnit.name,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .where(ProgressReport.period_id == period_id, ~ProgressReport.is_waived)
        .order_by(Instrument.sort_key, Clause.position)
    ).all()
    missing = tuple(
        Missing(report_id, symbol, path, unit, review)
        for report_id, review, symbol, path, unit in rows
        if review not in PUBLISHED
    )
    return Completeness(len(rows) - len(missing), len(rows), missing)
