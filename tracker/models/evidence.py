"""Evidence on progress reports: files by digest, and links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Moment, ShortText, UtcDateTime, reference


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
