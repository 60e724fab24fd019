"""Mandates, who answers for them, and the single asks inside them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.assignments import Acceptance
from tracker.domain.findings import Decision, FindingField
from tracker.domain.mandates import (
    ConcernsUs,
    Implementation,
    Lifecycle,
    Nature,
    Periodicity,
    Sensitivity,
)
from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)
from tracker.models.instruments import Clause, Instrument
from tracker.models.people import OrganizationalUnit, Person


class Mandate(Versioned, Base):
    """An operative clause that somebody answers for.

    ``nature``, ``concerns_us`` and ``addressee`` are proposals until ``confirmed_at`` is set;
    ``requires_action`` is unknown (None) until then. The lead unit and the focal point are those of
    the newest row of ``assignments``, held here for lists. ``needs_look`` says that the words of
    the clause were corrected since a person confirmed it.
    """

    __tablename__ = "mandates"

    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(
        ForeignKey("clauses.id", ondelete="RESTRICT"), unique=True
    )
    instrument_id: Mapped[int] = reference("instruments.id")
    action_verb: Mapped[str | None] = mapped_column(String(120))
    addressee: Mapped[str | None] = mapped_column(String(400))
    occasion: Mapped[str | None] = mapped_column(String(400))
    nature: Mapped[Nature] = mapped_column(choice(Nature, "nature"))
    periodicity: Mapped[Periodicity | None] = mapped_column(choice(Periodicity, "periodicity"))
    concerns_us: Mapped[ConcernsUs | None] = mapped_column(choice(ConcernsUs, "concerns_us"))
    is_proposed_for_action: Mapped[bool]
    requires_action: Mapped[bool | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = reference("people.id")
    needs_look: Mapped[bool] = mapped_column(default=False, server_default=false())
    lifecycle: Mapped[Lifecycle] = mapped_column(
        choice(Lifecycle, "lifecycle"), default=Lifecycle.ACTIVE
    )
    lifecycle_source: Mapped[str | None] = mapped_column(String(400))
    sensitivity: Mapped[Sensitivity] = mapped_column(
        choice(Sensitivity, "sensitivity"), default=Sensitivity.UNCLASSIFIED
    )
    subprogramme_id: Mapped[int | None] = reference("subprogrammes.id")
    lead_unit_id: Mapped[int | None] = reference("organizational_units.id")
    focal_point_id: Mapped[int | None] = reference("people.id")
    deputy_id: Mapped[int | None] = reference("people.id", index=False)
    joint_lead: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    acceptance: Mapped[Acceptance | None] = mapped_column(choice(Acceptance, "acceptance"))
    due_on: Mapped[date | None]
    clause: Mapped[Clause] = relationship(lazy="raise")
    instrument: Mapped[Instrument] = relationship(lazy="raise")
    lead_unit: Mapped[OrganizationalUnit | None] = relationship(lazy="raise")
    focal_point: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys="Mandate.focal_point_id"
    )

    __table_args__ = (
        CheckConstraint(
            "(requires_action IS NULL) = (confirmed_at IS NULL)", name="confirmed_with_moment"
        ),
        CheckConstraint(
            "lifecycle = 'active' OR lifecycle_source IS NOT NULL", name="lifecycle_has_source"
        ),
        Index("ix_mandates_asked", "requires_action", "lifecycle", "lead_unit_id"),
        Index("ix_mandates_nature", "nature", "lead_unit_id"),
        Index("ix_mandates_acceptance", "acceptance", "requires_action", "lifecycle"),
        # Of few: with all others in it, SQLite's planner takes one value to be a third of all.
        Index(
            "ix_mandates_deputy_id",
            "deputy_id",
            sqlite_where=text("deputy_id IS NOT NULL"),
            postgresql_where=text("deputy_id IS NOT NULL"),
        ),
        Index(
            "ix_mandates_undecided",
            "instrument_id",
            sqlite_where=text("requires_action IS NULL"),
            postgresql_where=text("requires_action IS NULL"),
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class Assignment(Base):
    """One decision about who leads a mandate and by when; the newest row holds. Append-only."""

    __tablename__ = "assignments"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id")
    unit_id: Mapped[int] = reference("organizational_units.id")
    person_id: Mapped[int | None] = reference("people.id")
    deputy_id: Mapped[int | None] = reference("people.id")
    joint_lead: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    due_on: Mapped[date | None]
    assigned_at: Mapped[Moment]
    assigned_by_id: Mapped[int] = reference("people.id")


class ContributingUnit(Base):
    """A unit that an assignment asks to contribute to the lead unit's reports. Append-only."""

    __tablename__ = "contributing_units"

    id: Mapped[Key]
    assignment_id: Mapped[int] = reference("assignments.id", index=False)
    unit_id: Mapped[int] = reference("organizational_units.id")

    __table_args__ = (UniqueConstraint("assignment_id", "unit_id"),)


class AssignmentAnswer(Base):
    """An assignee takes an assignment on, or declines it with a reason. Append-only."""

    __tablename__ = "assignment_answers"

    id: Mapped[Key]
    assignment_id: Mapped[int] = reference("assignments.id")
    is_accepted: Mapped[bool]
    reason: Mapped[LongText] = mapped_column(default="")
    answered_at: Mapped[Moment]
    answered_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (CheckConstraint("is_accepted OR reason <> ''", name="decline_has_reason"),)


class MandateFinding(Base):
    """One thing understood of a mandate's clause, and what a person made of it.

    ``value`` is as the field prescribes (a nature, a name); ``words`` show it and stand at
    ``starts_at`` of the clause's text, which is None for words of the paragraph above. Without a
    decision it is a proposal. ``confidence`` is in percent. ``needs_look`` says that the words that
    showed it went with a correction of the clause.
    """

    __tablename__ = "mandate_findings"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id", index=False)
    field: Mapped[FindingField] = mapped_column(choice(FindingField, "field"))
    position: Mapped[int]
    value: Mapped[LongText]
    words: Mapped[LongText]
    starts_at: Mapped[int | None]
    ends_at: Mapped[int | None]
    confidence: Mapped[int]
    decision: Mapped[Decision | None] = mapped_column(choice(Decision, "decision"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = reference("people.id")
    needs_look: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        UniqueConstraint("mandate_id", "position"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_with_moment"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="starts_with_end"),
        CheckConstraint("confidence BETWEEN 0 AND 100", name="confidence_in_percent"),
    )


class ActionPoint(Base):
    """One ask inside a mandate that has several, with an owner and a status of its own."""

    __tablename__ = "action_points"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id", index=False)
    position: Mapped[int]
    text: Mapped[LongText]
    language: Mapped[Language]
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    person_id: Mapped[int | None] = reference("people.id")
    status: Mapped[Implementation | None] = mapped_column(choice(Implementation, "status"))

    __table_args__ = (UniqueConstraint("mandate_id", "position"),)


class MandateRenewal(Base):
    """What a person confirmed of a mandate when a later resolution came: the clause that it is now.

    Without ``later_mandate_id`` the later resolution dropped it; ``lifecycle`` is what the earlier
    mandate became. ``likeness`` is in percent. Append-only.
    """

    __tablename__ = "mandate_renewals"

    id: Mapped[Key]
    earlier_mandate_id: Mapped[int] = reference("mandates.id")
    later_instrument_id: Mapped[int] = reference("instruments.id")
    later_mandate_id: Mapped[int | None] = reference("mandates.id")
    lifecycle: Mapped[Lifecycle] = mapped_column(choice(Lifecycle, "lifecycle"))
    likeness: Mapped[int | None]
    confirmed_at: Mapped[Moment]
    confirmed_by_id: Mapped[int] = reference("people.id", index=False)

    __table_args__ = (
        UniqueConstraint("earlier_mandate_id", "later_mandate_id"),
        CheckConstraint("likeness BETWEEN 0 AND 100", name="likeness_in_percent"),
    )
