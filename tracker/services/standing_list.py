"""The standing list of mandates: rehearsed row by row, then taken whole or not at all."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid, Refused, UnknownSymbol
from tracker.domain.permissions import Action, Actor
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.domain.standing_list import (
    StandingRow,
    age_key,
    body_of,
    is_agreement,
    is_decision,
    is_programme_wide,
    subprogramme_of,
)
from tracker.domain.symbols import DocumentSymbol, parse_symbol, split_symbols
from tracker.models.instruments import (
    Instrument,
    InstrumentKind,
    InstrumentSeries,
    InstrumentText,
)
from tracker.services import audit
from tracker.services.bodies import body_named, find_body
from tracker.services.citations import connect_earlier_citations
from tracker.services.instrument_names import sort_text
from tracker.services.subprogrammes import subprogramme_numbered

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PlannedSeries(Planned[StandingRow]):
    """A row and the series that taking it would make or change.

    ``symbols`` are all of its instruments, the newest last; ``new`` those that are not there yet,
    and ``found`` the keys of those that are.
    """

    symbols: tuple[DocumentSymbol, ...] = ()
    new: tuple[DocumentSymbol, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)
    series_id: int | None = None

    @property
    def newest(self) -> DocumentSymbol | None:
        """Return the instrument that is in force."""
        return self.symbols[-1] if self.symbols else None


def plan_standing_list(
    session: Session, rows: Sequence[StandingRow], *, languages: Sequence[str], actor: Actor | None
) -> list[PlannedSeries]:
    """Return for each row, in order, what taking it would do; changes nothing.

    No actor means the command line.
    """
    if actor is not None:
        permissions.require(actor, Action.IMPORT_RESOLUTION)
    known = _known(session)
    taken: set[tuple[str, str]] = set()
    return [_planned(session, row, known, taken, languages) for row in rows]


def take_standing_list(
    session: Session,
    rows: Sequence[StandingRow],
    *,
    languages: Sequence[str],
    actor: Actor | None,
    at: datetime,
    seal: str | None = None,
) -> Mapping[Effect, int]:
    """Take all rows and return how many had which effect; taking them again changes nothing.

    Raises Invalid and Stale as ``require_as_rehearsed`` does.
    """
    plan = plan_standing_list(session, rows, languages=languages, actor=actor)
    require_as_rehearsed(plan, seal)
    for done in plan:
        if done.effect is not Effect.SAME:
            _take(session, done, languages[0], actor=actor, at=at)
    logger.info("standing list of %s rows taken", len(plan))
    return counts_of(plan)


@dataclass(frozen=True, slots=True)
class _Known:
    """An instrument that is there already."""

    id: int
    series_id: int | None
    body_id: int


def _known(session: Session) -> Mapping[tuple[int, str], _Known]:
    rows = session.execute(
        select(Instrument.body_id, Instrument.slug, Instrument.id, Instrument.series_id)
    )
    return {(row.body_id, row.slug): _Known(row.id, row.series_id, row.body_id) for row in rows}


def _planned(
    session: Session,
    row: StandingRow,
    known: Mapping[tuple[int, str], _Known],
    taken: set[tuple[str, str]],
    languages: Sequence[str],
) -> PlannedSeries:
    try:
        symbols = _symbols(row)
        _check(row, languages)
        _refuse_repeated(row, symbols, taken)
        body = find_body(session, body_of(row.organ))
        there = {
            symbol.slug: known[body.id, symbol.slug]
            for symbol in symbols
            if body is not None and (body.id, symbol.slug) in known
        }
        series_id = _series_of(row, there)
    except Refused as refusal:
        return PlannedSeries(row, Effect.REFUSED, (refusal,))
    new = tuple(symbol for symbol in symbols if symbol.slug not in there)
    joins = any(instrument.series_id is None for instrument in there.values())
    effect = Effect.MADE
    if series_id is not None:
        effect = Effect.CHANGED if new or joins else Effect.SAME
    found = {slug: instrument.id for slug, instrument in there.items()}
    return PlannedSeries(row, effect, (), symbols, new, found, series_id)


def _symbols(row: StandingRow) -> tuple[DocumentSymbol, ...]:
    """Return the symbols of a row, oldest first; decisions are told by what the organ adopted."""
    try:
        plain = split_symbols(row.symbols)
    except UnknownSymbol as refusal:
        raise Invalid(refusal.sentence, field="symbols", **refusal.values) from refusal
    if not plain:
        raise Invalid("The row names no symbol. Enter one, for example 530(XXIV).", field="symbols")
    named = [
        parse_symbol(f"decision {symbol.printed}")
        if is_decision(row.organ, symbol.printed) and not symbol.printed.startswith("decision ")
        else symbol
        for symbol in plain
    ]
    return tuple(sorted(named, key=lambda symbol: age_key(sort_text(symbol))))


def _check(row: StandingRow, languages: Sequence[str]) -> None:
    if not row.title.strip():
        raise Invalid("The row has no title. Enter the title of the resolution.", field="title")
    if not body_of(row.organ):
        raise Invalid(
            "The row does not say who adopted it. Enter the organ, for example “General Assembly "
            "resolutions”.",
            field="organ",
        )
    if row.language and row.language.lower() not in languages:
        raise Invalid(
            "The language “%(language)s” is none of this site. Enter one of %(languages)s.",
            field="language",
            language=row.language[:20],
            languages=", ".join(languages),
        )
    is_named = is_programme_wide(row.subprogramme) or subprogramme_of(row.subprogramme)
    if not is_named:
        raise Invalid(
            "“%(words)s” is not a subprogramme. Write it as “Subprogramme 3 – Name”, or leave it "
            "empty for the whole programme.",
            field="subprogramme",
            words=row.subprogramme[:80],
        )


def _refuse_repeated(
    row: StandingRow, symbols: Sequence[DocumentSymbol], taken: set[tuple[str, str]]
) -> None:
    body = body_of(row.organ).casefold()
    for symbol in symbols:
        if (body, symbol.slug) in taken:
            raise Duplicate(
                "%(symbol)s stands in the list already. Leave it in one row only.",
                symbol=symbol.printed,
            )
    taken.update((body, symbol.slug) for symbol in symbols)


def _series_of(row: StandingRow, there: Mapping[str, _Known]) -> int | None:
    series = {instrument.series_id for instrument in there.values()} - {None}
    if len(series) > 1:
        raise Invalid(
            "The instruments of this row belong to different series already. Divide the row, one "
            "series a row.",
            field="symbols",
        )
    return series.pop() if series else None


def _take(
    session: Session, done: PlannedSeries, language: str, *, actor: Actor | None, at: datetime
) -> None:
    row = done.row
    written_in = row.language.lower() or language
    title = " ".join(row.title.split())
    body = body_named(session, body_of(row.organ), language=written_in, actor=actor, at=at)
    if done.series_id is None:
        series = InstrumentSeries(
            body_id=body.id,
            title=title,
            language=written_in,
            subprogramme_id=_subprogramme_id(session, row, written_in, actor=actor, at=at),
        )
        session.add(series)
        session.flush()
    else:
        series = session.get_one(InstrumentSeries, done.series_id)
    for instrument_id in done.found.values():
        session.get_one(Instrument, instrument_id).series_id = series.id
    added = [
        Instrument(
            kind=_kind(row, symbol),
            body_id=body.id,
            series_id=series.id,
            symbol=symbol.printed,
            slug=symbol.slug,
            sort_key=sort_text(symbol),
            imported_at=at,
            imported_by_id=actor.person_id if actor else None,
            texts=[InstrumentText(language=written_in, title=title)],
        )
        for symbol in done.new
    ]
    session.add_all(added)
    session.flush()
    connect_earlier_citations(session, added)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="standing_mandate.listed",
        subject=series,
        after={
            "title": title,
            "symbols": [symbol.printed for symbol in done.symbols],
            "added": [symbol.printed for symbol in done.new],
        },
    )


def _kind(row: StandingRow, symbol: DocumentSymbol) -> InstrumentKind:
    if is_agreement(row.organ):
        return InstrumentKind.AGREEMENT
    is_a_decision = symbol.printed.startswith("decision ")
    return InstrumentKind.DECISION if is_a_decision else InstrumentKind.RESOLUTION


def _subprogramme_id(
    session: Session, row: StandingRow, language: str, *, actor: Actor | None, at: datetime
) -> int | None:
    named = subprogramme_of(row.subprogramme)
    if named is None:
        return None
    number, name = named
    found = subprogramme_numbered(session, number, name=name, language=language, actor=actor, at=at)
    return found.id
