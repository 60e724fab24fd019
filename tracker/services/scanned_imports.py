"""Imports of scans: received at once, recognised in the background, reviewed when that is done."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import NotFound, ScannedDocument, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.models.imports import FileState, ImportFile, ImportReview
from tracker.models.jobs import BackgroundTask
from tracker.queries.import_files import RECOGNITION, may_review, no_such_review
from tracker.reading.readers import Reading
from tracker.services.background_tasks import request_task
from tracker.services.import_reviews import (
    note_file,
    open_reviews,
    refuse_known_texts,
    waiting_file,
)
from tracker.services.source_files import refuse_imported_file
from tracker.storage import FileStore, digest_of

logger = logging.getLogger(__name__)


def receive_scan(
    session: Session,
    *,
    content: bytes,
    file_name: str,
    scan: ScannedDocument,
    actor: Actor,
    at: datetime,
    uploads: FileStore,
    drop_key: str | None = None,
) -> ImportFile:
    """Keep a scanned file and ask for its recognition; its review opens when that is done.

    A file that waits for this person already is returned as it stands; with a ``drop_key`` it joins
    the files that came with it.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    digest = digest_of(content)
    there = waiting_file(session, digest, actor, drop_key=drop_key)
    if there is not None:
        return there
    file = note_file(session, digest, file_name, actor=actor, at=at, drop_key=drop_key)
    file.task_id = _ask(session, file, scan.pages, actor=actor, at=at)
    session.flush()
    uploads.keep(content)  # last, so that a refusal leaves no file behind
    return file


def receive_scanned_version(
    session: Session,
    *,
    content: bytes,
    file_name: str,
    scan: ScannedDocument,
    actor: Actor,
    at: datetime,
    files: FileStore,
) -> int:
    """Keep a scanned text in another language; return the task that recognises it.

    Raises Duplicate when it was imported before.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    digest = digest_of(content)
    refuse_imported_file(session, digest)
    arguments = {"digest": digest, "file_name": file_name, "pages": list(scan.pages)}
    task = request_task(session, kind=RECOGNITION, arguments=arguments, actor=actor, at=at)
    session.flush()
    files.keep(content)  # last, so that a refusal leaves no file behind
    return task.id


def begin_again(session: Session, *, file_id: int, actor: Actor, at: datetime) -> None:
    """Ask once more for the recognition of a file that was broken off; what was done is kept."""
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    file = session.scalar(select(ImportFile).where(ImportFile.id == file_id).with_for_update())
    if file is None or not may_review(actor, file.received_by_id):
        raise no_such_review()
    task = session.get(BackgroundTask, file.task_id)
    if file.state is not FileState.READING or task is None or not task.is_over:
        raise WrongState("This file is being read, or was read already. Open it to see how it is.")
    file.task_id = _ask(session, file, task.arguments["pages"], actor=actor, at=at)


def finish_scan(
    session: Session, *, file_id: int, reading: Reading, actor: Actor, at: datetime
) -> list[ImportReview]:
    """Open the reviews of what was recognised.

    Raises NotFound when the file was discarded meanwhile, Duplicate when all of it was imported.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    file = _read_now(session, file_id)
    refuse_known_texts(session, file.digest, reading)
    return open_reviews(session, file, reading, at=at)


def fail_scan(session: Session, *, file_id: int, problem: str) -> None:
    """Note why a file could not be read; that it was discarded meanwhile is as good."""
    file = session.get(ImportFile, file_id)
    if file is not None and file.state is FileState.READING:
        file.state, file.problem = FileState.FAILED, problem
        logger.info("file %s could not be recognised", file_id)


def _read_now(session: Session, file_id: int) -> ImportFile:
    file = session.scalar(
        select(ImportFile)
        .where(ImportFile.id == file_id, ImportFile.state == FileState.READING)
        .with_for_update()
    )
    if file is None:
        raise NotFound("The file was discarded while it was being recognised. Nothing was kept.")
    return file


def _ask(
    session: Session, file: ImportFile, pages: Sequence[int], *, actor: Actor, at: datetime
) -> int:
    arguments = {"file_id": file.id, "pages": list(pages)}
    return request_task(session, kind=RECOGNITION, arguments=arguments, actor=actor, at=at).id
