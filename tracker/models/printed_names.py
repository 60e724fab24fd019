"""Names that people wrote and documents print, in further languages."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Language, LongText, Moment, reference


class PrintedName(Base):
    """A name (of a partner, a donor, a document) in a further language, as translators gave it.

    ``digest`` is that of the name in the language that it was written in, by which it is found
    wherever it stands.
    """

    __tablename__ = "printed_names"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64))
    source_language: Mapped[Language]
    language: Mapped[Language]
    source: Mapped[LongText]
    text: Mapped[LongText]
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (UniqueConstraint("digest", "source_language", "language"),)
