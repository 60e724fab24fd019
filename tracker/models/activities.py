"""Activities that carry mandates out, with their quantities by calendar year."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.activities import Deliverable, PartnerKind, PartnerPart
from tracker.domain.mandates import Sensitivity
from tracker.models.base import (
    Base,
    Day,
    Key,
    Language,
    LongText,
    Moment,
    ShortText,
    Versioned,
    choice,
    reference,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit


class Activity(Versioned, Base):
    """A project, meeting, publication, mission ...: one line of the programme of work."""

    __tablename__ = "activities"

    id: Mapped[Key]
    deliverable: Mapped[Deliverable] = mapped_column(choice(Deliverable, "deliverable"))
    title: Mapped[str] = mapped_column(String(400))
    description: Mapped[LongText]
    language: Mapped[Language]
    unit_id: Mapped[int] = reference("organizational_units.id")
    subprogramme_id: Mapped[int | None] = reference("subprogrammes.id")
    starts_on: Mapped[Day]
    ends_on: Mapped[date | None]
    sensitivity: Mapped[Sensitivity] = mapped_column(
        choice(Sensitivity, "sensitivity"), default=Sensitivity.UNCLASSIFIED
    )
    created_at: Mapped[Moment]
    created_by_id: Mapped[int] = reference("people.id")
    unit: Mapped[OrganizationalUnit] = relationship(lazy="raise")
    quantities: Mapped[list["ActivityQuantity"]] = relationship(
        lazy="raise", order_by="ActivityQuantity.year", cascade="all, delete-orphan"
    )
    countries: Mapped[list["ActivityCountry"]] = relationship(
        lazy="raise", order_by="ActivityCountry.country", cascade="all, delete-orphan"
    )
    partners: Mapped[list["ActivityPartner"]] = relationship(
        lazy="raise", order_by="ActivityPartner.id", cascade="all, delete-orphan"
    )
    links: Mapped[list["ActivityLink"]] = relationship(
        back_populates="activity", lazy="raise", order_by="ActivityLink.mandate_id"
    )

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class ActivityQuantity(Base):
    """What was planned and what was done in one calendar year, in the deliverable's measure."""

    __tablename__ = "activity_quantities"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True)
    planned: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    actual: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))

    __table_args__ = (
        CheckConstraint("planned >= 0 AND actual >= 0", name="not_negative"),
        CheckConstraint("year BETWEEN 1945 AND 2200", name="year_of_the_organization"),
    )


class ActivityCountry(Base):
    """A country in which, or with which, an activity took place, by its ISO 3166 alpha-3 code."""

    __tablename__ = "activity_countries"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True
    )
    country: Mapped[str] = mapped_column(String(3), primary_key=True)


class ActivityPartner(Base):
    """Somebody who takes part in an activity or pays for it."""

    __tablename__ = "activity_partners"

    id: Mapped[Key]
    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[ShortText]
    kind: Mapped[PartnerKind] = mapped_column(choice(PartnerKind, "kind"))
    part: Mapped[PartnerPart] = mapped_column(choice(PartnerPart, "part"))


class ActivityLink(Base):
    """An activity carries out a mandate, with a sentence on how it contributes."""

    __tablename__ = "activity_links"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activities.id", ondelete="RESTRICT"), primary_key=True
    )
    mandate_id: Mapped[int] = mapped_column(
        ForeignKey("mandates.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    contribution: Mapped[LongText]
    linked_at: Mapped[Moment]
    linked_by_id: Mapped[int] = reference("people.id")
    activity: Mapped[Activity] = relationship(back_populates="links", lazy="raise")
    mandate: Mapped[Mandate] = relationship(lazy="raise")
