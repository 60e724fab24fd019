"""Reviews of mandates before a renewal: where they are switched on, and what is recommended."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.recommendations import Recommendation
from tracker.models.base import Base, Key, LongText, Moment, Versioned, choice, reference


class BodyReview(Versioned, Base):
    """Whether mandates of a body are reviewed before a renewal; with no row they are not.

    ``request`` names the paragraph by which the body asked for the result, with its day; without it
    the result is in no document.
    """

    __tablename__ = "body_reviews"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id", index=False)
    is_on: Mapped[bool]
    request: Mapped[str] = mapped_column(String(200), default="")
    requested_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("body_id"),
        CheckConstraint("(request = '') = (requested_on IS NULL)", name="request_has_day"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class MandateRecommendation(Base):
    """What a person recommends for a mandate, and why; the newest holds. Append-only."""

    __tablename__ = "mandate_recommendations"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id")
    recommendation: Mapped[Recommendation] = mapped_column(choice(Recommendation, "recommendation"))
    reason: Mapped[LongText]
    given_at: Mapped[Moment]
    given_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)
