"""Imports under way: a received file, the review of each text in it, and the edits of a review.

Nothing here is in force: a review is a rehearsal, and goes when it is imported or forgotten.
"""

from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import (
    Base,
    JsonObject,
    Key,
    Language,
    LongText,
    Moment,
    ShortText,
    Versioned,
    choice,
    reference,
)


class FileState(StrEnum):
    """Where a received file stands: it is still being read, was read, or could not be read."""

    READING = "reading"
    READ = "read"
    FAILED = "failed"


class ReviewState(StrEnum):
    """What became of a review."""

    OPEN = "open"
    IMPORTED = "imported"
    DISCARDED = "discarded"


class ImportFile(Base):
    """A file that somebody uploaded; ``source`` holds its words line by line as they were found.

    ``task_id`` is the background task that reads it where reading takes long; ``problem`` says why
    it could not be read. ``places`` holds where its lines stand on the pictures of scanned pages,
    in the form of a stored reading; there are none for a file without such pages. Files that came
    together share a ``drop_key``.
    """

    __tablename__ = "import_files"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[ShortText]
    state: Mapped[FileState] = mapped_column(choice(FileState, "state"))
    source: Mapped[LongText] = mapped_column(default="")
    problem: Mapped[LongText] = mapped_column(default="")
    places: Mapped[JsonObject | None]
    drop_key: Mapped[str | None] = mapped_column(String(32), index=True)
    task_id: Mapped[int | None] = reference("background_tasks.id")
    received_at: Mapped[Moment]
    received_by_id: Mapped[int] = reference("people.id")
    reviews: Mapped[list["ImportReview"]] = relationship(
        back_populates="file", lazy="raise", order_by="ImportReview.position"
    )


class ImportReview(Versioned, Base):
    """The review of one text of a file: what the machine read, and what a person says of it.

    ``reading`` is a stored reading; ``details`` hold symbol, title, body, session and adopted_on as
    they were read, or as the person gave them. The text covers the lines of the source from
    ``first_line`` (from 0) to before ``end_line``. ``edit_count`` counts the steps, so that each
    changes the version; the counts of clauses and of places still doubtful are kept for lists.
    """

    __tablename__ = "import_reviews"

    id: Mapped[Key]
    file_id: Mapped[int] = reference("import_files.id", index=False)
    position: Mapped[int]
    language: Mapped[Language]
    reading: Mapped[JsonObject]
    details: Mapped[JsonObject]
    first_line: Mapped[int]
    end_line: Mapped[int]
    state: Mapped[ReviewState] = mapped_column(
        choice(ReviewState, "state"), default=ReviewState.OPEN
    )
    edit_count: Mapped[int] = mapped_column(default=0)
    clause_count: Mapped[int]
    doubt_count: Mapped[int]
    touched_at: Mapped[Moment]
    instrument_id: Mapped[int | None] = reference("instruments.id")
    file: Mapped[ImportFile] = relationship(back_populates="reviews", lazy="raise")

    __table_args__ = (
        UniqueConstraint("file_id", "position"),
        CheckConstraint(
            "(state = 'imported') = (instrument_id IS NOT NULL)", name="imported_as_instrument"
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class ImportReviewEdit(Base):
    """One step of a review: an edit, an undo or a redo. Only added to while the review lasts."""

    __tablename__ = "import_review_edits"

    id: Mapped[Key]
    review_id: Mapped[int] = reference("import_reviews.id", index=False)
    position: Mapped[int]
    operation: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[JsonObject]
    edited_at: Mapped[Moment]
    edited_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (UniqueConstraint("review_id", "position"),)
