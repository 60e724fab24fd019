"""Hand-overs of a person's open work, and the pack that each successor was given."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.handovers import Closing
from tracker.models.base import Base, Key, Language, Moment, choice, reference
from tracker.models.people import Person


class Handover(Base):
    """One hand-over: whose work it was, who handed it over and whether the person left.

    ``closing`` is there where the account is left to the administrators.
    """

    __tablename__ = "handovers"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("people.id")
    handed_at: Mapped[Moment]
    handed_by_id: Mapped[int] = reference("people.id", index=False)
    has_left: Mapped[bool]
    closing: Mapped[Closing | None] = mapped_column(choice(Closing, "closing"))
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    packs: Mapped[list["HandoverPack"]] = relationship(
        back_populates="handover", lazy="raise", order_by="HandoverPack.id"
    )


class HandoverPack(Base):
    """What one successor took, as the PDF under ``digest`` tells it in their language."""

    __tablename__ = "handover_packs"

    id: Mapped[Key]
    handover_id: Mapped[int] = reference("handovers.id")
    successor_id: Mapped[int] = reference("people.id")
    language: Mapped[Language]
    digest: Mapped[str] = mapped_column(String(64))
    item_count: Mapped[int]
    handover: Mapped[Handover] = relationship(back_populates="packs", lazy="raise")
    successor: Mapped[Person] = relationship(lazy="raise")
