"""Counts of reports that are kept, since all reports of a period take long to count."""

from datetime import date, datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, UtcDateTime


class KeptCount(Base):
    """How many reports more, or fewer, count as something.

    ``count`` is added up over rows. A row counts for each thing that it names: the resolution, the
    unit, the day (UTC) of the first text. ``counted_as`` is that of a report; none stands for all
    but waived. ``waiting_unit_id`` is the unit of reports that wait for an answer: it counts those
    overdue from ``overdue_at`` on, of which ``has_answer`` says whether they had one of any kind
    this period. Triggers add a row for each change of a report, so that nobody waits for anybody
    who writes; a job adds up what they have written.
    """

    __tablename__ = "kept_counts"

    id: Mapped[Key]
    period_id: Mapped[int]
    instrument_id: Mapped[int | None]
    unit_id: Mapped[int | None]
    first_text_on: Mapped[date | None]
    counted_as: Mapped[str | None] = mapped_column(String(20))
    waiting_unit_id: Mapped[int | None]
    overdue_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    has_answer: Mapped[bool | None]
    count: Mapped[int]

    __table_args__ = (
        Index(
            "ix_kept_counts_rows",
            "period_id",
            "unit_id",
            "first_text_on",
            "instrument_id",
            "counted_as",
            "count",
        ),
        Index(
            "ix_kept_counts_waiting",
            "period_id",
            "waiting_unit_id",
            "overdue_at",
            "has_answer",
            "count",
            sqlite_where=text("waiting_unit_id IS NOT NULL"),
            postgresql_where=text("waiting_unit_id IS NOT NULL"),
        ),
    )
