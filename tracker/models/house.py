"""The house itself: what its administrators say about it, in one row."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Key, UtcDateTime, Versioned

THE_ROW = 1


class House(Versioned, Base):
    """The entity whose mandates these are, its languages, and how its backups are made.

    What is not said here is as the settings say. There is one row, made when it is first needed.
    """

    __tablename__ = "house"

    id: Mapped[Key]
    entity_name: Mapped[str | None] = mapped_column(String(200))
    # By language, those beside the one that goes everywhere else.
    entity_names: Mapped[dict[str, str]] = mapped_column(JSON)
    entity_aliases: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    backup: Mapped[str | None] = mapped_column(Text)
    # When the state was saved by the program itself; what others save it cannot see.
    backed_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint(f"id = {THE_ROW}", name="one_row"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form
