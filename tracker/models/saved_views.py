"""Views of lists that people keep under a name."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.saved_views import ListKey, Sharing
from tracker.models.base import Base, Key, LongText, Moment, Versioned, choice, reference


class SavedView(Versioned, Base):
    """A list as somebody narrowed and ordered it; ``filter`` is the end of its address.

    It shows each reader what they may see: nothing of the rows is kept.
    """

    __tablename__ = "saved_views"

    id: Mapped[Key]
    owner_id: Mapped[int] = reference("people.id", index=False)
    list: Mapped[ListKey] = mapped_column(choice(ListKey, "list"))
    name: Mapped[str] = mapped_column(String(80))
    filter: Mapped[LongText]
    sharing: Mapped[Sharing] = mapped_column(choice(Sharing, "sharing"), default=Sharing.NOBODY)
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    kept_at: Mapped[Moment]

    __table_args__ = (
        UniqueConstraint("owner_id", "list", "name"),
        CheckConstraint("(sharing = 'unit') = (unit_id IS NOT NULL)", name="unit_where_shared"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form
