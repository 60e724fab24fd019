"""The audit trail: who did what when, with the values before and after."""

from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Moment, reference


class AuditEntry(Base):
    """One change by a person, or (no actor) by the system itself. Append-only, never purged."""

    __tablename__ = "audit_entries"

    id: Mapped[Key]
    happened_at: Mapped[Moment]
    actor_id: Mapped[int | None] = reference("people.id")
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = (Index("ix_audit_entries_subject", "subject_kind", "subject_id", "id"),)
