"""Requests of coordinators: whom they asked for which reports, besides what the rules remind of."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.models.base import Base, Key, Moment, reference


class ReminderRequest(Base):
    """One time somebody asked for reports. Append-only."""

    __tablename__ = "reminder_requests"

    id: Mapped[Key]
    requested_at: Mapped[Moment]
    requested_by_id: Mapped[int] = reference("people.id")


class ReminderRequestItem(Base):
    """A report that a request is about, and who of those who answer for it was asked. Append-only.

    While the person is away, whoever stands in for them is told.
    """

    __tablename__ = "reminder_request_items"

    id: Mapped[Key]
    request_id: Mapped[int] = reference("reminder_requests.id", index=False)
    report_id: Mapped[int] = reference("progress_reports.id")
    person_id: Mapped[int] = reference("people.id")

    __table_args__ = (UniqueConstraint("request_id", "report_id", "person_id"),)
