"""A review under way with its text as it stands, and the source that it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.clauses import BlockKind, ReadResolution
from tracker.domain.page_places import NO_PLACES, PagePlaces
from tracker.domain.permissions import Actor
from tracker.domain.review_history import Standing, Step, replayed, standing, step_from_stored
from tracker.domain.reviewed_text import Reviewed, ReviewedBlock, doubtful, kept_blocks, reviewed
from tracker.models.imports import (
    ImportFile,
    ImportReview,
    ImportReviewEdit,
    ReviewState,
)
from tracker.queries.import_files import SHORT, may_review, no_such_review
from tracker.reading.citations import find_citations
from tracker.reading.stored import from_stored, places_from_stored
from tracker.reading.verbs import verb_phrase


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


def review_under_way(session: Session, review_id: int, actor: Actor) -> ReviewUnderWay:
    """Return a review in any state; raise NotFound when it is gone or not this person's."""
    review = session.get(
        ImportReview, review_id, options=[joinedload(ImportReview.file).options(*SHORT)]
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


def _with_verb(each: ReviewedBlock) -> ReviewedBlock:
    """Return a changed paragraph with the verb that its words open with now."""
    block = each.block
    if each.edit is None or block.kind not in {BlockKind.OPERATIVE, BlockKind.PREAMBULAR}:
        return each
    verb = verb_phrase(block.text, is_preamble=block.kind is BlockKind.PREAMBULAR)
    return replace(each, block=replace(block, verb=verb))
