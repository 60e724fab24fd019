"""Subjects of mandates and activities, as people decided about them."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.base import Base, Key, Moment, choice, reference


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
