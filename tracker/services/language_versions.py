"""Language versions of an adopted text, lined up with the original clause by clause."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block
from tracker.domain.corrected_editions import Fate
from tracker.domain.errors import Duplicate, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import (
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
    SourceFile,
)
from tracker.models.text_editions import EditionClause, TextEdition
from tracker.reading.readers import Reading, read_here
from tracker.services import audit
from tracker.services.clauses import LONGEST_VERB
from tracker.services.concordance import (
    Version,
    check_version_fits,
    clauses_of,
    find_instrument,
    line_up,
    only_reading,
)
from tracker.services.source_files import note_source
from tracker.storage import FileStore

logger = logging.getLogger(__name__)


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
    line. Raises UnreadableDocument, Duplicate (the same words or the file are there already) or
    Invalid (another resolution, another language, or other clauses than the original's).
    """
    if actor is not None:
        permissions.require(actor, Action.IMPORT_RESOLUTION)
    instrument = find_instrument(session, instrument_id)
    found = only_reading((reading or read_here(content, file_name)).resolutions)
    version = Version(found, language, is_official)
    check_version_fits(instrument, version)
    source = note_source(session, content, file_name, actor=actor, at=at)
    text = keep_version(session, instrument, version, source, actor=actor, at=at)
    files.keep(content)  # last, so that a refused version leaves no file behind
    return text


def keep_version(
    session: Session,
    instrument: Instrument,
    version: Version,
    source: SourceFile,
    *,
    actor: Actor | None,
    at: datetime,
) -> InstrumentText:
    """Keep a text that fits beside the original; one that was there stays as history.

    ``instrument`` is as ``find_instrument`` returns it. Raises Duplicate where the same words are
    there and none of them is out of date.
    """
    pairs = line_up(clauses_of(instrument), with_distinct_paths(version.reading.blocks))
    text = next((each for each in instrument.texts if each.language == version.language), None)
    title = " ".join((version.reading.title or "").split()) or instrument.symbol
    if text is None:
        text = InstrumentText(
            instrument_id=instrument.id, language=version.language, is_original=False, title=title
        )
        session.add(text)
    else:
        _keep_history(session, instrument, text, (title, pairs), source, actor=actor, at=at)
    text.title, text.is_official, text.is_out_of_date = title, version.is_official, False
    text.source_file_id = source.id
    for clause, block in pairs:
        _say(clause, block, version.language)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="add_language_version",
        subject=instrument,
        after={
            "language": version.language,
            "is_official": version.is_official,
            "file_name": source.file_name,
            "digest": source.digest,
            "clause_count": len(version.reading.operative_clauses),
        },
    )
    logger.info("instrument %s: version in %s added", instrument.id, version.language)
    return text


def confirm_version(
    session: Session, *, instrument_id: int, language: str, actor: Actor, at: datetime
) -> int:
    """Say that a text is right as it stands though the original was corrected; return how often.

    Raises NotFound where the text does not stand in this language.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    instrument = find_instrument(session, instrument_id)
    text = next((each for each in instrument.texts if each.language == language), None)
    if text is None or text.is_original:
        raise NotFound("There is no such text. Open the resolution to see its languages.")
    text.is_out_of_date = False
    count = 0
    for clause in instrument.clauses:
        for each in clause.texts:
            if each.language == language and each.is_out_of_date:
                each.is_out_of_date, count = False, count + 1
    audit.record(
        session,
        actor=actor,
        at=at,
        action="confirm_language_version",
        subject=instrument,
        after={"language": language, "clause_count": count},
    )
    return count


def _say(clause: Clause, block: Block, language: str) -> None:
    """Let a clause say in a language what a block says."""
    verb = (block.verb or "")[:LONGEST_VERB] or None
    there = _text_in(clause, language)
    if there is None:
        there = ClauseText(language=language, is_original=False)
        clause.texts.append(there)
    there.verb, there.text, there.is_out_of_date = verb, block.text, False


def _text_in(clause: Clause, language: str) -> ClauseText | None:
    return next((each for each in clause.texts if each.language == language), None)


def _keep_history(
    session: Session,
    instrument: Instrument,
    text: InstrumentText,
    said: tuple[str, Sequence[tuple[Clause, Block]]],
    source: SourceFile,
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    """Keep what a text said before another takes its place; ``said`` are title and paragraphs."""
    title, pairs = said
    edition = TextEdition(
        instrument_id=instrument.id,
        language=text.language,
        label=source.file_name,
        before_title=text.title,
        after_title=title,
        before_file_id=text.source_file_id,
        after_file_id=source.id,
        taken_at=at,
        taken_by_id=actor.person_id if actor else None,
    )
    before = [(_text_in(clause, text.language), clause, block) for clause, block in pairs]
    is_same = all(there and there.text == block.text for there, _clause, block in before)
    is_outdated = text.is_out_of_date or any(there and there.is_out_of_date for there, *_ in before)
    if is_same and title == text.title and not is_outdated:
        raise Duplicate(
            "%(symbol)s is there in this language already. Nothing was changed.",
            symbol=instrument.symbol,
        )
    session.add(edition)
    session.flush()
    session.add_all(
        EditionClause(
            edition_id=edition.id,
            clause_id=clause.id,
            fate=_fate(there, block),
            kind=clause.kind,
            before_position=clause.position if there else None,
            before_number=clause.number if there else None,
            before_path=clause.path if there else None,
            before_text=there.text if there else None,
            after_position=clause.position,
            after_path=clause.path,
            after_text=block.text,
        )
        for there, clause, block in before
    )


def _fate(there: ClauseText | None, block: Block) -> Fate:
    if there is None:
        return Fate.ADDED
    return Fate.SAME if there.text == block.text else Fate.CHANGED
