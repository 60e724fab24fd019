"""What a resolution, or one clause of it, cites, with the address of what is known."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.instruments import Body, Citation, Instrument


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text that is cited; body and slug are its address where it is known."""

    symbol: str
    kind: str
    relation: str
    organ: str | None
    words: str
    body_key: str | None
    slug: str | None


def texts_cited(
    session: Session, *, instrument_id: int | None = None, clause_id: int | None = None
) -> tuple[CitedText, ...]:
    """Return what the instrument or the clause cites, in the order of the text, each once."""
    of_subject = (
        Citation.clause_id == clause_id
        if clause_id is not None
        else Citation.instrument_id == instrument_id
    )
    rows = session.execute(
        select(Citation, Body.key, Instrument.slug)
        .outerjoin(Instrument, Instrument.id == Citation.cited_instrument_id)
        .outerjoin(Body, Body.id == Instrument.body_id)
        .where(of_subject)
        .order_by(Citation.id)
    )
    found: dict[tuple[str | None, str], CitedText] = {}
    for citation, body_key, slug in rows:
        found.setdefault(
            (citation.organ, citation.symbol),
            CitedText(
                symbol=citation.symbol,
                kind=citation.kind,
                relation=citation.relation,
                organ=citation.organ,
                words=citation.words,
                body_key=body_key,
                slug=slug,
            ),
        )
    return tuple(found.values())
