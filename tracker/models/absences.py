"""Absences of people, and who stands in for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Day, Key, Moment, UtcDateTime, Versioned, reference
from tracker.models.people import Person


class PersonAbsence(Versioned, Base):
    """The days on which a person is away; withdrawn when it did not come to be.

    The deputy answers in their place, the officer-in-charge clears in the place of a manager.
    """

    __tablename__ = "absences"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("people.id")
    starts_on: Mapped[Day]
    ends_on: Mapped[Day] = mapped_column(index=True)
    deputy_id: Mapped[int | None] = reference("people.id")
    officer_id: Mapped[int | None] = reference("people.id")
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys="PersonAbsence.person_id")

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "deputy_id IS NOT NULL OR officer_id IS NOT NULL", name="somebody_stands_in"
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form
