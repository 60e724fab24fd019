"""A text in another language beside the original: that it fits, and which paragraph is which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import MAY_DIFFER, Block, BlockKind, ReadResolution, paragraph_label
from tracker.domain.errors import Duplicate, Invalid, NotFound, UnknownSymbol
from tracker.domain.symbols import parse_symbol
from tracker.models.instruments import Clause, Instrument

_TOLD_BY_THE_READER = frozenset({"en", "es", "fr"})


@dataclass(frozen=True, slots=True)
class Version:
    """A text in a further language, as it was read; a translation of ours is not official."""

    reading: ReadResolution
    language: str
    is_official: bool = True


def check_version_fits(instrument: Instrument, version: Version) -> None:
    """Refuse a text that is none of the instrument, in the original's language, or in another."""
    if any(text.language == version.language and text.is_original for text in instrument.texts):
        raise Duplicate(
            "%(symbol)s is there in this language already. Nothing was changed.",
            symbol=instrument.symbol,
        )
    _check_language(version.reading, version.language)
    check_symbol(version.reading, instrument)
    line_up(clauses_of(instrument), with_distinct_paths(version.reading.blocks))


def clauses_of(instrument: Instrument) -> list[Clause]:
    """Return the clauses that stand in the text now."""
    return [clause for clause in instrument.clauses if not clause.is_dropped]


def find_instrument(session: Session, instrument_id: int) -> Instrument:
    """Return the instrument with its texts and clauses in every language; raise NotFound."""
    instrument = session.scalar(
        select(Instrument)
        .where(Instrument.id == instrument_id)
        .options(
            selectinload(Instrument.texts),
            selectinload(Instrument.clauses).selectinload(Clause.texts),
        )
        .execution_options(populate_existing=True)
    )
    if instrument is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    return instrument


def only_reading(readings: Sequence[ReadResolution]) -> ReadResolution:
    """Return the one resolution that a file holds; refuse several."""
    if len(readings) != 1:
        raise Invalid(
            "The file holds %(count)s resolutions. Take a file with the one resolution alone.",
            field="file",
            count=len(readings),
        )
    return readings[0]


def _check_language(reading: ReadResolution, language: str) -> None:
    if language in _TOLD_BY_THE_READER and reading.language != language:
        raise Invalid(
            "The text does not seem to be in the language that was chosen. Choose the language of "
            "the file, or take the right file.",
            field="language",
        )


def check_symbol(reading: ReadResolution, instrument: Instrument) -> None:
    """Refuse the text of another resolution, where the file prints a symbol."""
    printed = reading.number or reading.symbol
    if printed is None:
        return
    try:
        is_same = parse_symbol(printed).slug == instrument.slug
    except UnknownSymbol:
        is_same = False
    if not is_same:
        raise Invalid(
            "The file holds %(found)s, not %(symbol)s. Take the file of the same resolution.",
            field="file",
            found=printed,
            symbol=instrument.symbol,
        )


def line_up(clauses: Sequence[Clause], blocks: Sequence[Block]) -> Sequence[tuple[Clause, Block]]:
    """Return each clause with the block that says the same: by path, others by kind and order."""
    by_path = {block.path: block for block in blocks if block.path is not None}
    _check_paths([clause.path for clause in clauses if clause.path is not None], by_path)
    pairs = [(clause, by_path[clause.path]) for clause in clauses if clause.path is not None]
    for kind in BlockKind:
        held = [clause for clause in clauses if clause.kind is kind and clause.path is None]
        read = [block for block in blocks if block.kind is kind and block.path is None]
        if len(held) == len(read):
            pairs += zip(held, read, strict=True)
        elif kind not in MAY_DIFFER:
            raise Invalid(
                "The original has %(held)s paragraphs that are no clauses where this file has "
                "%(read)s. Check that the file holds the whole text, each paragraph apart.",
                field="file",
                held=len(held),
                read=len(read),
            )
    return pairs


def _check_paths(held: Sequence[str], read: Mapping[str, Block]) -> None:
    missing = [path for path in held if path not in read]
    further = [path for path in read if path not in set(held)]
    if missing or further:
        raise Invalid(
            "The clauses differ from the original's at paragraph %(paragraph)s. Check that the "
            "file holds the whole text and that its numbers are those of the original.",
            field="file",
            paragraph=paragraph_label((missing or further)[0]),
        )
