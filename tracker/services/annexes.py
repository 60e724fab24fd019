"""Annexes of a resolution, such as a declaration, made instruments of their own."""

import logging
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clauses import Block, Entity, ReadResolution
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Action, Actor
from tracker.domain.symbols import roman_numeral
from tracker.models.instruments import (
    Body,
    Clause,
    Instrument,
    InstrumentKind,
    InstrumentText,
)
from tracker.reading.annexes import with_annexes
from tracker.services import audit
from tracker.services.citations import add_citations
from tracker.services.clauses import add_clauses
from tracker.services.concordance import clauses_of, find_instrument
from tracker.services.proposals import add_mandates
from tracker.services.read_findings import add_findings
from tracker.services.resolutions import preview_of

logger = logging.getLogger(__name__)


def annexes_of(session: Session, instrument_id: int) -> tuple[ReadResolution, ...]:
    """Return the annexes of an instrument that have paragraphs of their own, in order."""
    instrument = find_instrument(session, instrument_id)
    return _annexes(instrument, session.get_one(Body, instrument.body_id))


def add_annexes(
    session: Session,
    *,
    instrument_id: int,
    positions: Collection[int],
    entity: Entity,
    actor: Actor,
    at: datetime,
) -> tuple[Instrument, ...]:
    """Make instruments of these annexes (counted from 0), their paragraphs proposed as mandates.

    The annex stays in the text of the resolution, too. Raises Duplicate where one was made before,
    Invalid where there is no such annex.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    instrument = find_instrument(session, instrument_id)
    body = session.get_one(Body, instrument.body_id)
    readings = _annexes(instrument, body)
    if not set(positions) <= set(range(len(readings))):
        raise Invalid("There is no such annex any more. Open the page again and choose anew.")
    return tuple(
        _add(
            session,
            (instrument, body),
            readings[position],
            _label(position, len(readings)),
            entity,
            actor=actor,
            at=at,
        )
        for position in sorted(positions)
    )


def _annexes(instrument: Instrument, body: Body) -> tuple[ReadResolution, ...]:
    original = next((text for text in instrument.texts if text.is_original), None)
    if original is None or instrument.annexed_to_id is not None:
        return ()
    blocks = tuple(_block(clause) for clause in clauses_of(instrument))
    return with_annexes(
        ReadResolution(
            number=instrument.symbol,
            symbol=None,
            title=original.title,
            body=body.name,
            language=original.language,
            session=None,
            adopted_on=instrument.adopted_on,
            blocks=blocks,
        )
    ).annexes


def _block(clause: Clause) -> Block:
    text = next(each for each in clause.texts if each.is_original)
    return Block(clause.kind, text.text, clause.number, clause.path, clause.level, text.verb)


def _label(position: int, count: int) -> str:
    """Return what an annex is called: "annex", or "annex II" where there are several."""
    return "annex" if count == 1 else f"annex {roman_numeral(position + 1).upper()}"


def _add(
    session: Session,
    above: tuple[Instrument, Body],
    reading: ReadResolution,
    label: str,
    entity: Entity,
    *,
    actor: Actor,
    at: datetime,
) -> Instrument:
    parent, body = above
    slug = f"{parent.slug}-{label.replace(' ', '-').lower()}"
    if session.scalar(
        select(Instrument.id).where(Instrument.body_id == parent.body_id, Instrument.slug == slug)
    ):
        raise Duplicate(
            "%(symbol)s is an instrument of its own already: open it instead.",
            symbol=f"{parent.symbol}, {label}",
        )
    preview = preview_of(reading, entity)
    title = " ".join((reading.title or label.capitalize()).split())
    original = next(text for text in parent.texts if text.is_original)
    annex = Instrument(
        kind=InstrumentKind.ANNEX,
        body_id=parent.body_id,
        session_id=parent.session_id,
        annexed_to_id=parent.id,
        symbol=f"{parent.symbol}, {label}",
        slug=slug,
        sort_key=f"{parent.sort_key}{label.upper()}"[:120],
        adopted_on=parent.adopted_on,
        imported_at=at,
        imported_by_id=actor.person_id,
    )
    session.add(annex)
    session.flush()
    session.add(
        InstrumentText(
            instrument_id=annex.id,
            language=reading.language,
            title=title,
            source_file_id=original.source_file_id,
        )
    )
    clauses = add_clauses(session, annex, preview.reading)
    add_citations(session, annex, body, preview.reading, clauses)
    mandates = add_mandates(session, annex, clauses, preview.proposals)
    blocks = dict(zip((clause.id for clause in clauses), preview.reading.blocks, strict=True))
    add_findings(session, mandates, blocks, preview.proposals, title)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="add_annex",
        subject=annex,
        after={
            "symbol": annex.symbol,
            "annexed_to": parent.symbol,
            "mandate_count": len(mandates),
        },
    )
    logger.info("instrument %s: annex %s added", parent.id, annex.id)
    return annex
