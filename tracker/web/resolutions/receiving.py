"""Files that come in: each read in a process of its own, then kept for its review or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from werkzeug.datastructures import FileStorage

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Refused, ScannedDocument, UnreadableDocument
from tracker.reading.scans import found_tesseract
from tracker.services.import_drops import RefusedFile, note_refused
from tracker.services.import_reviews import receive_import
from tracker.services.scanned_imports import receive_scan
from tracker.storage import digest_of
from tracker.web.filters import said
from tracker.web.security import actor
from tracker.web.transactions import installation, transaction

_ROUNDS = 4  # the time that one file may take, so many times, is the time for all of them


@dataclass(frozen=True, slots=True)
class Drop:
    """What became of files that came together: the rows of those received, and those refused."""

    received: tuple[int, ...]
    refused: tuple[RefusedFile, ...]


def receive_file(content: bytes, file_name: str, *, drop_key: str | None = None) -> int:
    """Read a file and open its reviews, or have it recognised first; return the id of its row.

    Raises UnreadableDocument or Duplicate.
    """
    parts = installation()
    try:
        read = parts.read(content, file_name)  # before the transaction: it may take long
    except ScannedDocument as scan:
        found_tesseract(scan, parts.scan_limits)
        with transaction() as session:
            return receive_scan(
                session,
                content=content,
                file_name=file_name,
                scan=scan,
                actor=actor(),
                at=clock.now(),
                uploads=parts.uploads,
                drop_key=drop_key,
            ).id
    with transaction() as session:
        return receive_import(
            session,
            content=content,
            file_name=file_name,
            actor=actor(),
            at=clock.now(),
            uploads=parts.uploads,
            reading=read,
            drop_key=drop_key,
        ).id


def receive_several(documents: Sequence[FileStorage]) -> Drop:
    """Receive each file by itself; what is refused is named beside the others.

    Where all are refused nothing is kept of them.
    """
    drop_key, seen = uuid4().hex, dict[str, str]()
    until = clock.now() + _ROUNDS * timedelta(seconds=installation().reading_limits.seconds)
    received, refused = [], []
    for document in documents:
        content, name = document.read(), document.filename or ""
        try:
            _refuse_to_read(digest_of(content), name, seen, until)
            received.append(receive_file(content, name, drop_key=drop_key))
        except (UnreadableDocument, Duplicate, Invalid) as refusal:
            refused.append(_refused(content, name, refusal))
    if received and refused:
        with transaction() as session:
            note_refused(session, refused, drop_key=drop_key, actor=actor(), at=clock.now())
    return Drop(tuple(received), tuple(refused))


def _refuse_to_read(digest: str, name: str, seen: dict[str, str], until: datetime) -> None:
    """Raise Duplicate for a file that came already, Invalid when there is no time left for it."""
    if digest in seen:
        raise Duplicate("This is the same file as %(name)s, which is read once.", name=seen[digest])
    seen[digest] = name
    if clock.now() > until:
        raise Invalid(
            "The files before this one took too long, so it was not read. Upload it by itself."
        )


def _refused(content: bytes, name: str, refusal: Refused) -> RefusedFile:
    return RefusedFile(digest_of(content), name, said(refusal))
