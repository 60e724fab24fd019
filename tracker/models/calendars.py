"""Calendar feeds that people subscribe to, and what each has told so far."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.calendars import FeedKind
from tracker.models.base import (
    Base,
    Day,
    Key,
    LongText,
    Moment,
    ShortText,
    UtcDateTime,
    choice,
    reference,
)


class CalendarFeed(Base):
    """A feed of one person's own, of a unit or of a body, read by the person who asked for it.

    ``subject`` names whose dates it holds ("person", "unit:3"). Its secret address holds
    ``number``: a new address raises it, so that older ones lead nowhere.
    """

    __tablename__ = "calendar_feeds"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("people.id", index=False)
    kind: Mapped[FeedKind] = mapped_column(choice(FeedKind, "kind"))
    subject: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    body_id: Mapped[int | None] = reference("bodies.id")
    number: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("person_id", "subject"),
        CheckConstraint(
            "(kind = 'unit') = (unit_id IS NOT NULL) AND (kind = 'body') = (body_id IS NOT NULL)",
            name="subject_fits_kind",
        ),
    )


class CalendarEntry(Base):
    """What a feed told last about one date, so that moves and cancellations can be told."""

    __tablename__ = "calendar_entries"

    id: Mapped[Key]
    feed_id: Mapped[int] = reference("calendar_feeds.id", index=False)
    key: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    summary: Mapped[str] = mapped_column(String(400))
    gist: Mapped[LongText]
    path: Mapped[ShortText]
    sequence: Mapped[int]
    is_cancelled: Mapped[bool]
    changed_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("feed_id", "key"),)
