"""What search looks through: one row a record and language, and the words that occur."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.mandates import Sensitivity
from tracker.domain.search import SearchKind
from tracker.models.base import Base, Key, Language, LongText, choice


class SearchEntry(Base):
    """One record in one language as search sees it, made anew whenever the record changes.

    ``subject_id`` is the key of the resolution, the clause (for a mandate), the activity, the
    progress report, the progress entry, the edition (for a document) or the person. ``mandate_id``
    and ``instrument_id`` name the mandate that it is or speaks of, and where that comes from. The
    stems are those of title and text: the database's own index is over these (migration 0005).
    """

    __tablename__ = "search_entries"

    id: Mapped[Key]
    kind: Mapped[SearchKind] = mapped_column(choice(SearchKind, "kind"))
    subject_id: Mapped[int]
    language: Mapped[Language]
    title: Mapped[LongText]
    text: Mapped[LongText]
    title_stems: Mapped[LongText]
    text_stems: Mapped[LongText]
    sensitivity: Mapped[Sensitivity] = mapped_column(
        choice(Sensitivity, "sensitivity"), default=Sensitivity.UNCLASSIFIED
    )
    unit_id: Mapped[int | None]
    body_id: Mapped[int | None]
    mandate_id: Mapped[int | None]
    instrument_id: Mapped[int | None]
    year: Mapped[int | None]

    __table_args__ = (UniqueConstraint("kind", "subject_id", "language"),)


class SearchWord(Base):
    """A word that occurs in what search looks through: without accents, and its stem."""

    __tablename__ = "search_words"

    id: Mapped[Key]
    word: Mapped[str] = mapped_column(String(60))
    stem: Mapped[str] = mapped_column(String(60))

    __table_args__ = (UniqueConstraint("word", "stem"),)
