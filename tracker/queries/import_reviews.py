"""Imports under way: the files with half-done reviews, and a review with its text as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from tracker.domain.clauses import BlockKind, ReadResolution
from tracker.domain.errors import NotFound
from tracker.domain.page_places import NO_PLACES, PagePlaces
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.domain.review_history import Standing, Step, replayed, standing, step_from_stored
from tracker.domain.reviewed_text import Reviewed, ReviewedBlock, doubtful, kept_blocks, reviewed
from tracker.models.imports import (
    FileState,
    ImportFile,
    ImportReview,
    ImportReviewEdit,
    ReviewState,
)
from tracker.models.instruments import Body, Instrument
from tracker.models.jobs import BackgroundTask
from tracker.models.people import Person
from tracker.queries.jobs import TaskProgress, task_progress
from tracker.reading.citations import find_citations
from tracker.reading.stored import from_stored, places_from_stored
from tracker.reading.verbs import verb_phrase

RECOGNITION = "recognition"
"""The kind of background task that recognises the scanned pages of a file."""

# Lists need neither the words of the file nor what was read from it, and both are long.
_SHORT = (defer(ImportFile.source), defer(ImportFile.places))
_LISTED = (
    *_SHORT,
    selectinload(ImportFile.reviews).defer(ImportReview.reading),
)


@dataclass(frozen=True, slots=True)
class EditStep:
    """One step of a review with who took it and when."""

    step: Step
    edited_by_id: int
    edited_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewUnderWay:
    """A review: what the machine read, every step since, and the text as it stands."""

    id: int
    version: int
    state: ReviewState
    file_id: int
    file_name: str
    digest: str
    position: int
    language: str
    instrument_id: int | None
    details: Mapping[str, Any]
    lines: tuple[int, int]  # first line of the source, and the one after the last
    machine: ReadResolution
    steps: tuple[EditStep, ...]
    text: Reviewed = field(repr=False)

    @property
    def standing(self) -> Standing:
        """Return which edits hold and which could be redone."""
        return standing(each.step for each in self.steps)

    @property
    def doubtful(self) -> tuple[ReviewedBlock, ...]:
        """Return the places that nobody has looked at yet."""
        return doubtful(self.text)

    @property
    def doubt_count(self) -> int:
        """Return how many places are doubtful or were, of those that will be imported."""
        return sum(bool(each.block.doubts) for each in self.text if not each.is_left_out)

    @property
    def reading(self) -> ReadResolution:
        """Return the reading as it would be imported now."""
        blocks = kept_blocks(self.text)
        return replace(self.machine, blocks=blocks, citations=find_citations(blocks))

    @property
    def printed(self) -> str | None:
        """Return the symbol of the text as it was read, or as the person gave it."""
        return self.details.get("symbol")


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


def review_under_way(session: Session, review_id: int, actor: Actor) -> ReviewUnderWay:
    """Return a review in any state; raise NotFound when it is gone or not this person's."""
    review = session.get(
        ImportReview, review_id, options=[joinedload(ImportReview.file).options(*_SHORT)]
    )
    if review is None or not may_review(actor, review.file.received_by_id):
        raise no_such_review()
    return under_way(session, review)


def under_way(session: Session, review: ImportReview) -> ReviewUnderWay:
    """Return the review that a row holds, with its text as it stands; one statement."""
    rows = session.scalars(
        select(ImportReviewEdit)
        .where(ImportReviewEdit.review_id == review.id)
        .order_by(ImportReviewEdit.position)
    )
    steps = tuple(
        EditStep(step_from_stored(row.operation, row.arguments), row.edited_by_id, row.edited_at)
        for row in rows
    )
    machine = from_stored(review.reading)
    text = replayed(reviewed(machine), [each.step for each in steps])
    return ReviewUnderWay(
        id=review.id,
        version=review.version,
        state=review.state,
        file_id=review.file_id,
        file_name=review.file.file_name,
        digest=review.file.digest,
        position=review.position,
        language=review.language,
        instrument_id=review.instrument_id,
        details=review.details,
        lines=(review.first_line, review.end_line),
        machine=machine,
        steps=steps,
        text=tuple(_with_verb(each) for each in text),
    )


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a source, and where they stand on the pictures of scanned pages, if any."""

    lines: list[str]
    places: PagePlaces = NO_PLACES


def source_of_review(session: Session, review_id: int) -> Source:
    """Return the lines of the source that a review is about, as they were found in the file."""
    row = session.execute(
        select(ImportFile.source, ImportFile.places, ImportReview.first_line, ImportReview.end_line)
        .join(ImportReview, ImportReview.file_id == ImportFile.id)
        .where(ImportReview.id == review_id)
    ).one()
    span = slice(row.first_line, row.end_line)
    places = places_from_stored(row.places)
    return Source(row.source.split("\n")[span], PagePlaces(places.sizes, places.lines[span]))


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


def _with_verb(each: ReviewedBlock) -> ReviewedBlock:
    """Return a changed paragraph with the verb that its words open with now."""
    block = each.block
    if each.edit is None or block.kind not in {BlockKind.OPERATIVE, BlockKind.PREAMBULAR}:
        return each
    verb = verb_phrase(block.text, is_preamble=block.kind is BlockKind.PREAMBULAR)
    return replace(each, block=replace(block, verb=verb))


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
