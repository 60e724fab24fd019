"""Activities that carry mandates out, with their quantities by calendar year."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.activities import Deliverable, Modality
from tracker.domain.mandates import Sensitivity
from tracker.models.activity_parts import (
    ActivityAdopter,
    ActivityAttendance,
    ActivityCountry,
    ActivityFramework,
    ActivityFund,
    ActivityModule,
    ActivityPartner,
    ActivityRequest,
    DocumentOfActivity,
)
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
    line_id: Mapped[int | None] = reference("deliverable_lines.id")
    starts_on: Mapped[Day]
    ends_on: Mapped[date | None]
    sensitivity: Mapped[Sensitivity] = mapped_column(
        choice(Sensitivity, "sensitivity"), default=Sensitivity.UNCLASSIFIED
    )
    modality: Mapped[Modality | None] = mapped_column(choice(Modality, "modality"))
    sector: Mapped[ShortText] = mapped_column(default="", server_default=text("''"))
    priority_of: Mapped[ShortText] = mapped_column(default="", server_default=text("''"))
    is_good_practice: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[Moment]
    created_by_id: Mapped[int] = reference("people.id")
    unit: Mapped[OrganizationalUnit] = relationship(lazy="raise")
    quantities: Mapped[list["ActivityQuantity"]] = relationship(
        lazy="raise", order_by="ActivityQuantity.year", cascade="all, delete-orphan"
    )
    countries: Mapped[list[ActivityCountry]] = relationship(
        lazy="raise", order_by=ActivityCountry.country, cascade="all, delete-orphan"
    )
    partners: Mapped[list[ActivityPartner]] = relationship(
        lazy="raise", order_by=ActivityPartner.id, cascade="all, delete-orphan"
    )
    attendance: Mapped[list[ActivityAttendance]] = relationship(
        lazy="raise", order_by=ActivityAttendance.id, cascade="all, delete-orphan"
    )
    funds: Mapped[list[ActivityFund]] = relationship(
        lazy="raise", order_by=ActivityFund.id, cascade="all, delete-orphan"
    )
    documents: Mapped[list[DocumentOfActivity]] = relationship(
        lazy="raise", order_by=DocumentOfActivity.id, cascade="all, delete-orphan"
    )
    modules: Mapped[list[ActivityModule]] = relationship(
        lazy="raise", order_by=ActivityModule.id, cascade="all, delete-orphan"
    )
    requests: Mapped[list[ActivityRequest]] = relationship(
        lazy="raise", order_by=ActivityRequest.id, cascade="all, delete-orphan"
    )
    frameworks: Mapped[list[ActivityFramework]] = relationship(
        lazy="raise", order_by=ActivityFramework.id, cascade="all, delete-orphan"
    )
    adopters: Mapped[list[ActivityAdopter]] = relationship(
        lazy="raise", order_by=ActivityAdopter.id, cascade="all, delete-orphan"
    )
    links: Mapped[list["ActivityLink"]] = relationship(
        back_populates="activity", lazy="raise", order_by="ActivityLink.mandate_id"
    )

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        # Lists are sorted so.
        Index("ix_activities_by_title", "title", "id"),
        Index("ix_activities_by_start", "starts_on", "title", "id"),
        # Few are: what a reader may not see is taken off the count of all.
        Index(
            "ix_activities_confidential",
            "unit_id",
            sqlite_where=text("sensitivity = 'confidential'"),
            postgresql_where=text("sensitivity = 'confidential'"),
        ),
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
