"""The sheets that were handed out: with which texts, and those that came back and wait."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Key, Language, Moment, UtcDateTime, reference
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ReportingPeriod


class HandedSheet(Base):
    """One sheet of a unit as it was made; ``items`` hold, by place, report, citation and text.

    ``waiting_digest`` is the file of one that came by mail and could not be taken whole, kept until
    its sender (``waiting_for_id``) has looked at it.
    """

    __tablename__ = "unit_sheets"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    unit_id: Mapped[int] = reference("organizational_units.id")
    period_id: Mapped[int] = reference("reporting_periods.id")
    language: Mapped[Language]
    items: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = reference("people.id")
    waiting_digest: Mapped[str | None] = mapped_column(String(64))
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting_for_id: Mapped[int | None] = reference("people.id")
    unit: Mapped[OrganizationalUnit] = relationship(lazy="raise")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise")
    made_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[made_by_id])
