"""Subject words that a house keeps, and subjects of records, as people decided about them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.subject_words import LONGEST_NAME
from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)


class SubjectWord(Versioned, Base):
    """A word by which a house sorts its records: for texts of a body, or (without one) of all.

    A word that is retired is proposed no more; what was said with it stays. One that was merged
    into another is retired for good.
    """

    __tablename__ = "subject_words"

    id: Mapped[Key]
    body_id: Mapped[int | None] = reference("bodies.id")
    broader_id: Mapped[int | None] = reference("subject_words.id")
    merged_into_id: Mapped[int | None] = reference("subject_words.id")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)
    wordings: Mapped[list["SubjectWording"]] = relationship(
        lazy="raise", order_by="SubjectWording.language", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("merged_into_id IS NULL OR retired_at IS NOT NULL", name="merged_is_over"),
        CheckConstraint("merged_into_id <> id AND broader_id <> id", name="of_another"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class SubjectWording(Base):
    """What a subject word is called in a language, and by which terms texts propose it.

    The terms stand parted by commas; the name is a term by itself.
    """

    __tablename__ = "subject_wordings"

    id: Mapped[Key]
    word_id: Mapped[int] = mapped_column(ForeignKey("subject_words.id", ondelete="CASCADE"))
    language: Mapped[Language]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    terms: Mapped[LongText]

    __table_args__ = (UniqueConstraint("word_id", "language"),)


class SubjectMark(Base):
    """What a person decided about one subject of a mandate or an activity; the last word holds.

    ``words`` are those of the text that the proposal stood on, "" where there was none. Countries
    of activities are rows of the activity itself. What was decided before is in the audit trail.
    """

    __tablename__ = "subject_marks"

    id: Mapped[Key]
    mandate_id: Mapped[int | None] = reference("mandates.id", index=False)
    activity_id: Mapped[int | None] = reference("activities.id", index=False)
    kind: Mapped[SubjectKind] = mapped_column(choice(SubjectKind, "kind"))
    key: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(String(200))
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "verdict"))
    decided_at: Mapped[Moment]
    decided_by_id: Mapped[int] = reference("people.id", index=False)

    __table_args__ = (
        UniqueConstraint("mandate_id", "kind", "key"),
        UniqueConstraint("activity_id", "kind", "key"),
        CheckConstraint("(mandate_id IS NULL) <> (activity_id IS NULL)", name="of_one_record"),
        Index("ix_subject_marks_subject", "kind", "key", "verdict"),
    )
