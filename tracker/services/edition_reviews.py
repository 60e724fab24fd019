"""Reviewed texts that take the place of a text that is there, as its corrected edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clauses import Entity, ReadResolution
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor
from tracker.models.imports import ReviewState
from tracker.queries.corrected_editions import EditionComparison, compare_edition
from tracker.queries.import_reviews import ReviewUnderWay, under_way
from tracker.queries.known_texts import KnownText, asked_of, known_texts
from tracker.services.corrected_editions import NewEdition, TakenEdition, take_edition
from tracker.services.corrections import add_corrections
from tracker.services.import_reviews import changes_of, open_review
from tracker.services.proposals import propose_mandates
from tracker.services.source_files import source_of
from tracker.services.versions import check_version
from tracker.storage import FileStore


@dataclass(frozen=True, slots=True)
class SaidOfEdition:
    """What a person says of an edition, and which versions they saw of review and instrument.

    ``paragraphs`` is their word on which paragraph is which, as ``align`` takes it.
    """

    label: str
    review_version: int
    instrument_version: int
    paragraphs: Mapping[int, int | None] = field(default_factory=dict)


def known_text(session: Session, review: ReviewUnderWay) -> KnownText | None:
    """Return the instrument that a reviewed text is a text of, None for a new one."""
    return known_texts(session, [asked_of(review.details, review.language)])[0]


def compare_review(
    session: Session,
    review: ReviewUnderWay,
    *,
    entity: Entity,
    said: Mapping[int, int | None] | None = None,
) -> EditionComparison:
    """Return a reviewed text beside the one that is there; raise NotFound for a new one."""
    known = known_text(session, review)
    if known is None:
        raise nothing_to_compare()
    reading = review.reading
    return compare_edition(
        session,
        instrument_id=known.instrument_id,
        reading=reading,
        title=title_of(review, reading),
        proposals=propose_mandates(reading, entity),
        said=said,
    )


def take_reviewed_edition(
    session: Session,
    *,
    review_id: int,
    said: SaidOfEdition,
    entity: Entity,
    actor: Actor,
    at: datetime,
    files: FileStore,
    uploads: FileStore,
) -> TakenEdition:
    """Let a reviewed text take the place of the one that is there, and close the review.

    Raises as ``take_edition`` does, and Stale when somebody changed the review since.
    """
    permissions.require(actor, Action.CORRECT_CLAUSE)
    review = open_review(session, review_id, actor)
    check_version(review, said.review_version)
    found = under_way(session, review)
    known = known_text(session, found)
    if known is None:
        raise nothing_to_compare()
    content = uploads.content_of(review.file.digest)
    reading = found.reading
    taken = take_edition(
        session,
        instrument_id=known.instrument_id,
        version=said.instrument_version,
        edition=NewEdition(
            reading=reading,
            title=title_of(found, reading),
            label=said.label,
            source=source_of(session, content, review.file.file_name, actor=actor, at=at),
            said=said.paragraphs,
        ),
        entity=entity,
        actor=actor,
        at=at,
    )
    changes = changes_of(found)
    add_corrections(session, taken.clauses, changes.corrections, changes.authors)
    review.state, review.instrument_id = ReviewState.IMPORTED, known.instrument_id
    review.touched_at = at
    session.flush()
    files.keep(content)  # last, so that a refused edition leaves no file behind
    return taken


def nothing_to_compare() -> NotFound:
    """Return the refusal for a reviewed text of which no other is there."""
    return NotFound(
        "No resolution with this symbol is there, so there is nothing to compare this file "
        "with. Import it as a new resolution."
    )


def title_of(review: ReviewUnderWay, reading: ReadResolution) -> str:
    """Return the title as the person gave it, or as it was read."""
    return " ".join((review.details.get("title") or reading.title or "").split())
