"""Meetings of others that the house follows."""

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Day, Key, Moment, ShortText, Versioned, reference


class FollowedMeeting(Versioned, Base):
    """A meeting of another body or organization, in the calendars of whoever follows it.

    With ``unit_id`` or ``body_id`` it stands in the calendars of that unit or body, without in all.
    ``uid`` is that of the calendar it came from, empty where somebody typed it.
    """

    __tablename__ = "followed_meetings"

    id: Mapped[Key]
    title: Mapped[ShortText]
    organizer: Mapped[ShortText]
    place: Mapped[ShortText]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    address: Mapped[ShortText]
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    body_id: Mapped[int | None] = reference("bodies.id")
    uid: Mapped[str] = mapped_column(String(200), default="")
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("unit_id IS NULL OR body_id IS NULL", name="of_one_of_them"),
        Index(
            "uq_followed_meetings_uid",
            "uid",
            unique=True,
            sqlite_where=text("uid <> ''"),
            postgresql_where=text("uid <> ''"),
        ),
    )
