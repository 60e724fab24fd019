"""The sentences of mails that a house words itself."""

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Language, Moment, reference


class OwnMailText(Base):
    """A sentence of mails in one language, from a moment on. Append-only.

    ``text`` is None where our words stand again; the newest row of a key, by ``number``, holds.
    """

    __tablename__ = "mail_texts"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(60))
    language: Mapped[Language]
    number: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        # Of two people who save at once one is told that the other was faster.
        UniqueConstraint("key", "language", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
    )
