"""Annexes of an instrument: those that are instruments of their own, and what it is annexed to."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.instruments import Body, Instrument, InstrumentText


@dataclass(frozen=True, slots=True)
class AnnexedText:
    """An instrument that another one belongs to, or that belongs to it."""

    symbol: str
    title: str
    language: str
    body_key: str
    slug: str


@dataclass(frozen=True, slots=True)
class Annexation:
    """What an instrument is annexed to, if to any, and what is annexed to it, in order."""

    annexed_to: AnnexedText | None
    annexes: tuple[AnnexedText, ...]


def annexation_of(session: Session, instrument_id: int) -> Annexation:
    """Return what an instrument is annexed to and its own annexes; one statement."""
    above = select(Instrument.annexed_to_id).where(Instrument.id == instrument_id)
    rows = session.execute(
        select(Instrument, InstrumentText, Body.key)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .join(Body, Body.id == Instrument.body_id)
        .where(
            InstrumentText.is_original,
            (Instrument.annexed_to_id == instrument_id)
            | (Instrument.id == above.scalar_subquery()),
        )
        .order_by(Instrument.id)
    ).all()
    found = [
        (
            instrument.annexed_to_id == instrument_id,
            AnnexedText(instrument.symbol, text.title, text.language, key, instrument.slug),
        )
        for instrument, text, key in rows
    ]
    return Annexation(
        annexed_to=next((text for is_annex, text in found if not is_annex), None),
        annexes=tuple(text for is_annex, text in found if is_annex),
    )
