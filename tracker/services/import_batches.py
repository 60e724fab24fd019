"""Several reviewed texts imported together: one resolution in several languages becomes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.clauses import Entity
from tracker.domain.permissions import Actor
from tracker.queries.import_reviews import under_way
from tracker.queries.known_texts import KnownText
from tracker.services.edition_reviews import known_text
from tracker.services.import_reviews import import_reviews, open_review
from tracker.services.resolutions import ImportOutcome
from tracker.services.version_reviews import SaidOfVersion, add_reviewed_version
from tracker.storage import FileStore


@dataclass(frozen=True, slots=True)
class AddedLanguage:
    """A text that was added to a resolution in another language."""

    symbol: str
    body_key: str
    slug: str
    language: str


@dataclass(frozen=True, slots=True)
class Together:
    """What an import of several texts made: resolutions, and languages of resolutions."""

    imported: tuple[ImportOutcome, ...]
    languages: tuple[AddedLanguage, ...]


def import_together(
    session: Session,
    *,
    versions: Mapping[int, int],
    first_language: str,
    actor: Actor,
    at: datetime,
    files: FileStore,
    uploads: FileStore,
    entity: Entity,
) -> Together:
    """Import reviews (id and the version that the person saw), all or none.

    A text in another language than the one under its symbol is added to that; of texts that come
    together the one in ``first_language`` is the original. Raises as ``import_reviews`` and
    ``add_reviewed_version`` do.
    """
    languages = {
        review_id: open_review(session, review_id, actor).language for review_id in versions
    }
    imported: list[ImportOutcome] = []
    added: list[AddedLanguage] = []
    for review_id in sorted(versions, key=lambda one: languages[one] != first_language):
        known = _in_another_language(session, review_id, actor)
        if known is None:
            imported += import_reviews(
                session,
                versions={review_id: versions[review_id]},
                actor=actor,
                at=at,
                files=files,
                uploads=uploads,
                entity=entity,
            )
            continue
        add_reviewed_version(
            session,
            review_id=review_id,
            said=SaidOfVersion(versions[review_id], languages[review_id], is_official=True),
            actor=actor,
            at=at,
            files=files,
            uploads=uploads,
        )
        added.append(AddedLanguage(known.symbol, known.body_key, known.slug, languages[review_id]))
    return Together(tuple(imported), tuple(added))


def _in_another_language(session: Session, review_id: int, actor: Actor) -> KnownText | None:
    known = known_text(session, under_way(session, open_review(session, review_id, actor)))
    return known if known is not None and not known.is_same_language else None
