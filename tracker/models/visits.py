"""When people were on a page last, so that it can tell what is new."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Moment, UtcDateTime, reference


class ComplianceVisit(Base):
    """When a person looked at compliance last, and the last time before that visit."""

    __tablename__ = "compliance_visits"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("people.id", index=False)
    visited_at: Mapped[Moment]
    visited_before: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("person_id"),)
