"""Citations between instruments, connected wherever the cited text is known."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Citation as ReadCitation
from tracker.domain.clauses import CitationKind, ReadResolution
from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import parse_symbol
from tracker.models.instruments import Body, Citation, Clause, Instrument
from tracker.services.bodies import find_body


def add_citations(
    session: Session,
    instrument: Instrument,
    body: Body,
    reading: ReadResolution,
    clauses: Sequence[Clause],
) -> None:
    """Keep what the text cites; ``clauses`` are those of the reading's blocks, in their order."""
    session.add_all(
        Citation(
            instrument_id=instrument.id,
            clause_id=clauses[citation.block_index].id,
            kind=citation.kind,
            relation=citation.relation,
            symbol=citation.symbol,
            organ=citation.organ,
            words=citation.words,
            cited_instrument_id=_cited_id(session, citation, body),
        )
        for citation in reading.citations
    )
    session.flush()


def connect_earlier_citations(session: Session, instruments: Sequence[Instrument]) -> None:
    """Connect what cited these instruments of one body before they were known."""
    body_ids = {instrument.symbol: instrument.body_id for instrument in instruments}
    known = {instrument.symbol: instrument.id for instrument in instruments}
    waiting = session.execute(
        select(Citation, Instrument.body_id)
        .join(Instrument, Instrument.id == Citation.instrument_id)
        .where(
            Citation.cited_instrument_id.is_(None),
            Citation.kind == CitationKind.RESOLUTION,
            Citation.symbol.in_(known),
        )
    )
    for citation, citing_body_id in waiting.all():
        cited_body = find_body(session, citation.organ) if citation.organ else None
        cited_body_id = cited_body.id if cited_body else citing_body_id
        is_named = citation.organ is None or cited_body is not None
        if is_named and cited_body_id == body_ids[citation.symbol]:
            citation.cited_instrument_id = known[citation.symbol]


def _cited_id(session: Session, citation: ReadCitation, body: Body) -> int | None:
    """Return the known resolution that is cited: of the organ named, else of the same body."""
    if citation.kind is not CitationKind.RESOLUTION:
        return None
    cited_body = find_body(session, citation.organ) if citation.organ else body
    try:
        slug = parse_symbol(citation.symbol).slug
    except UnknownSymbol:
        return None
    if cited_body is None:
        return None
    return session.scalar(
        select(Instrument.id).where(Instrument.body_id == cited_body.id, Instrument.slug == slug)
    )
