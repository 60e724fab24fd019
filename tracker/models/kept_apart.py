"""What looks alike and is not the same, as a person decided."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.radar import Alike
from tracker.models.base import Base, Key, Moment, choice, reference


class KeptApart(Base):
    """Two mandates, or two activities, that are no duplicates of one another. Append-only.

    ``first_id`` and ``second_id`` are their ids, the smaller one first.
    """

    __tablename__ = "kept_apart"

    id: Mapped[Key]
    kind: Mapped[Alike] = mapped_column(choice(Alike, "kind"))
    first_id: Mapped[int]
    second_id: Mapped[int]
    decided_at: Mapped[Moment]
    decided_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        UniqueConstraint("kind", "first_id", "second_id"),
    )
