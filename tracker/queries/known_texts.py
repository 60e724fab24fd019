"""Whether the text of a file is there already, under its symbol: another edition, or a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import parse_symbol
from tracker.models.instruments import Body, Clause, Instrument, InstrumentText
from tracker.queries.import_files import ListedReview


@dataclass(frozen=True, slots=True)
class AskedText:
    """What a file says of itself: the symbol and the body as printed, and its language."""

    symbol: str | None
    body: str | None
    language: str


@dataclass(frozen=True, slots=True)
class KnownText:
    """An instrument whose text is there, and whether what was asked about is in its language."""

    instrument_id: int
    symbol: str
    body_key: str
    slug: str
    imported_at: datetime
    language: str
    languages: frozenset[str]
    is_same_language: bool


def asked_of(details: Mapping[str, Any], language: str) -> AskedText:
    """Return what the details of a review ask about."""
    return AskedText(details.get("symbol"), details.get("body"), language)


def known_texts(session: Session, asked: Sequence[AskedText]) -> tuple[KnownText | None, ...]:
    """Return for each text the instrument that it is a text of, None for a new one; one statement.

    In another language the name of the body is another, too: there the symbol alone tells, where
    only one body has it.
    """
    slugs = [slug_of(each.symbol) for each in asked]
    rows = session.execute(
        select(Instrument, Body.key, Body.name, InstrumentText.language, InstrumentText.is_original)
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .where(
            Instrument.slug.in_({slug for slug in slugs if slug}),
            select(Clause.id).where(Clause.instrument_id == Instrument.id).exists(),
        )
        .order_by(Instrument.id)
    ).all()
    found: dict[str, dict[int, _Candidate]] = {}
    for instrument, key, name, language, is_original in rows:
        there = found.setdefault(instrument.slug, {})
        candidate = there.setdefault(instrument.id, _Candidate(instrument, key, name, []))
        candidate.languages.insert(0 if is_original else len(candidate.languages), language)
    return tuple(
        _known(list(found.get(slug or "", {}).values()), each)
        for slug, each in zip(slugs, asked, strict=True)
    )


def known_reviews(session: Session, reviews: Sequence[ListedReview]) -> dict[int, KnownText]:
    """Return what the texts in a list are texts of, by the id of the review; one statement."""
    asked = [AskedText(each.printed, None, each.language) for each in reviews]
    found = zip(reviews, known_texts(session, asked), strict=True)
    return {each.id: known for each, known in found if known is not None}


@dataclass(frozen=True, slots=True)
class _Candidate:
    instrument: Instrument
    body_key: str
    body_name: str
    languages: list[str]  # the original first


def _known(candidates: Sequence[_Candidate], asked: AskedText) -> KnownText | None:
    named = [each for each in candidates if _is_body(each.body_name, asked.body)]
    if not named and len(candidates) == 1 and asked.language != candidates[0].languages[0]:
        named = list(candidates)
    if not named and asked.body is None and len(candidates) == 1:
        named = list(candidates)
    if not named:
        return None
    one = named[0]
    return KnownText(
        instrument_id=one.instrument.id,
        symbol=one.instrument.symbol,
        body_key=one.body_key,
        slug=one.instrument.slug,
        imported_at=one.instrument.imported_at,
        language=one.languages[0],
        languages=frozenset(one.languages),
        is_same_language=one.languages[0] == asked.language,
    )


def _is_body(name: str, asked: str | None) -> bool:
    words = " ".join((asked or "").split()).casefold().removeprefix("the ").rstrip(",")
    return name.casefold() == words


def slug_of(symbol: str | None) -> str | None:
    """Return how a symbol stands in an address, None for none and for what is no symbol."""
    try:
        return parse_symbol(symbol).slug if symbol else None
    except UnknownSymbol:
        return None
