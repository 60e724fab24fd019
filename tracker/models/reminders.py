"""The ledger of everything that is to be sent, is being sent or was sent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, Key, LongText, Moment, UtcDateTime, choice, reference
from tracker.models.people import Person


class Delivery(StrEnum):
    """Where an occasion or a message stands on its way."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


class MailMessage(Base):
    """One mail to one person: a digest of occasions, an invitation or a sign-in link.

    A row left in ``sending`` by a crash is never sent again by itself (DESIGN.md section 8).
    ``message_id`` is the part of the Message-ID before the @, made from the occasion.
    """

    __tablename__ = "mail_messages"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    recipient_id: Mapped[int] = reference("people.id")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    subject: Mapped[LongText]
    # Empty on a digest until it is claimed, and again once a mail that carries a link is settled.
    plain: Mapped[LongText] = mapped_column(default="")
    html: Mapped[str | None] = mapped_column(Text)
    state: Mapped[Delivery] = mapped_column(choice(Delivery, "state"))
    created_at: Mapped[Moment]
    next_attempt_at: Mapped[Moment]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[LongText] = mapped_column(default="")
    recipient: Mapped[Person] = relationship(lazy="raise")
    notifications: Mapped[list["Notification"]] = relationship(
        back_populates="message", lazy="raise", order_by="Notification.id"
    )

    __table_args__ = (Index("ix_mail_messages_queue", "state", "next_attempt_at"),)


class Notification(Base):
    """One occasion for one person, planned once however often planning runs."""

    __tablename__ = "notifications"

    id: Mapped[Key]
    occasion: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    recipient_id: Mapped[int] = reference("people.id", index=False)
    report_id: Mapped[int | None] = reference("progress_reports.id")
    # Of what is about a mandate, also where no report on it is asked for.
    mandate_id: Mapped[int | None] = reference("mandates.id")
    # Of what is about an edition of the biennial report.
    edition_id: Mapped[int | None] = reference("report_editions.id")
    # Of what is about a person: an account that is to be closed, a signing post that nobody fills.
    about_id: Mapped[int | None] = reference("people.id")
    due_on: Mapped[date | None]
    state: Mapped[Delivery] = mapped_column(choice(Delivery, "state"))
    reason: Mapped[LongText] = mapped_column(default="")
    planned_at: Mapped[Moment]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = reference("mail_messages.id")
    message: Mapped[MailMessage | None] = relationship(back_populates="notifications", lazy="raise")

    __table_args__ = (
        UniqueConstraint("occasion", "recipient_id"),
        Index("ix_notifications_queue", "state", "recipient_id"),
    )
