"""What people ask and answer about a report, on the item itself."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.conversation import MessageKind
from tracker.models.base import Base, Key, LongText, Moment, choice, reference


class ReportMessage(Base):
    """A question, a request for more time, or the answer to one of them. Append-only.

    ``answers_id`` names the message that is settled by this one; ``wanted_on`` is the due date that
    is asked for or given.
    """

    __tablename__ = "report_messages"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id")
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind, "kind"))
    text: Mapped[LongText]
    wanted_on: Mapped[date | None]
    answers_id: Mapped[int | None] = reference("report_messages.id")
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        CheckConstraint(
            "(kind IN ('question', 'more_time_asked')) = (answers_id IS NULL)",
            name="answers_what_was_asked",
        ),
        CheckConstraint(
            "(kind IN ('more_time_asked', 'more_time_given')) = (wanted_on IS NOT NULL)",
            name="time_has_date",
        ),
    )
