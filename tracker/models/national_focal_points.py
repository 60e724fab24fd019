"""The directory of national focal points, to whom nothing is ever sent."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Moment, ShortText, Versioned, reference


class NationalFocalPoint(Versioned, Base):
    """Somebody whom a Government designated: no account, and no address that mail could go to.

    ``contact`` is text for people to read; mail goes to rows of ``people`` only.
    """

    __tablename__ = "national_focal_points"

    id: Mapped[Key]
    country: Mapped[str] = mapped_column(String(3), index=True)
    institution: Mapped[str] = mapped_column(String(300))
    person: Mapped[ShortText]
    contact: Mapped[str] = mapped_column(String(300))
    designated_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    document: Mapped[str] = mapped_column(String(300))
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)

    __table_args__ = (
        CheckConstraint("institution <> '' OR person <> ''", name="somebody_is_named"),
        CheckConstraint("valid_to >= valid_from", name="valid_to_after_from"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form
