"""Language versions of an adopted text, lined up with the original clause by clause."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, ReadResolution, paragraph_label
from tracker.domain.errors import Duplicate, Invalid, NotFound, UnknownSymbol
from tracker.domain.permissions import Action, Actor
from tracker.domain.symbols import parse_symbol
from tracker.models.instruments import Clause, ClauseText, Instrument, InstrumentText
from tracker.reading.readers import Reading, read_here
from tracker.services import audit
from tracker.services.source_files import note_source
from tracker.storage import FileStore

logger = logging.getLogger(__name__)

_LONGEST_VERB = 120  # characters
_TOLD_BY_THE_READER = frozenset({"en", "es", "fr"})
# Mastheads and notes differ from language to language: they are lined up only where they agree.
_MAY_DIFFER = frozenset({BlockKind.FRONTMATTER, BlockKind.FOOTNOTE, BlockKind.CLOSING})


def add_language_version(
    session: Session,
    *,
    instrument_id: int,
    content: bytes,
    file_name: str,
    language: str,
    is_official: bool = True,
    actor: Actor | None,
    at: datetime,
    files: FileStore,
    reading: Reading | None = None,
) -> InstrumentText:
    """Read an adopted text in a further language and keep it beside the original, by path.

    What is not official is a translation of the secretariat's own. No actor means the command
    line. Raises UnreadableDocument, Duplicate (the language or the file is there already) or
    Invalid (another resolution, another language, or other clauses than the original's).
    """
    if actor is not None:
        permissions.require(actor, Action.IMPORT_RESOLUTION)
    instrument = find_instrument(session, instrument_id)
    _refuse_known_language(instrument, language)
    found = only_reading((reading or read_here(content, file_name)).resolutions)
    _check_language(found, language)
    check_symbol(found, instrument)
    pairs = line_up(instrument.clauses, with_distinct_paths(found.blocks))
    source = note_source(session, content, file_name, actor=actor, at=at)
    version = InstrumentText(
        instrument_id=instrument.id,
        language=language,
        is_original=False,
        is_official=is_official,
        title=" ".join((found.title or "").split()) or instrument.symbol,
        source_file_id=source.id,
    )
    session.add(version)
    session.add_all(
        ClauseText(
            clause_id=clause.id,
            language=language,
            is_original=False,
            verb=(block.verb or "")[:_LONGEST_VERB] or None,
            text=block.text,
        )
        for clause, block in pairs
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="add_language_version",
        subject=instrument,
        after={
            "language": language,
            "is_official": is_official,
            "file_name": source.file_name,
            "digest": source.digest,
            "clause_count": len(found.operative_clauses),
        },
    )
    files.keep(content)  # last, so that a refused version leaves no file behind
    logger.info("instrument %s: version in %s added", instrument.id, language)
    return version


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


def _refuse_known_language(instrument: Instrument, language: str) -> None:
    if any(text.language == language for text in instrument.texts):
        raise Duplicate(
            "%(symbol)s is there in this language already. Nothing was changed.",
            symbol=instrument.symbol,
        )


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
        elif kind not in _MAY_DIFFER:
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
