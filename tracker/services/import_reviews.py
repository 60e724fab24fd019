"""Reviews of imports: a file is received, what was read is changed step by step, then imported."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from tracker.domain import permissions
from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Entity, ReadResolution
from tracker.domain.errors import Duplicate, Invalid, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.review_history import Step, check_step, step_to_stored
from tracker.domain.reviewed_text import corrections, doubtful, left_out, reviewed
from tracker.domain.source_places import spans_of
from tracker.models.imports import (
    FileState,
    ImportFile,
    ImportReview,
    ImportReviewEdit,
    ReviewState,
)
from tracker.models.instruments import InstrumentText, SourceFile
from tracker.queries.import_files import may_review, no_such_review
from tracker.queries.import_reviews import ReviewUnderWay, under_way
from tracker.reading.readers import Reading, read_here
from tracker.reading.stored import places_to_stored, to_stored
from tracker.services.background_tasks import withdraw_task
from tracker.services.resolutions import (
    Changes,
    Details,
    ImportOutcome,
    import_preview,
    preview_of,
)
from tracker.services.source_files import refuse_imported_file, source_of
from tracker.services.versions import check_version
from tracker.storage import FileStore, digest_of

logger = logging.getLogger(__name__)

_LONGEST_NAME = 200  # characters


def receive_import(
    session: Session,
    *,
    content: bytes,
    file_name: str,
    actor: Actor,
    at: datetime,
    uploads: FileStore,
    reading: Reading | None = None,
    drop_key: str | None = None,
) -> ImportFile:
    """Read a file, keep it, and open a review of each text in it; nothing is imported.

    A file that waits for this person already is returned as it stands; with a ``drop_key`` it joins
    the files that came with it. Raises UnreadableDocument, or Duplicate when everything in it was
    imported.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    digest = digest_of(content)
    there = waiting_file(session, digest, actor, drop_key=drop_key)
    if there is not None:
        return there
    reading = reading or read_here(content, file_name)
    refuse_known_texts(session, digest, reading)
    file = note_file(session, digest, file_name, actor=actor, at=at, drop_key=drop_key)
    open_reviews(session, file, reading, at=at)
    uploads.keep(content)  # last, so that a refusal leaves no file behind
    logger.info("file %s received with %s texts", file.id, len(reading.resolutions))
    return file


def note_file(
    session: Session,
    digest: str,
    file_name: str,
    *,
    actor: Actor,
    at: datetime,
    drop_key: str | None = None,
) -> ImportFile:
    """Add the row of a file that is being read; ``open_reviews`` says what was read."""
    file = ImportFile(
        digest=digest,
        file_name=file_name[-_LONGEST_NAME:],
        state=FileState.READING,
        received_at=at,
        received_by_id=actor.person_id,
        drop_key=drop_key,
    )
    session.add(file)
    session.flush()
    return file


def open_reviews(
    session: Session, file: ImportFile, reading: Reading, *, at: datetime
) -> list[ImportReview]:
    """Open a review of each text that was read from a file."""
    readings = reading.resolutions
    lines = [line.rstrip() for line in reading.text.splitlines()]
    file.source, file.state = "\n".join(lines), FileState.READ
    file.places = places_to_stored(reading.places)
    spans = spans_of(lines, [[block.text for block in each.blocks] for each in readings])
    reviews = [
        _review(file, position, reading, span, at=at)
        for position, (reading, span) in enumerate(zip(readings, spans, strict=True), start=1)
    ]
    session.add_all(reviews)
    session.flush()
    return reviews


def refuse_known_texts(session: Session, digest: str, reading: Reading) -> None:
    """Raise Duplicate when everything that was read from the file with this digest was imported."""
    if _imported_count(session, digest) >= len(reading.resolutions):
        refuse_imported_file(session, digest)


def take_step(
    session: Session, *, review_id: int, version: int, step: Step, actor: Actor, at: datetime
) -> ReviewUnderWay:
    """Take one more step in a review, an edit, an undo or a redo, and return how it stands then.

    Raises Stale when somebody else took one since, Invalid when the step makes no sense.
    """
    review = open_review(session, review_id, actor)
    check_version(review, version)
    before = under_way(session, review)
    steps = [each.step for each in before.steps]
    text = check_step(reviewed(before.machine), steps, step)
    operation, arguments = step_to_stored(step)
    session.add(
        ImportReviewEdit(
            review_id=review.id,
            position=len(steps) + 1,
            operation=operation,
            arguments=arguments,
            edited_at=at,
            edited_by_id=actor.person_id,
        )
    )
    review.edit_count, review.touched_at = len(steps) + 1, at
    review.clause_count = sum(each.is_clause for each in text)
    review.doubt_count = len(doubtful(text))
    session.flush()
    return under_way(session, review)


def save_details(
    session: Session,
    *,
    review_id: int,
    version: int,
    details: Details,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep what a person says about the resolution, and return the version of the review then.

    Raises Stale when somebody else changed the review since.
    """
    review = open_review(session, review_id, actor)
    check_version(review, version)
    review.details, review.touched_at = _stored_details(details), at
    session.flush()
    return review.version


def discard_reviews(session: Session, *, file_id: int, actor: Actor, at: datetime) -> int:
    """Give up the open reviews of a file, and return how many; what was imported stays."""
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    file = session.get(ImportFile, file_id)
    if file is None or not may_review(actor, file.received_by_id):
        raise no_such_review()
    reviews = session.scalars(
        select(ImportReview)
        .where(ImportReview.file_id == file_id, ImportReview.state == ReviewState.OPEN)
        .with_for_update()
    ).all()
    for review in reviews:
        review.state, review.touched_at = ReviewState.DISCARDED, at
    if not reviews and file.state is not FileState.READ:
        if file.task_id is not None:
            withdraw_task(session, file.task_id, at=at)
        session.delete(file)
    return len(reviews)


def import_reviews(
    session: Session,
    *,
    versions: Mapping[int, int],
    actor: Actor,
    at: datetime,
    files: FileStore,
    uploads: FileStore,
    entity: Entity,
) -> tuple[ImportOutcome, ...]:
    """Import the texts of these reviews (id and the version that the person saw), all or none.

    Raises Stale, Duplicate (a resolution is there already) or Invalid (symbol, title or body is
    missing or wrong, or no operative clause is left).
    """
    reviews = [open_review(session, review_id, actor) for review_id in versions]
    for review in reviews:
        check_version(review, versions[review.id])
    contents = {each.file_id: uploads.content_of(each.file.digest) for each in reviews}
    try:
        outcomes = tuple(
            _import_one(session, review, contents[review.file_id], entity, actor=actor, at=at)
            for review in reviews
        )
    except IntegrityError as error:  # another session made the same rows since we looked
        raise Duplicate(
            "Somebody else imported the same text or body at this moment, so nothing of this "
            "import was kept. Look at the list of resolutions, then try again if it is missing."
        ) from error
    for content in contents.values():
        files.keep(content)  # last, so that a refused import leaves no file behind
    return outcomes


def details_of(stored: Mapping[str, Any]) -> Details:
    """Return what a review says about its resolution."""
    day = stored.get("adopted_on")
    return Details(**{**stored, "adopted_on": date.fromisoformat(day) if day else None})


def changes_of(found: ReviewUnderWay) -> Changes:
    """Return what people made of a reading in its review."""
    return Changes(
        corrections=corrections(found.machine, found.text),
        left_out=left_out(found.machine, found.text),
        authors={
            number: (each.edited_by_id, each.edited_at)
            for number, each in enumerate(found.steps, start=1)
        },
    )


def _import_one(
    session: Session,
    review: ImportReview,
    content: bytes,
    entity: Entity,
    *,
    actor: Actor,
    at: datetime,
) -> ImportOutcome:
    found = under_way(session, review)
    if not found.reading.operative_clauses:
        raise Invalid(
            "No operative clause is left, so nothing can be imported. Take one in again, or "
            "discard this review."
        )
    source: SourceFile = source_of(session, content, review.file.file_name, actor=actor, at=at)
    outcome = import_preview(
        session,
        preview_of(found.reading, entity),
        details_of(review.details),
        source,
        actor=actor,
        at=at,
        changes=changes_of(found),
    )
    review.state, review.instrument_id = ReviewState.IMPORTED, outcome.instrument_id
    review.touched_at = at
    session.flush()
    return outcome


def _review(
    file: ImportFile, position: int, reading: ReadResolution, span: tuple[int, int], *, at: datetime
) -> ImportReview:
    distinct = replace(reading, blocks=with_distinct_paths(reading.blocks))
    text = reviewed(distinct)
    return ImportReview(
        file_id=file.id,
        position=position,
        language=reading.language,
        reading=to_stored(distinct),
        details=_stored_details(_read_details(reading)),
        first_line=span[0],
        end_line=span[1],
        clause_count=sum(each.is_clause for each in text),
        doubt_count=len(doubtful(text)),
        touched_at=at,
    )


def _read_details(reading: ReadResolution) -> Details:
    return Details(
        symbol=reading.number or reading.symbol,
        title=reading.title,
        body=reading.body,
        session=reading.session,
        adopted_on=reading.adopted_on,
    )


def _stored_details(details: Details) -> dict[str, Any]:
    day = details.adopted_on
    return {**asdict(details), "adopted_on": day.isoformat() if day else None}


def open_review(session: Session, review_id: int, actor: Actor) -> ImportReview:
    """Return an open review for this change alone; raise for another's or one that is closed."""
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    review = session.scalar(
        select(ImportReview)
        .where(ImportReview.id == review_id)
        .options(joinedload(ImportReview.file))
        .with_for_update(of=ImportReview)
    )
    if review is None or not may_review(actor, review.file.received_by_id):
        raise no_such_review()
    if review.state is ReviewState.IMPORTED:
        raise WrongState(
            "This text was imported meanwhile, so its review is closed. Correct its clauses on "
            "their own pages."
        )
    if review.state is ReviewState.DISCARDED:
        raise WrongState("This review was discarded. Upload the file again to review it anew.")
    return review


def waiting_file(
    session: Session, digest: str, actor: Actor, *, drop_key: str | None = None
) -> ImportFile | None:
    """Return the file with this digest that waits for a person, if there is one.

    With a ``drop_key`` it joins the files that came with it.
    """
    waiting = session.scalars(
        select(ImportFile)
        .where(
            ImportFile.digest == digest,
            (ImportFile.state == FileState.READING)
            | ImportFile.reviews.any(ImportReview.state == ReviewState.OPEN),
        )
        .order_by(ImportFile.id.desc())
    )
    found = next((file for file in waiting if may_review(actor, file.received_by_id)), None)
    if found is not None and drop_key is not None:
        found.drop_key = drop_key
    return found


def _imported_count(session: Session, digest: str) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(InstrumentText)
            .join(SourceFile, SourceFile.id == InstrumentText.source_file_id)
            .where(SourceFile.digest == digest)
        )
        or 0
    )
