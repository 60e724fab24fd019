"""When people want their digests, and the holidays of the places they work at."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Day, Key, Moment, ShortText, Versioned, reference


class DutyStation(Versioned, Base):
    """A place where people work; its holidays are theirs.

    Those of the seat, one at most, count in the plan of a reporting period.
    """

    __tablename__ = "duty_stations"

    id: Mapped[Key]
    name: Mapped[ShortText] = mapped_column(unique=True)
    is_seat: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index(
            "ix_duty_stations_seat",
            "is_seat",
            unique=True,
            sqlite_where=text("is_seat"),
            postgresql_where=text("is_seat"),
        ),
    )


class Holiday(Base):
    """A day on which nobody at a duty station works."""

    __tablename__ = "holidays"

    id: Mapped[Key]
    duty_station_id: Mapped[int] = reference("duty_stations.id", index=False)
    day: Mapped[Day]
    name: Mapped[ShortText]

    __table_args__ = (UniqueConstraint("duty_station_id", "day"),)


class DigestChoice(Base):
    """What a person chose; who chose nothing has no row. ``weekdays`` are digits, Monday 0."""

    __tablename__ = "digest_choices"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="RESTRICT"), primary_key=True
    )
    hour: Mapped[int]
    weekdays: Mapped[str] = mapped_column(String(7))
    duty_station_id: Mapped[int | None] = reference("duty_stations.id")

    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_a_day"),)


class DigestMark(Base):
    """Until when digests were collected: the one row that the next collection goes on from."""

    __tablename__ = "digest_marks"

    id: Mapped[Key]
    collected_at: Mapped[Moment]
