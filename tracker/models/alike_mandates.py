"""Mandates that ask much the same, as a job found them by their words."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, Moment


class AlikeMandate(Base):
    """Two mandates whose clauses ask much the same: how alike, of 100, and in which words.

    ``first_id`` is the smaller id. Found anew whenever one of the two is compared again.
    """

    __tablename__ = "alike_mandates"

    id: Mapped[Key]
    first_id: Mapped[int] = mapped_column(ForeignKey("mandates.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(
        ForeignKey("mandates.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int]
    words: Mapped[str] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        UniqueConstraint("first_id", "second_id"),
    )


class ComparedMandate(Base):
    """When a mandate was compared with all others last."""

    __tablename__ = "compared_mandates"

    mandate_id: Mapped[int] = mapped_column(
        ForeignKey("mandates.id", ondelete="CASCADE"), primary_key=True
    )
    compared_at: Mapped[Moment] = mapped_column(index=True)
