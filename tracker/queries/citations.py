"""What a resolution, or one clause of it, cites, with the address of what is known."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.models.instruments import Body, Citation, Clause, Instrument

_DOES = frozenset({Relation.SUPERSEDES, Relation.RENEWS, Relation.AMENDS})


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text that is cited, by the operative clause at ``path`` or by another paragraph (None).

    Body and slug are its address where it is known.
    """

    symbol: str
    kind: str
    relation: Relation
    path: str | None
    organ: str | None
    words: str
    body_key: str | None
    slug: str | None


def texts_cited(
    session: Session, *, instrument_id: int | None = None, clause_id: int | None = None
) -> tuple[CitedText, ...]:
    """Return what the instrument or the clause cites, in the order of the text, each once.

    A text that is cited several times stands with what does most to it: what supersedes, renews or
    amends it comes before what only recalls it.
    """
    of_subject = (
        Citation.clause_id == clause_id
        if clause_id is not None
        else Citation.instrument_id == instrument_id
    )
    rows = session.execute(
        select(Citation, Body.key, Instrument.slug, Clause.path)
        .outerjoin(Clause, Clause.id == Citation.clause_id)
        .outerjoin(Instrument, Instrument.id == Citation.cited_instrument_id)
        .outerjoin(Body, Body.id == Instrument.body_id)
        .where(of_subject)
        .order_by(Citation.id)
    )
    found: dict[tuple[str | None, str], CitedText] = {}
    for citation, body_key, slug, path in rows:
        key = (citation.organ, citation.symbol)
        relation = Relation(citation.relation)
        if key in found and (relation not in _DOES or found[key].relation in _DOES):
            continue
        found[key] = CitedText(
            symbol=citation.symbol,
            kind=citation.kind,
            relation=relation,
            path=path,
            organ=citation.organ,
            words=citation.words,
            body_key=body_key,
            slug=slug,
        )
    return tuple(found.values())
