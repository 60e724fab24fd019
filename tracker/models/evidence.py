"""Evidence on progress reports: files by digest, and links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.links import LinkProblem
from tracker.models.base import Base, Key, Moment, ShortText, UtcDateTime, choice, reference


class Evidence(Base):
    """One file (``digest``, ``media_type``, ``size`` in bytes) or one link (``address``).

    What was taken away stays with the moment of it, since somebody may have decided on it.
    """

    __tablename__ = "evidence"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id")
    name: Mapped[ShortText]
    digest: Mapped[str | None] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(String(1000), default="")
    added_at: Mapped[Moment]
    added_by_id: Mapped[int] = reference("people.id")
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("(digest IS NOT NULL) <> (address <> '')", name="file_or_link"),
    )


class LinkCheck(Base):
    """What the machine found when it last looked at a link; ``dead_since`` once people are told."""

    __tablename__ = "link_checks"

    id: Mapped[Key]
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="RESTRICT"), unique=True
    )
    checked_at: Mapped[Moment]
    next_check_at: Mapped[Moment]
    problem: Mapped[LinkProblem | None] = mapped_column(choice(LinkProblem, "problem"))
    failure_count: Mapped[int] = mapped_column(default=0)
    dead_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
