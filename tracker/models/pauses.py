"""Pauses of reminders."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.pauses import PauseScope
from tracker.models.base import (
    Base,
    Day,
    Key,
    LongText,
    Moment,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)


class ReminderPause(Versioned, Base):
    """The days on which reminders are paused; withdrawn when it ended before it began."""

    __tablename__ = "reminder_pauses"

    id: Mapped[Key]
    scope: Mapped[PauseScope] = mapped_column(choice(PauseScope, "scope"))
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    mandate_id: Mapped[int | None] = reference("mandates.id")
    person_id: Mapped[int | None] = reference("people.id")
    starts_on: Mapped[Day]
    ends_on: Mapped[Day] = mapped_column(index=True)
    reason: Mapped[LongText]
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(
            "(scope = 'unit') = (unit_id IS NOT NULL)"
            " AND (scope = 'mandate') = (mandate_id IS NOT NULL)"
            " AND (scope = 'person') = (person_id IS NOT NULL)",
            name="names_what_is_paused",
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form
