"""The report as it is submitted to the conference service, and as it is issued."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.submissions import Distribution, IssuedKind
from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    ShortText,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)


class EditionSubmission(Versioned, Base):
    """The submission sheet of a final edition; once it is submitted, it stays as it is.

    ``slug`` is the end of the document's permanent address; ``targets`` are codes of languages,
    parted by spaces. ``noted_clause_id`` is the clause by which the session took note of it.
    """

    __tablename__ = "edition_submissions"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("report_editions.id", ondelete="RESTRICT"), primary_key=True
    )
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[LongText]
    mandate: Mapped[LongText]
    agenda_item: Mapped[LongText]
    distribution: Mapped[Distribution] = mapped_column(choice(Distribution, "distribution"))
    targets: Mapped[ShortText]
    word_count: Mapped[int]
    word_limit: Mapped[int]
    slot_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = reference("people.id")
    noted_clause_id: Mapped[int | None] = reference("clauses.id")
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class IssuedDocument(Base):
    """An official file of a submitted report, kept under its digest.

    One that was attached by mistake is withdrawn and keeps its row.
    """

    __tablename__ = "issued_documents"

    id: Mapped[Key]
    edition_id: Mapped[int] = reference("edition_submissions.edition_id")
    kind: Mapped[IssuedKind] = mapped_column(choice(IssuedKind, "kind"))
    language: Mapped[Language]
    symbol: Mapped[str] = mapped_column(String(80))
    issued_on: Mapped[date]
    file_name: Mapped[ShortText]
    media_type: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    attached_at: Mapped[Moment]
    attached_by_id: Mapped[int] = reference("people.id")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
