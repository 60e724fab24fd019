"""Mail that came in: what it was and what became of it."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.received_mail import Outcome
from tracker.models.base import Base, Key, LongText, Moment, choice, reference


class ReceivedMail(Base):
    """One mail that was received; the mail itself is kept unchanged under its digest.

    ``message_id`` is the sender's own, by which a mail that comes twice is known.
    """

    __tablename__ = "received_mails"

    id: Mapped[Key]
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    sender: Mapped[str] = mapped_column(String(320))
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome, "outcome"))
    note: Mapped[LongText] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(String(64))
    answers_id: Mapped[int | None] = reference("mail_messages.id")
    received_at: Mapped[Moment]
