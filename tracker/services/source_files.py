"""Files that resolutions were read from, kept unchanged under their digest."""

import mimetypes
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Duplicate
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import Body, Instrument, InstrumentText, SourceFile
from tracker.queries.known_texts import AskedText, known_texts
from tracker.reading.readers import Reading, read_here
from tracker.storage import FileStore, digest_of

_LONGEST_NAME = 200  # characters


def receive_file(
    session: Session,
    *,
    content: bytes,
    file_name: str,
    actor: Actor,
    files: FileStore,
    reading: Reading | None = None,
) -> str:
    """Keep a readable file that was not imported yet and return its digest; write no row.

    ``reading`` is given where the file was read already, in a process of its own.
    Raises UnreadableDocument or Duplicate before anything is kept.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    if reading is None:
        read_here(content, file_name)
    refuse_imported_file(session, digest_of(content))
    return files.keep(content)


def note_source(
    session: Session, content: bytes, file_name: str, *, actor: Actor | None, at: datetime
) -> SourceFile:
    """Return the row of a file that is about to be imported; the caller stores the file last.

    Raises Duplicate when it was imported before.
    """
    refuse_imported_file(session, digest_of(content))
    return source_of(session, content, file_name, actor=actor, at=at)


def source_of(
    session: Session, content: bytes, file_name: str, *, actor: Actor | None, at: datetime
) -> SourceFile:
    """Return the row of a file, whatever was imported from it before."""
    digest = digest_of(content)
    known = session.scalar(select(SourceFile).where(SourceFile.digest == digest))
    if known is not None:
        return known
    source = SourceFile(
        digest=digest,
        file_name=file_name[-_LONGEST_NAME:],
        media_type=mimetypes.guess_type(file_name)[0] or "application/octet-stream",
        size_bytes=len(content),
        stored_at=at,
        stored_by_id=actor.person_id if actor else None,
    )
    session.add(source)
    session.flush()
    return source


def refuse_imported_file(session: Session, digest: str) -> None:
    """Raise Duplicate when a resolution was imported from the file with this digest.

    Its values hold the resolution's address: ``body_key`` and ``slug``.
    """
    imported = session.execute(
        select(Instrument.symbol, Instrument.slug, Instrument.imported_at, Body.key)
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .join(SourceFile, SourceFile.id == InstrumentText.source_file_id)
        .where(SourceFile.digest == digest)
        .order_by(Instrument.id)
    ).first()
    if imported is not None:
        raise Duplicate(
            "This file was imported already on %(day)s: open %(symbol)s instead.",
            day=imported.imported_at.date(),
            symbol=imported.symbol,
            body_key=imported.key,
            slug=imported.slug,
        )


def refuse_other_language(session: Session, asked: Sequence[AskedText]) -> None:
    """Raise Duplicate for a text that is there in another language.

    A further body would be made of its name in that language.
    """
    for known in known_texts(session, asked):
        if known is not None and not known.is_same_language:
            raise Duplicate(
                "%(symbol)s is there already in another language. Add this file as its text in "
                "that language, or name the body where another one uses the same symbol.",
                symbol=known.symbol,
                body_key=known.body_key,
                slug=known.slug,
            )
