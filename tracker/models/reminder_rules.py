"""Rules of reminders as administrators set them, one row for each time one was set."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, JsonObject, Key, Moment, reference


class ReminderRuleRow(Base):
    """A rule for the house, or for one body, unit or mandate, from a moment on. Append-only.

    ``target`` says for what ("house", "unit:3"); the newest row of a target, by ``number``, holds.
    With ``is_withdrawn`` the target has no rule of its own any more.
    """

    __tablename__ = "reminder_rules"

    id: Mapped[Key]
    target: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    body_id: Mapped[int | None] = reference("bodies.id")
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    mandate_id: Mapped[int | None] = reference("mandates.id")
    content: Mapped[JsonObject]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        # Of two people who save at once one is told that the other was faster.
        UniqueConstraint("target", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
    )
