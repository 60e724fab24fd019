"""Reporting periods, and the progress reports that move through them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.mandates import Implementation, Sensitivity
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.domain.workflow import Level, Move, Review, Stage
from tracker.models.base import (
    Base,
    Day,
    Key,
    Language,
    LongText,
    Moment,
    Reckoned,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)
from tracker.models.instruments import BodySession
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person


class ReportingPeriod(Versioned, Base):
    """A biennium, or another span, for which progress is reported to a session.

    Its days are those of a ``PeriodPlan``; ``due_on`` is what new reports begin with.
    """

    __tablename__ = "reporting_periods"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[PeriodKind] = mapped_column(choice(PeriodKind, "kind"))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    call_on: Mapped[date | None]
    due_on: Mapped[Day]
    clearance_on: Mapped[date | None]
    front_office_on: Mapped[date | None]
    slot_on: Mapped[date | None]
    session_id: Mapped[int | None] = reference("body_sessions.id")
    state: Mapped[PeriodState] = mapped_column(
        choice(PeriodState, "state"), default=PeriodState.OPEN
    )
    opened_at: Mapped[Moment]
    opened_by_id: Mapped[int] = reference("people.id")
    session: Mapped[BodySession | None] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class ProgressEntry(Base):
    """A dated note on a mandate; every reporting period that overlaps its day gathers it."""

    __tablename__ = "progress_entries"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id")
    noted_on: Mapped[Day]
    text: Mapped[LongText]
    language: Mapped[Language]
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")


class ProgressReport(Versioned, Base):
    """The one joint text on a mandate for a period, owned by the lead unit.

    ``due_on`` and ``overdue_at`` are those of the newest row of ``due_dates``, held here for lists.
    ``second_unit_id`` is the unit that was asked to clear the text at the second level, from the
    first clearance on; what a unit asks for later changes nothing of it. ``is_asked_for`` says that
    the mandate is active and requires action; triggers keep it, whoever writes the row. ``is_open``
    says that it still waits for an answer; the database works it out for lists and counts.
    ``counted_as`` says as what compliance counts it (waived, cleared, submitted or open; nothing
    where it does not count), ``instrument_id`` whose mandate it is on, ``first_text_on`` the day
    (UTC) of its first submitted text, ``has_note`` whether the period gathers a dated note on its
    mandate: triggers keep these three.
    """

    __tablename__ = "progress_reports"

    id: Mapped[Key]
    mandate_id: Mapped[int] = reference("mandates.id", index=False)
    period_id: Mapped[int] = reference("reporting_periods.id")
    unit_id: Mapped[int] = reference("organizational_units.id", index=False)
    second_unit_id: Mapped[int | None] = reference("organizational_units.id", index=False)
    focal_point_id: Mapped[int | None] = reference("people.id", index=False)
    review: Mapped[Review] = mapped_column(choice(Review, "review"), default=Review.OPEN)
    status: Mapped[Implementation | None] = mapped_column(choice(Implementation, "status"))
    due_on: Mapped[Day]
    overdue_at: Mapped[Moment]
    is_waived: Mapped[bool] = mapped_column(default=False)
    is_asked_for: Mapped[bool] = mapped_column(default=True, server_default=true())
    is_open: Mapped[bool | None] = mapped_column(
        Reckoned("is_asked_for AND NOT is_waived AND review IN ('draft', 'open', 'returned')"),
        deferred=True,
    )
    counted_as: Mapped[str | None] = mapped_column(
        String(20),
        Reckoned(
            "CASE WHEN is_asked_for OR review IN ('cleared', 'frozen', 'submitted') THEN CASE "
            "WHEN is_waived THEN 'waived' WHEN review IN ('cleared', 'frozen') THEN 'cleared' "
            "WHEN review = 'submitted' THEN 'submitted' ELSE 'open' END END"
        ),
        deferred=True,
    )
    instrument_id: Mapped[int | None] = mapped_column(deferred=True)
    first_text_on: Mapped[date | None] = mapped_column(deferred=True)
    has_note: Mapped[bool] = mapped_column(default=False, server_default=false(), deferred=True)
    opened_at: Mapped[Moment]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mandate: Mapped[Mandate] = relationship(lazy="raise")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise")
    unit: Mapped[OrganizationalUnit] = relationship(
        lazy="raise", foreign_keys="ProgressReport.unit_id"
    )
    focal_point: Mapped[Person | None] = relationship(lazy="raise")
    revisions: Mapped[list["ProgressRevision"]] = relationship(
        back_populates="report", lazy="raise", order_by="ProgressRevision.number"
    )

    __table_args__ = (
        UniqueConstraint("mandate_id", "period_id"),
        Index("ix_progress_reports_standing", "period_id", "review", "overdue_at"),
        Index("ix_progress_reports_work", "focal_point_id", "review", "overdue_at"),
        Index("ix_progress_reports_unit", "unit_id", "review", "overdue_at"),
        # Of few, as what waits at the second level is found.
        Index(
            "ix_progress_reports_second_unit_id",
            "second_unit_id",
            sqlite_where=text("second_unit_id IS NOT NULL"),
            postgresql_where=text("second_unit_id IS NOT NULL"),
        ),
        # Of few: what waits at the first level, as a manager finds it and every page counts it.
        Index(
            "ix_progress_reports_to_clear",
            "unit_id",
            "review",
            "submitted_at",
            "id",
            "period_id",
            "is_waived",
            sqlite_where=text("review = 'submitted' AND second_unit_id IS NULL"),
            postgresql_where=text("review = 'submitted' AND second_unit_id IS NULL"),
        ),
        Index(
            "ix_progress_reports_counts",
            "period_id",
            "is_waived",
            "is_asked_for",
            "review",
            "overdue_at",
            "unit_id",
            "submitted_at",
            "mandate_id",
            "has_note",
        ),
        Index("ix_progress_reports_due", "period_id", "due_on"),
        Index("ix_progress_reports_open", "period_id", "is_open", "due_on"),
        Index(
            "ix_progress_reports_by_resolution",
            "period_id",
            "instrument_id",
            "counted_as",
            "unit_id",
        ),
        Index("ix_progress_reports_by_unit", "period_id", "unit_id", "counted_as"),
        Index("ix_progress_reports_by_first_text", "period_id", "first_text_on", "counted_as"),
        # Of those that wait for an answer, unit by unit: what is late or due soon is counted so.
        Index(
            "ix_progress_reports_nearing",
            "period_id",
            "unit_id",
            "overdue_at",
            "instrument_id",
            "submitted_at",
            "mandate_id",
            "has_note",
            sqlite_where=text("is_open = 1"),
            postgresql_where=text("is_open"),
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def stage(self) -> Stage:
        """Return where the report stands, in the terms of the workflow's table."""
        return Stage(self.review, Level.FIRST if self.second_unit_id is None else Level.SECOND)

    @property
    def clearing_unit_id(self) -> int:
        """Return the unit whose manager clears the text now, or cleared it last."""
        return self.second_unit_id or self.unit_id


class DueDate(Base):
    """A due date of a progress report; an extension is a further row. Append-only."""

    __tablename__ = "due_dates"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id")
    due_on: Mapped[Day]
    overdue_at: Mapped[Moment]
    reason: Mapped[LongText]
    set_at: Mapped[Moment]
    set_by_id: Mapped[int] = reference("people.id")


class ProgressText:
    """The five fields of a progress text."""

    status: Mapped[Implementation | None] = mapped_column(choice(Implementation, "status"))
    status_reason: Mapped[LongText] = mapped_column(default="")
    postponed_to: Mapped[date | None]
    done: Mapped[LongText] = mapped_column(default="")
    results: Mapped[LongText] = mapped_column(default="")
    next_steps: Mapped[LongText] = mapped_column(default="")
    difficulties: Mapped[LongText] = mapped_column(default="")
    language: Mapped[Language]


class ProgressDraft(ProgressText, Versioned, Base):
    """Unsubmitted text of one person on one report; overwritten as they type, not history."""

    __tablename__ = "progress_drafts"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id", index=False)
    author_id: Mapped[int] = reference("people.id")
    saved_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("report_id", "author_id"),)


class ProgressRevision(ProgressText, Base):
    """The text of a report at a move: submitted, taken back, returned, cleared. Append-only.

    ``attests_id`` names the earlier revision whose text and status a person attested again;
    ``given_by`` who gave the answer and how, where that is not the person who entered it;
    ``in_place_of_id`` who was away and whom that person stood in for.
    """

    __tablename__ = "progress_revisions"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id", index=False)
    number: Mapped[int]
    move: Mapped[Move] = mapped_column(choice(Move, "move"))
    sensitivity: Mapped[Sensitivity] = mapped_column(
        choice(Sensitivity, "sensitivity"), default=Sensitivity.UNCLASSIFIED
    )
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")
    attests_id: Mapped[int | None] = reference("progress_revisions.id")
    given_by: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    in_place_of_id: Mapped[int | None] = reference("people.id", index=False)
    report: Mapped[ProgressReport] = relationship(back_populates="revisions", lazy="raise")
    written_by: Mapped[Person] = relationship(
        lazy="raise", foreign_keys="ProgressRevision.written_by_id"
    )

    __table_args__ = (UniqueConstraint("report_id", "number"),)


class Contribution(Versioned, Base):
    """What one contributing unit adds to the lead's report."""

    __tablename__ = "contributions"

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("progress_reports.id", ondelete="RESTRICT"))
    unit_id: Mapped[int] = reference("organizational_units.id")
    person_id: Mapped[int | None] = reference("people.id")
    text: Mapped[LongText] = mapped_column(default="")
    language: Mapped[Language]
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("report_id", "unit_id"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class Clearance(Base):
    """One decision of a reviewer on a revision, at one level. Append-only.

    ``in_place_of_id`` names the manager who was away, where an officer-in-charge decided.
    """

    __tablename__ = "clearances"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id")
    revision_id: Mapped[int] = reference("progress_revisions.id")
    level: Mapped[int] = mapped_column(default=1)
    is_cleared: Mapped[bool]
    remark: Mapped[LongText] = mapped_column(default="")
    decided_at: Mapped[Moment]
    decided_by_id: Mapped[int] = reference("people.id")
    in_place_of_id: Mapped[int | None] = reference("people.id", index=False)
    decided_by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Clearance.decided_by_id")

    __table_args__ = (CheckConstraint("is_cleared OR remark <> ''", name="return_has_remark"),)


class Waiver(Base):
    """A period that a mandate need not report on, with the reason. Append-only."""

    __tablename__ = "waivers"

    id: Mapped[Key]
    report_id: Mapped[int] = reference("progress_reports.id")
    reason: Mapped[LongText]
    waived_at: Mapped[Moment]
    waived_by_id: Mapped[int] = reference("people.id")
