"""Editions of adopted texts: each took the place of an earlier one, which stays to be read."""

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.clauses import BlockKind
from tracker.domain.corrected_editions import Fate
from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    ShortText,
    choice,
    reference,
)


class TextEdition(Base):
    """A text of an instrument that took the place of an earlier one in its language. Append-only.

    ``label`` says what it is as people cite it: "E/2024/42/Corr.1", "the signed text".
    """

    __tablename__ = "text_editions"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id")
    language: Mapped[Language]
    label: Mapped[ShortText]
    before_title: Mapped[LongText]
    after_title: Mapped[LongText]
    before_file_id: Mapped[int | None] = reference("source_files.id")
    after_file_id: Mapped[int] = reference("source_files.id")
    taken_at: Mapped[Moment]
    taken_by_id: Mapped[int | None] = reference("people.id")
    clauses: Mapped[list["EditionClause"]] = relationship(
        back_populates="edition", lazy="raise", order_by="EditionClause.id"
    )


class EditionClause(Base):
    """One paragraph as it stood before an edition and as it stood with it. Append-only.

    The side on which it did not stand is empty: before for one that was added, after for one that
    was dropped. The rows of an edition hold the whole of both texts.
    """

    __tablename__ = "edition_clauses"

    id: Mapped[Key]
    edition_id: Mapped[int] = reference("text_editions.id", index=False)
    clause_id: Mapped[int] = reference("clauses.id")
    fate: Mapped[Fate] = mapped_column(choice(Fate, "fate"))
    kind: Mapped[BlockKind] = mapped_column(choice(BlockKind, "kind"))
    before_position: Mapped[int | None]
    before_number: Mapped[str | None] = mapped_column(String(40))
    before_path: Mapped[str | None] = mapped_column(String(80))
    before_text: Mapped[str | None] = mapped_column(Text)
    after_position: Mapped[int | None]
    after_path: Mapped[str | None] = mapped_column(String(80))
    after_text: Mapped[str | None] = mapped_column(Text)
    edition: Mapped[TextEdition] = relationship(back_populates="clauses", lazy="raise")

    __table_args__ = (
        UniqueConstraint("edition_id", "clause_id"),
        CheckConstraint(
            "(before_position IS NULL) = (before_text IS NULL)", name="before_is_whole"
        ),
        CheckConstraint("(after_position IS NULL) = (after_text IS NULL)", name="after_is_whole"),
        CheckConstraint("before_text IS NOT NULL OR after_text IS NOT NULL", name="stood_once"),
    )
