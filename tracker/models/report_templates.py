"""What a body words and orders itself in its reports."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, JsonObject, Key, Moment, reference

# The sections that there were when templates were first kept with what they know of.
_FIRST_SECTIONS = "introduction overview implementation activities cooperation decisions list"


class ReportTemplate(Base):
    """A version of the template of a body for a type of document. Append-only.

    ``sections`` are the sections in their order, joined by spaces; ``texts`` the sources by
    language and key, those alone that differ from what is delivered. The newest row, by ``number``,
    holds; ``restores`` is the number of the version that it brings back, 0 for what is delivered.
    ``known_sections`` are those that there were when it was stored: what came later stands in it.
    ``logo`` holds the fields of ``domain.biennial_report.logos.Logo``, ``styles`` those of
    ``domain.biennial_report.house_styles.HouseStyles``; nothing where there is none.
    """

    __tablename__ = "report_templates"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id", index=False)
    document_type: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    sections: Mapped[str] = mapped_column(String(200))
    known_sections: Mapped[str] = mapped_column(
        String(200), server_default=text(f"'{_FIRST_SECTIONS}'")
    )
    texts: Mapped[JsonObject]
    logo: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"), default=dict)
    styles: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"), default=dict)
    restores: Mapped[int | None]
    written_at: Mapped[Moment]
    written_by_id: Mapped[int] = reference("people.id")

    __table_args__ = (
        # Of two people who save at once one is told that the other was faster.
        UniqueConstraint("body_id", "document_type", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
    )
