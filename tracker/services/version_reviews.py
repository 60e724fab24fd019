"""Reviewed texts that are a text in another language of an instrument that is there."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clauses import ReadResolution
from tracker.domain.permissions import Action, Actor
from tracker.models.imports import ImportReview, ReviewState
from tracker.models.instruments import InstrumentText
from tracker.queries.import_reviews import ReviewUnderWay, under_way
from tracker.services.concordance import Version, check_version_fits, find_instrument
from tracker.services.edition_reviews import known_text, nothing_to_compare, title_of
from tracker.services.import_reviews import open_review
from tracker.services.language_rehearsals import VersionRehearsal, rehearse_reading
from tracker.services.language_versions import keep_version
from tracker.services.source_files import source_of
from tracker.services.versions import check_version
from tracker.storage import FileStore


@dataclass(frozen=True, slots=True)
class SaidOfVersion:
    """What a person says of a text in another language, and which version of it they saw."""

    review_version: int
    language: str
    is_official: bool


def rehearse_review(session: Session, review: ReviewUnderWay) -> VersionRehearsal:
    """Return a reviewed text lined up with the original; raise NotFound where there is none."""
    return rehearse_reading(
        session, instrument_id=_instrument_id(session, review), found=reading_of(review)
    )


def add_reviewed_version(
    session: Session,
    *,
    review_id: int,
    said: SaidOfVersion,
    actor: Actor,
    at: datetime,
    files: FileStore,
    uploads: FileStore,
) -> InstrumentText:
    """Keep a reviewed text beside the original in another language, and close the review.

    Raises as ``add_language_version`` does, and Stale when somebody changed the review since.
    """
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    review = open_review(session, review_id, actor)
    check_version(review, said.review_version)
    content = uploads.content_of(review.file.digest)
    text = keep_reviewed_version(session, review, said, actor=actor, at=at, content=content)
    files.keep(content)  # last, so that a refused version leaves no file behind
    return text


def keep_reviewed_version(
    session: Session,
    review: ImportReview,
    said: SaidOfVersion,
    *,
    actor: Actor,
    at: datetime,
    content: bytes,
) -> InstrumentText:
    """Keep the text of an open review as a version; the caller stores its file."""
    found = under_way(session, review)
    instrument = find_instrument(session, _instrument_id(session, found))
    version = Version(reading_of(found), said.language, said.is_official)
    check_version_fits(instrument, version)
    source = source_of(session, content, review.file.file_name, actor=actor, at=at)
    text = keep_version(session, instrument, version, source, actor=actor, at=at)
    review.state, review.instrument_id = ReviewState.IMPORTED, instrument.id
    review.touched_at = at
    session.flush()
    return text


def reading_of(review: ReviewUnderWay) -> ReadResolution:
    """Return a reviewed text with symbol and title as the person gave them."""
    reading = review.reading
    return replace(
        reading,
        number=review.details.get("symbol") or reading.number,
        title=title_of(review, reading),
    )


def _instrument_id(session: Session, review: ReviewUnderWay) -> int:
    known = known_text(session, review)
    if known is None:
        raise nothing_to_compare()
    return known.instrument_id
