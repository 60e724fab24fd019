"""Editions of the biennial report: what they stand on, and the files that were made."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    choice,
    reference,
)
from tracker.models.progress import ReportingPeriod


class EditionState(StrEnum):
    """Whether an edition may still be made anew."""

    DRAFT = "draft"
    FINAL = "final"


class ReportEdition(Base):
    """One making of the report on a period in one language.

    ``record_digest`` names the record of what its numbers count, None where it was made before
    records were kept; ``has_sources`` says that it has the annex of sources, for the house alone.
    ``document_type`` says what document it is; ``scope`` what it is limited to (``str`` of
    ``domain.biennial_report.layouts.Scope``), ``scope_name`` how that was called. ``template_id``
    is the template of the body that it was made with, None for what is delivered.
    """

    __tablename__ = "report_editions"

    id: Mapped[Key]
    period_id: Mapped[int] = reference("reporting_periods.id", index=False)
    number: Mapped[int]
    language: Mapped[Language]
    document_symbol: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[EditionState] = mapped_column(
        choice(EditionState, "state"), default=EditionState.DRAFT
    )
    document_type: Mapped[str] = mapped_column(
        String(20), default="session", server_default=sql_text("'session'")
    )
    scope: Mapped[str] = mapped_column(
        String(40), default="whole", server_default=sql_text("'whole'")
    )
    scope_name: Mapped[str] = mapped_column(String(400), default="", server_default=sql_text("''"))
    created_at: Mapped[Moment]
    created_by_id: Mapped[int] = reference("people.id")
    record_digest: Mapped[str | None] = mapped_column(String(64))
    has_sources: Mapped[bool] = mapped_column(default=False, server_default=false())
    template_id: Mapped[int | None] = reference("report_templates.id")
    period: Mapped[ReportingPeriod] = relationship(lazy="raise")
    files: Mapped[list["EditionFile"]] = relationship(lazy="raise", order_by="EditionFile.form")

    __table_args__ = (UniqueConstraint("period_id", "language", "number"),)


class EditionRevision(Base):
    """A progress revision that an edition stands on. Append-only."""

    __tablename__ = "edition_revisions"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("report_editions.id", ondelete="RESTRICT"), primary_key=True
    )
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("progress_revisions.id", ondelete="RESTRICT"), primary_key=True
    )


class EditionFile(Base):
    """A file of an edition, stored under its digest. Append-only."""

    __tablename__ = "edition_files"

    id: Mapped[Key]
    edition_id: Mapped[int] = reference("report_editions.id", index=False)
    form: Mapped[str] = mapped_column(String(10))
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    written_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("edition_id", "form"),)


class ReportWording(Base):
    """The editor's wording of one passage of the report on a period in a language. Append-only.

    ``passage`` is the key of the passage, ``composed`` what stood there when the wording was
    decided on, ``text`` the wording: lines as the passage has them, "" to leave it out, None to
    let what is composed stand again; ``reason`` says why a wording was dropped whose passage is
    gone. The newest row of a passage holds. Where it translates, ``source`` is the text of the
    original that it was made from.
    """

    __tablename__ = "report_wordings"

    id: Mapped[Key]
    period_id: Mapped[int] = reference("reporting_periods.id", index=False)
    language: Mapped[Language]
    passage: Mapped[str] = mapped_column(String(80))
    composed: Mapped[LongText]
    text: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[LongText] = mapped_column(default="", server_default=sql_text("''"))
    is_from_copy: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (Index("ix_report_wordings_passage", "period_id", "language", "passage"),)
