"""Requests and offers of cooperation, and networks with their members."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.activities import PartnerKind
from tracker.domain.cooperation import NoticeKind
from tracker.models.base import (
    Base,
    Day,
    Key,
    LongText,
    Moment,
    ShortText,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)


class CooperationNotice(Versioned, Base):
    """What a Government or an institution asks for or offers; closed when somebody says why.

    ``activity_id`` is the activity that it was followed to.
    """

    __tablename__ = "cooperation_notices"

    id: Mapped[Key]
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind, "kind"))
    party: Mapped[ShortText]
    party_kind: Mapped[PartnerKind] = mapped_column(choice(PartnerKind, "party_kind"))
    country: Mapped[str | None] = mapped_column(String(3), index=True)
    title: Mapped[str] = mapped_column(String(400))
    sector: Mapped[ShortText]
    words: Mapped[ShortText]
    agreement: Mapped[ShortText]
    detail: Mapped[LongText]
    received_on: Mapped[Day]
    valid_to: Mapped[date | None]
    activity_id: Mapped[int | None] = reference("activities.id")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_because: Mapped[LongText] = mapped_column(default="")
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)

    __table_args__ = (CheckConstraint("valid_to >= received_on", name="valid_to_after_received"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class Network(Versioned, Base):
    """A network of institutions; what was done with it is told by activities that name it."""

    __tablename__ = "networks"

    id: Mapped[Key]
    name: Mapped[ShortText] = mapped_column(unique=True)
    purpose: Mapped[LongText]
    entered_at: Mapped[Moment]
    entered_by_id: Mapped[int] = reference("people.id", index=False)
    members: Mapped[list["NetworkMember"]] = relationship(
        lazy="raise", order_by="NetworkMember.name", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class NetworkMember(Base):
    """An institution that is a member of a network."""

    __tablename__ = "network_members"

    id: Mapped[Key]
    network_id: Mapped[int] = mapped_column(
        ForeignKey("networks.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[ShortText]
    country: Mapped[str | None] = mapped_column(String(3))
