"""Drafts of resolutions under negotiation, checked before a session and purged after it."""

from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, JsonObject, Key, Language, LongText, Moment, reference


class DraftCheck(Base):
    """A draft as it was read; the file itself is not kept. Private: no search entry, no mail.

    ``reading`` is a stored reading; ``alike`` holds for the path of a clause the mandates that are
    most like it, as pairs of id and score (0 to 100), the likest first.
    """

    __tablename__ = "draft_checks"

    id: Mapped[Key]
    session_id: Mapped[int | None] = reference("body_sessions.id")
    title: Mapped[LongText]
    language: Mapped[Language]
    reading: Mapped[JsonObject]
    alike: Mapped[JsonObject]
    received_at: Mapped[Moment] = mapped_column()
    received_by_id: Mapped[int] = reference("people.id")
