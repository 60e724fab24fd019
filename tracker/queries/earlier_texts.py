"""Older resolutions from which the mandates of a new one may inherit."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.errors import Invalid, UnknownSymbol
from tracker.domain.symbols import parse_symbol
from tracker.models.instruments import Body, Instrument
from tracker.models.mandates import Mandate, MandateRenewal
from tracker.queries.lined_clauses import LinedInstrument, lined_instruments
from tracker.queries.renewals import RENEWING, STRENGTH, earlier_of


@dataclass(frozen=True, slots=True)
class EarlierText:
    """An older resolution with clauses here, and what the new one does to it.

    ``confirmed_count`` is of how many of its clauses somebody said what they became.
    """

    instrument: LinedInstrument
    relation: Relation
    mandate_count: int
    confirmed_count: int

    @property
    def is_renewed(self) -> bool:
        """Tell whether the new one says that it renews it or takes its place."""
        return self.relation in RENEWING


def earlier_texts(session: Session, later_id: int) -> tuple[EarlierText, ...]:
    """Return the older resolutions that one cites, follows in a series, or was lined up with.

    Those that it renews come first. Six statements.
    """
    relations = dict(earlier_of(session, later_id))
    confirmed = _confirmed(session, later_id)
    for instrument_id in confirmed:
        relations.setdefault(instrument_id, Relation.RENEWS)
    counts = _mandate_counts(session, relations)
    found = [
        EarlierText(one, relations[one.id], counts[one.id], confirmed[one.id])
        for one in lined_instruments(session, relations).values()
        if counts[one.id]
    ]
    return tuple(
        sorted(
            found,
            key=lambda each: (STRENGTH.index(each.relation), each.instrument.symbol),
        )
    )


def instrument_named(session: Session, symbol: str, *, later_id: int) -> int:
    """Return the id of the resolution with a symbol, rather of the same body as ``later_id``.

    Raises Invalid, at the field ``symbol``, where there is none.
    """
    try:
        slug = parse_symbol(symbol).slug
    except UnknownSymbol as refusal:
        raise Invalid(refusal.sentence, field="symbol", **refusal.values) from refusal
    own = select(Instrument.body_id).where(Instrument.id == later_id).scalar_subquery()
    found = session.scalars(
        select(Instrument.id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.slug == slug)
        .order_by((Instrument.body_id != own), Body.name)
    ).first()
    if found is None:
        raise Invalid(
            "%(symbol)s is not here. Import it first, or check the symbol.",
            field="symbol",
            symbol=symbol.strip()[:80],
        )
    return found


def _confirmed(session: Session, later_id: int) -> Counter[int]:
    rows = session.execute(
        select(Mandate.instrument_id, func.count())
        .join(MandateRenewal, MandateRenewal.earlier_mandate_id == Mandate.id)
        .where(MandateRenewal.later_instrument_id == later_id)
        .group_by(Mandate.instrument_id)
    )
    return Counter(dict(rows.all()))


def _mandate_counts(session: Session, instrument_ids: Collection[int]) -> Mapping[int, int]:
    rows = session.execute(
        select(Mandate.instrument_id, func.count())
        .where(Mandate.instrument_id.in_(instrument_ids))
        .group_by(Mandate.instrument_id)
    )
    return Counter(dict(rows.all()))
