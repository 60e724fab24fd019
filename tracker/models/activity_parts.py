"""What is told about an activity in rows: countries, people, money, documents and the like."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.activities import (
    CountryPart,
    DocumentKind,
    FrameworkKind,
    FundSource,
    PartnerKind,
    PartnerPart,
)
from tracker.models.base import Base, Key, LongText, ShortText, choice


def of_activity() -> Mapped[int]:
    """Return the column that says to which activity a row belongs; it goes with its activity."""
    return mapped_column(ForeignKey("activities.id", ondelete="CASCADE"), index=True)


class ActivityCountry(Base):
    """A country and what it has to do with an activity, by its ISO 3166 alpha-3 code."""

    __tablename__ = "activity_countries"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    country: Mapped[str] = mapped_column(String(3), primary_key=True)
    part: Mapped[CountryPart] = mapped_column(
        choice(CountryPart, "part"), primary_key=True, default=CountryPart.CONCERNED
    )


class ActivityPartner(Base):
    """Somebody who takes part in an activity or pays for it."""

    __tablename__ = "activity_partners"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    name: Mapped[ShortText]
    kind: Mapped[PartnerKind] = mapped_column(choice(PartnerKind, "kind"))
    part: Mapped[PartnerPart] = mapped_column(choice(PartnerPart, "part"))


class ActivityAttendance(Base):
    """How many people of an institution, a country or both took part; or at least so many."""

    __tablename__ = "activity_attendances"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    count: Mapped[int]
    institution: Mapped[ShortText]
    country: Mapped[str | None] = mapped_column(String(3))
    is_at_least: Mapped[bool]

    __table_args__ = (CheckConstraint("count >= 1", name="somebody"),)


class ActivityFund(Base):
    """Money for an activity from one source, in United States dollars."""

    __tablename__ = "activity_funds"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    source: Mapped[FundSource] = mapped_column(choice(FundSource, "source"))
    donor: Mapped[ShortText]
    budget: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    expenditure: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))

    __table_args__ = (CheckConstraint("budget >= 0 AND expenditure >= 0", name="not_negative"),)


class DocumentOfActivity(Base):
    """A document of an activity, or an instrument that it led to."""

    __tablename__ = "activity_documents"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    title: Mapped[str] = mapped_column(String(400))
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind, "kind"))
    symbol: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(500))


class ActivityModule(Base):
    """A part of a project, with its own results."""

    __tablename__ = "activity_modules"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    title: Mapped[str] = mapped_column(String(400))
    results: Mapped[LongText]


class ActivityRequest(Base):
    """What a Government asked for, and what it was answered."""

    __tablename__ = "activity_requests"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    requested_on: Mapped[date] = mapped_column(Date)
    country: Mapped[str] = mapped_column(String(3))
    request: Mapped[LongText]
    response: Mapped[LongText]


class ActivityFramework(Base):
    """An agreement, a preparatory process or a network that an activity belongs to."""

    __tablename__ = "activity_frameworks"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    kind: Mapped[FrameworkKind] = mapped_column(choice(FrameworkKind, "kind"))
    name: Mapped[ShortText]


class ActivityAdopter(Base):
    """Somebody who adopted an activity as a good practice."""

    __tablename__ = "activity_adopters"

    id: Mapped[Key]
    activity_id: Mapped[int] = of_activity()
    name: Mapped[ShortText]
