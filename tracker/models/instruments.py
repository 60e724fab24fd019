"""Bodies and their sessions; resolutions and other instruments, clause by clause, as adopted."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, false, true
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.clauses import BlockKind
from tracker.models.base import (
    Base,
    Key,
    Language,
    LongText,
    Moment,
    ShortText,
    Versioned,
    choice,
    reference,
)


class InstrumentKind(StrEnum):
    """What sort of source of mandates it is."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    AGREEMENT = "agreement"
    PLAN_OF_ACTION = "plan_of_action"
    ANNEX = "annex"


class Body(Base):
    """An organ that adopts resolutions."""

    __tablename__ = "bodies"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[ShortText] = mapped_column(unique=True)
    language: Mapped[Language]


class BodySession(Base):
    """One meeting of a body: its number, and place and dates once they are known.

    ``slot_on`` is the day by which the secretariat's document must reach the conference service.
    """

    __tablename__ = "body_sessions"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id")
    number: Mapped[int]
    name: Mapped[ShortText]
    language: Mapped[Language]
    place: Mapped[str | None] = mapped_column(String(200))
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    slot_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("body_id", "number"),)


class SourceFile(Base):
    """A file as it was received, stored unchanged under its digest."""

    __tablename__ = "source_files"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[ShortText]
    media_type: Mapped[str] = mapped_column(String(120))
    size_bytes: Mapped[int]
    stored_at: Mapped[Moment]
    stored_by_id: Mapped[int | None] = reference("people.id")


class InstrumentSeries(Base):
    """Instruments that renew one another: one standing mandate through the years.

    It belongs to one subprogramme or, where that is None, to the whole programme of work. The
    newest of its instruments is active; the others were renewed by it.
    """

    __tablename__ = "instrument_series"

    id: Mapped[Key]
    body_id: Mapped[int] = reference("bodies.id")
    title: Mapped[LongText]
    language: Mapped[Language]
    subprogramme_id: Mapped[int | None] = reference("subprogrammes.id")


class Instrument(Versioned, Base):
    """A resolution or another text that mandates come from.

    A declaration or another text that stands as annex to a resolution names it in
    ``annexed_to_id``.
    """

    __tablename__ = "instruments"

    id: Mapped[Key]
    kind: Mapped[InstrumentKind] = mapped_column(
        choice(InstrumentKind, "kind"), default=InstrumentKind.RESOLUTION
    )
    body_id: Mapped[int] = reference("bodies.id")
    session_id: Mapped[int | None] = reference("body_sessions.id")
    series_id: Mapped[int | None] = reference("instrument_series.id")
    annexed_to_id: Mapped[int | None] = reference("instruments.id")
    symbol: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(80))
    sort_key: Mapped[str] = mapped_column(String(120), index=True)
    adopted_on: Mapped[date | None] = mapped_column()
    imported_at: Mapped[Moment]
    imported_by_id: Mapped[int | None] = reference("people.id")
    body: Mapped[Body] = relationship(lazy="raise")
    texts: Mapped[list["InstrumentText"]] = relationship(
        back_populates="instrument", lazy="raise", order_by="InstrumentText.id"
    )
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="instrument", lazy="raise", order_by="Clause.position"
    )

    __table_args__ = (UniqueConstraint("body_id", "slug"),)
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class InstrumentText(Base):
    """An instrument in one language, with its title and the file it was read from.

    The title in another language is out of date once the original's was corrected.
    """

    __tablename__ = "instrument_texts"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id", index=False)
    language: Mapped[Language]
    is_original: Mapped[bool] = mapped_column(default=True)
    title: Mapped[LongText]
    is_official: Mapped[bool] = mapped_column(default=True, server_default=true())
    is_out_of_date: Mapped[bool] = mapped_column(default=False, server_default=false())
    source_file_id: Mapped[int | None] = reference("source_files.id")
    instrument: Mapped[Instrument] = relationship(back_populates="texts", lazy="raise")

    __table_args__ = (
        UniqueConstraint("instrument_id", "language"),
        Index(
            "uq_instrument_texts_original",
            "instrument_id",
            unique=True,
            sqlite_where=sql("is_original"),
            postgresql_where=sql("is_original"),
        ),
    )


class Clause(Base):
    """One block of an instrument at its place: a preambular paragraph, an operative clause ...

    One that a corrected edition dropped stands after all others; its mandate and history stay.
    """

    __tablename__ = "clauses"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id", index=False)
    position: Mapped[int]
    kind: Mapped[BlockKind] = mapped_column(choice(BlockKind, "kind"))
    number: Mapped[str | None] = mapped_column(String(40))
    path: Mapped[str | None] = mapped_column(String(80))
    level: Mapped[int | None]
    parent_id: Mapped[int | None] = reference("clauses.id")
    is_dropped: Mapped[bool] = mapped_column(default=False, server_default=false())
    instrument: Mapped[Instrument] = relationship(back_populates="clauses", lazy="raise")
    parent: Mapped["Clause | None"] = relationship(remote_side="Clause.id", lazy="raise")
    texts: Mapped[list["ClauseText"]] = relationship(
        back_populates="clause", lazy="raise", order_by="ClauseText.id"
    )

    __table_args__ = (
        UniqueConstraint("instrument_id", "position"),
        UniqueConstraint("instrument_id", "path"),
    )


class FormerPath(Base):
    """A path that a clause had: its address leads to the clause and is given to no other.

    Append-only.
    """

    __tablename__ = "former_paths"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id", index=False)
    path: Mapped[str] = mapped_column(String(80))
    clause_id: Mapped[int] = reference("clauses.id")
    given_up_at: Mapped[Moment]

    __table_args__ = (UniqueConstraint("instrument_id", "path"),)


class ClauseText(Base):
    """What a clause says in one language, as it was read; corrections are rows beside it.

    Another language is out of date once the words of the original were corrected.
    """

    __tablename__ = "clause_texts"

    id: Mapped[Key]
    clause_id: Mapped[int] = reference("clauses.id", index=False)
    language: Mapped[Language]
    is_original: Mapped[bool] = mapped_column(default=True)
    verb: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[LongText]
    is_out_of_date: Mapped[bool] = mapped_column(default=False, server_default=false())
    clause: Mapped[Clause] = relationship(back_populates="texts", lazy="raise")

    __table_args__ = (
        UniqueConstraint("clause_id", "language"),
        Index(
            "uq_clause_texts_original",
            "clause_id",
            unique=True,
            sqlite_where=sql("is_original"),
            postgresql_where=sql("is_original"),
        ),
    )


class ClauseCorrection(Base):
    """A person's correction of the machine's reading: before, after, by whom, when. Append-only.

    ``before`` joins what the machine read as several paragraphs by a line break. The paths and
    kinds say what the paragraph was taken for and what it is; None where nobody noted it.
    """

    __tablename__ = "clause_corrections"

    id: Mapped[Key]
    clause_text_id: Mapped[int] = reference("clause_texts.id")
    before: Mapped[LongText]
    after: Mapped[LongText]
    before_path: Mapped[str | None] = mapped_column(String(80))
    after_path: Mapped[str | None] = mapped_column(String(80))
    before_kind: Mapped[str | None] = mapped_column(String(40))
    after_kind: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[LongText]
    corrected_at: Mapped[Moment]
    corrected_by_id: Mapped[int] = reference("people.id")


class Citation(Base):
    """Another text that an instrument cites, with the words that do it."""

    __tablename__ = "citations"

    id: Mapped[Key]
    instrument_id: Mapped[int] = reference("instruments.id")
    clause_id: Mapped[int | None] = reference("clauses.id")
    kind: Mapped[str] = mapped_column(String(20))
    relation: Mapped[str] = mapped_column(String(40))
    symbol: Mapped[str] = mapped_column(String(80), index=True)
    organ: Mapped[str | None] = mapped_column(String(200))
    words: Mapped[LongText]
    cited_instrument_id: Mapped[int | None] = reference("instruments.id")


class TextVersion(Base):
    """Another language version of a printed text (a name, a title), written by a person.

    The row that owns the text holds it in its original language; ``subject_kind`` is that row's
    table, ``field`` its column.
    """

    __tablename__ = "text_versions"

    id: Mapped[Key]
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    language: Mapped[Language]
    text: Mapped[LongText]
    is_official: Mapped[bool] = mapped_column(default=False)
    is_out_of_date: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[Moment]
    written_by_id: Mapped[int | None] = reference("people.id")

    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", "field", "language"),)
