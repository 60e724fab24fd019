"""Who signs the biennial report of a body, and how far each edition is on its way."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.sign_offs import SigningStep, SignOffMove, SignOffStage
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


class SigningPost(Base):
    """A post in the chain of a body, and who holds it now; ``language`` is that of its name.

    Its name and place stay; a post that was renamed, moved or left out is retired, and editions
    that were handed in before keep it.
    """

    __tablename__ = "signing_posts"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id")
    position: Mapped[int]
    step: Mapped[SigningStep] = mapped_column(choice(SigningStep, "step"))
    post: Mapped[str] = mapped_column(String(200))
    language: Mapped[Language] = mapped_column(default="en", server_default=sql_text("'en'"))
    person_id: Mapped[int] = reference("people.id")
    added_at: Mapped[Moment]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EditionSignOff(Versioned, Base):
    """Where an edition stands on its way; ``post_id`` is the post that it waits for.

    ``chain_at`` is when it was handed in first: the chain of that moment is its own. ``final_id``
    is the final edition that was made from it.
    """

    __tablename__ = "edition_sign_offs"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("report_editions.id", ondelete="RESTRICT"), primary_key=True
    )
    stage: Mapped[SignOffStage] = mapped_column(choice(SignOffStage, "stage"))
    post_id: Mapped[int | None] = reference("signing_posts.id")
    chain_at: Mapped[Moment]
    final_id: Mapped[int | None] = reference("report_editions.id")
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class EditionSigning(Base):
    """One step of an edition on its way: who did what at which post, and why. Append-only.

    ``post`` is what the post was called then; "" for what the editor did.
    """

    __tablename__ = "edition_signings"

    id: Mapped[Key]
    edition_id: Mapped[int] = reference("report_editions.id")
    move: Mapped[SignOffMove] = mapped_column(choice(SignOffMove, "move"))
    post_id: Mapped[int | None] = reference("signing_posts.id")
    post: Mapped[str] = mapped_column(String(200))
    remark: Mapped[LongText]
    done_at: Mapped[Moment]
    done_by_id: Mapped[int] = reference("people.id")
    in_place_of_id: Mapped[int | None] = reference("people.id")
