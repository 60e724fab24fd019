"""Received files under way: those that wait, with the reviews of their texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, selectinload

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.models.imports import (
    FileState,
    ImportFile,
    ImportReview,
    ReviewState,
)
from tracker.models.instruments import Body, Instrument
from tracker.models.jobs import BackgroundTask
from tracker.models.people import Person
from tracker.queries.jobs import TaskProgress, task_progress

RECOGNITION = "recognition"
"""The kind of background task that recognises the scanned pages of a file."""

# Lists need neither the words of the file nor what was read from it, and both are long.
SHORT = (defer(ImportFile.source), defer(ImportFile.places))
_LISTED = (
    *SHORT,
    selectinload(ImportFile.reviews).defer(ImportReview.reading),
)


@dataclass(frozen=True, slots=True)
class ListedReview:
    """One text of a file in a list: how much there is to look at, and where it is if imported."""

    id: int
    version: int
    position: int
    state: ReviewState
    printed: str | None
    title: str | None
    language: str
    clause_count: int
    doubt_count: int
    edit_count: int
    address: tuple[str, str] | None  # body and slug of the resolution that it became


@dataclass(frozen=True, slots=True)
class FileUnderWay:
    """A received file with the reviews of its texts, in their order."""

    id: int
    digest: str
    file_name: str
    state: FileState
    problem: str
    task_id: int | None
    received_at: datetime
    received_by: str
    is_mine: bool
    touched_at: datetime
    drop_key: str | None
    reviews: tuple[ListedReview, ...]
    task: TaskProgress | None = None  # that recognises its pages

    @property
    def scanned_count(self) -> int:
        """Return how many pages are recognised, 0 for a file that is not a scan."""
        pages = self.task.arguments.get("pages") if self.task else None
        return len(pages) if isinstance(pages, list) else 0

    @property
    def is_broken_off(self) -> bool:
        """Tell whether its reading ended before its time, so that it can begin again."""
        return self.state is FileState.READING and self.task is not None and self.task.is_over

    @property
    def open_reviews(self) -> tuple[ListedReview, ...]:
        """Return the reviews that wait."""
        return tuple(each for each in self.reviews if each.state is ReviewState.OPEN)


def may_review(actor: Actor, owner_id: int) -> bool:
    """Tell whether somebody may go on with the review of a file that ``owner_id`` uploaded."""
    return owner_id == actor.person_id or is_allowed(actor, Action.REVIEW_ANY_IMPORT)


def half_done_files(session: Session, actor: Actor) -> tuple[FileUnderWay, ...]:
    """Return the files that wait for this person, the last touched first; four statements."""
    wanted = (
        select(ImportFile)
        .options(*_LISTED)
        .where(
            ImportFile.state.in_([FileState.READING, FileState.FAILED])
            | ImportFile.reviews.any(ImportReview.state == ReviewState.OPEN)
        )
    )
    if not is_allowed(actor, Action.REVIEW_ANY_IMPORT):
        wanted = wanted.where(ImportFile.received_by_id == actor.person_id)
    files = session.scalars(wanted).all()
    found = _files_under_way(session, files, actor)
    return tuple(sorted(found, key=lambda each: (each.touched_at, each.id), reverse=True))


def file_under_way(session: Session, file_id: int, actor: Actor) -> FileUnderWay:
    """Return one received file; raise NotFound when it is gone or not this person's."""
    file = session.get(ImportFile, file_id, options=_LISTED)
    if file is None or not may_review(actor, file.received_by_id):
        raise no_such_review()
    return _files_under_way(session, [file], actor)[0]


def files_received_with(session: Session, file_id: int, actor: Actor) -> tuple[FileUnderWay, ...]:
    """Return a received file and those that came with it, as they came; raise NotFound as above."""
    file = file_under_way(session, file_id, actor)
    if file.drop_key is None:
        return (file,)
    together = session.scalars(
        select(ImportFile)
        .where(ImportFile.drop_key == file.drop_key)
        .options(*_LISTED)
        .order_by(ImportFile.id)
    ).all()
    return tuple(_files_under_way(session, together, actor))


def digest_of_file(session: Session, file_id: int, actor: Actor) -> str:
    """Return the digest of a received file; raise NotFound when it is not this person's."""
    row = session.execute(
        select(ImportFile.digest, ImportFile.received_by_id).where(ImportFile.id == file_id)
    ).first()
    if row is None or not may_review(actor, row.received_by_id):
        raise no_such_review()
    return str(row.digest)


def no_such_review() -> NotFound:
    """Return the refusal for a review that is gone or somebody else's."""
    return NotFound(
        "There is no such review: it was discarded or forgotten, or somebody else uploaded the "
        "file. Upload the file again to review it."
    )


def _files_under_way(
    session: Session, files: Sequence[ImportFile], actor: Actor
) -> list[FileUnderWay]:
    names = {
        person.id: person.name
        for person in session.scalars(
            select(Person).where(Person.id.in_({file.received_by_id for file in files}))
        )
    }
    tasks = _tasks(session, files)
    addresses = _addresses(session, [review for file in files for review in file.reviews])
    return [
        FileUnderWay(
            id=file.id,
            digest=file.digest,
            file_name=file.file_name,
            state=file.state,
            problem=file.problem,
            task_id=file.task_id,
            received_at=file.received_at,
            received_by=names[file.received_by_id],
            is_mine=file.received_by_id == actor.person_id,
            drop_key=file.drop_key,
            touched_at=max((each.touched_at for each in file.reviews), default=file.received_at),
            reviews=tuple(_listed(each, addresses) for each in file.reviews),
            task=tasks.get(file.task_id or 0),
        )
        for file in files
    ]


def _tasks(session: Session, files: Sequence[ImportFile]) -> Mapping[int, TaskProgress]:
    """Return the tasks that recognise these files, by their id; no statement where none does."""
    ids = [file.task_id for file in files if file.task_id is not None]
    if not ids:
        return {}
    tasks = session.scalars(select(BackgroundTask).where(BackgroundTask.id.in_(ids)))
    return {task.id: task_progress(task) for task in tasks}


def _listed(review: ImportReview, addresses: Mapping[int, tuple[str, str]]) -> ListedReview:
    return ListedReview(
        id=review.id,
        version=review.version,
        position=review.position,
        state=review.state,
        printed=review.details.get("symbol"),
        title=review.details.get("title"),
        language=review.language,
        clause_count=review.clause_count,
        doubt_count=review.doubt_count,
        edit_count=review.edit_count,
        address=addresses.get(review.instrument_id or 0),
    )


def _addresses(session: Session, reviews: Sequence[ImportReview]) -> Mapping[int, tuple[str, str]]:
    ids = {each.instrument_id for each in reviews if each.instrument_id is not None}
    if not ids:
        return {}
    rows = session.execute(
        select(Instrument.id, Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.id.in_(ids))
    )
    return {row.id: (row.key, row.slug) for row in rows}
