"""Public pages: where they are switched on, and which records are kept off them."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.models.base import Base, Key, LongText, Moment, Versioned, reference


class BodyPublication(Versioned, Base):
    """Whether a body's resolutions have public pages; with no row they have none.

    ``is_indexed`` tells that search engines may take them up.
    """

    __tablename__ = "body_publications"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id", index=False)
    is_on: Mapped[bool]
    is_indexed: Mapped[bool]

    __table_args__ = (UniqueConstraint("body_id"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class PublicHold(Base):
    """A resolution, or one paragraph of it, kept off the public pages or shown again. Append-only.

    The newest row of a record holds. ``until`` is the first day on which it is shown again; without
    it the record is withheld until somebody shows it.
    """

    __tablename__ = "public_holds"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id")
    clause_id: Mapped[int | None] = reference("clauses.id")
    is_held: Mapped[bool]
    until: Mapped[date | None]
    reason: Mapped[LongText]
    set_at: Mapped[Moment]
    set_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("is_held OR until IS NULL", name="day_of_a_hold"),
    )
