"""Lines of the programme budget's deliverables table, with their figures by calendar year."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.activities import Category, Deliverable
from tracker.domain.deliverables import LineKind
from tracker.models.base import Base, Key, Language, LongText, Versioned, choice, reference


class DeliverableLine(Versioned, Base):
    """A planned deliverable, a control total, a heading or a narrative of the programme budget.

    Without a subprogramme it is of the whole programme. Number and position are those of the last
    budget that was taken.
    """

    __tablename__ = "deliverable_lines"

    id: Mapped[Key]
    kind: Mapped[LineKind] = mapped_column(choice(LineKind, "kind"))
    subprogramme_id: Mapped[int | None] = reference("subprogrammes.id")
    category: Mapped[Category] = mapped_column(choice(Category, "category"))
    deliverable: Mapped[Deliverable | None] = mapped_column(choice(Deliverable, "deliverable"))
    number: Mapped[int | None]
    text: Mapped[LongText]
    language: Mapped[Language]
    position: Mapped[int]
    figures: Mapped[list["DeliverableFigure"]] = relationship(
        lazy="raise", order_by="DeliverableFigure.year", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint(
            "(kind IN ('deliverable', 'total')) = (deliverable IS NOT NULL)",
            name="counted_by_its_sort",
        ),
        Index("ix_deliverable_lines_category_position", "category", "position"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class DeliverableFigure(Base):
    """What the programme budget prints for one calendar year; none is 0, not told is NULL."""

    __tablename__ = "deliverable_figures"

    line_id: Mapped[int] = mapped_column(
        ForeignKey("deliverable_lines.id", ondelete="CASCADE"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True)
    planned: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    actual: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))

    __table_args__ = (CheckConstraint("planned >= 0 AND actual >= 0", name="not_negative"),)
