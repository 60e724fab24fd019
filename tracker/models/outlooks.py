"""The mails to come of a large house, as they were worked out last."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, JsonObject, Key, Moment, reference


class Outlook(Base):
    """That the mails to come were worked out at a moment, for the days until another.

    A newer one takes its place.
    """

    __tablename__ = "outlooks"

    id: Mapped[Key]
    worked_out_at: Mapped[Moment]
    reaches_until: Mapped[Moment]


class OutlookMail(Base):
    """A mail to come: when, to whom, and how many reports of each kind it tells of."""

    __tablename__ = "outlook_mails"

    id: Mapped[Key]
    outlook_id: Mapped[int] = mapped_column(ForeignKey("outlooks.id", ondelete="CASCADE"))
    goes_out_at: Mapped[Moment]
    recipient_id: Mapped[int] = reference("people.id")
    counts: Mapped[JsonObject]

    __table_args__ = (Index("ix_outlook_mails_in_order", "outlook_id", "goes_out_at", "id"),)
