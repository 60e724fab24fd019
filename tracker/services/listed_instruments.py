"""Instruments that are known by symbol and title alone: their text is attached when it comes."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.models.instruments import Clause, Instrument, InstrumentText
from tracker.services import audit


def find_listed(session: Session, body_id: int, slug: str) -> Instrument | None:
    """Return the instrument at this address when it has no text yet."""
    return session.scalar(
        select(Instrument).where(
            Instrument.body_id == body_id,
            Instrument.slug == slug,
            ~exists().where(Clause.instrument_id == Instrument.id),
        )
    )


def attach_text(
    session: Session, listed: Instrument, told: Instrument, *, actor: Actor | None, at: datetime
) -> Instrument:
    """Give a listed instrument what the adopted text says of it: session, date, who imported it."""
    listed.session_id = told.session_id
    listed.adopted_on = told.adopted_on
    listed.imported_at = told.imported_at
    listed.imported_by_id = told.imported_by_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="instrument.text_attached",
        subject=listed,
        after={"symbol": listed.symbol},
    )
    return listed


def give_title(
    session: Session, instrument: Instrument, *, language: str, title: str, source_file_id: int
) -> None:
    """Add the title in the language of the adopted text, in place of one that a list gave it."""
    for listed in session.scalars(
        select(InstrumentText).where(InstrumentText.instrument_id == instrument.id)
    ):
        session.delete(listed)
    session.flush()
    session.add(
        InstrumentText(
            instrument_id=instrument.id,
            language=language,
            title=title,
            source_file_id=source_file_id,
        )
    )
