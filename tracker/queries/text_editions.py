"""Editions of a text: what each changed, paragraph by paragraph, and the text it replaced."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import BlockKind
from tracker.domain.corrected_editions import Fate
from tracker.domain.errors import NotFound
from tracker.models.instruments import Body, Clause, Instrument, InstrumentText, SourceFile
from tracker.models.people import Person
from tracker.models.text_editions import EditionClause, TextEdition


@dataclass(frozen=True, slots=True)
class SourceOfText:
    """A file that a text was read from, as it is kept."""

    file_name: str
    digest: str


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """An edition in the history of a text; no person means the command line."""

    id: int
    label: str
    language: str
    taken_at: datetime
    taken_by: str | None
    before_title: str
    after_title: str
    before: SourceOfText | None
    after: SourceOfText


@dataclass(frozen=True, slots=True)
class EditionParagraph:
    """One paragraph before and after an edition; the side on which it did not stand is None."""

    fate: Fate
    kind: BlockKind
    before_number: str | None
    before_path: str | None
    before: str | None
    after_path: str | None
    after: str | None

    @property
    def is_touched(self) -> bool:
        """Tell whether words or number differ."""
        return self.fate is not Fate.SAME or self.before_path != self.after_path


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition with the whole of the text that it replaced."""

    edition: ListedEdition
    symbol: str
    body_key: str
    slug: str
    earlier_text: tuple[EditionParagraph, ...]
    touched: tuple[EditionParagraph, ...]


@dataclass(frozen=True, slots=True)
class ClauseInEdition:
    """What an edition did to one clause."""

    edition: ListedEdition
    paragraph: EditionParagraph


def editions_of(session: Session, instrument_id: int) -> tuple[ListedEdition, ...]:
    """Return the editions of an instrument, the latest first; one statement."""
    rows = session.execute(
        _listed().where(TextEdition.instrument_id == instrument_id).order_by(TextEdition.id.desc())
    )
    return tuple(_edition(*row) for row in rows)


def edition_page(session: Session, edition_id: int) -> EditionPage:
    """Return an edition with the text that it replaced; raise NotFound. Three statements."""
    row = session.execute(_listed().where(TextEdition.id == edition_id)).first()
    if row is None:
        raise NotFound("There is no such edition. Open the resolution to see its editions.")
    address = session.execute(
        select(Instrument.symbol, Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.id == row.TextEdition.instrument_id)
    ).one()
    rows = session.scalars(
        select(EditionClause)
        .where(EditionClause.edition_id == edition_id)
        .order_by(EditionClause.id)
    ).all()
    earlier = sorted(
        (each for each in rows if each.before_position is not None),
        key=lambda each: each.before_position or 0,
    )
    touched = (_paragraph(each) for each in rows)
    return EditionPage(
        edition=_edition(*row),
        symbol=address.symbol,
        body_key=address.key,
        slug=address.slug,
        earlier_text=tuple(_paragraph(each) for each in earlier),
        touched=tuple(each for each in touched if each.is_touched),
    )


def editions_of_clause(session: Session, clause_id: int) -> tuple[ClauseInEdition, ...]:
    """Return what editions changed of a clause in the original, the latest first; one statement."""
    rows = session.execute(
        _listed()
        .add_columns(EditionClause)
        .join(EditionClause, EditionClause.edition_id == TextEdition.id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == TextEdition.instrument_id)
            & (InstrumentText.language == TextEdition.language),
        )
        .where(EditionClause.clause_id == clause_id, InstrumentText.is_original)
        .order_by(TextEdition.id.desc())
    )
    found = (ClauseInEdition(_edition(*row[:4]), _paragraph(row[4])) for row in rows)
    return tuple(each for each in found if each.paragraph.is_touched)


def earlier_holders(
    session: Session, *, instrument_id: int, path: str, clause_id: int
) -> tuple[tuple[ListedEdition, str], ...]:
    """Return who else had a number before: the edition that took it, and the path since.

    The latest first; a clause that stands under the number again is not among them.
    """
    rows = session.execute(
        _listed()
        .add_columns(Clause.path)
        .join(EditionClause, EditionClause.edition_id == TextEdition.id)
        .join(Clause, Clause.id == EditionClause.clause_id)
        .where(
            TextEdition.instrument_id == instrument_id,
            EditionClause.before_path == path,
            EditionClause.clause_id != clause_id,
            or_(EditionClause.after_path != path, EditionClause.after_path.is_(None)),
        )
        .order_by(TextEdition.id.desc())
    )
    return tuple((_edition(*row[:4]), row[4] or "") for row in rows)


def replaced_by(session: Session, digest: str) -> ListedEdition | None:
    """Return the edition that replaced the text of the file with this digest, None for another."""
    row = session.execute(
        _listed().where(SourceFile.digest == digest).order_by(TextEdition.id.desc())
    ).first()
    return None if row is None else _edition(*row)


def find_source(session: Session, digest: str) -> SourceOfText:
    """Return the file with this digest that a text was read from; raise NotFound for another."""
    name = session.scalar(select(SourceFile.file_name).where(SourceFile.digest == digest))
    if name is None:
        raise NotFound("There is no such file. Open the resolution to see what it was read from.")
    return SourceOfText(name, digest)


_After = aliased(SourceFile)


def _listed() -> Select[TextEdition, str | None, SourceFile | None, SourceFile]:
    """Return editions with who took them and the files before and after."""
    return (
        select(TextEdition, Person.name, SourceFile, _After)
        .outerjoin(Person, Person.id == TextEdition.taken_by_id)
        .outerjoin(SourceFile, SourceFile.id == TextEdition.before_file_id)
        .join(_After, _After.id == TextEdition.after_file_id)
    )


def _edition(
    row: TextEdition, person: str | None, before: SourceFile | None, after: SourceFile
) -> ListedEdition:
    return ListedEdition(
        id=row.id,
        label=row.label,
        language=row.language,
        taken_at=row.taken_at,
        taken_by=person,
        before_title=row.before_title,
        after_title=row.after_title,
        before=None if before is None else SourceOfText(before.file_name, before.digest),
        after=SourceOfText(after.file_name, after.digest),
    )


def _paragraph(row: EditionClause) -> EditionParagraph:
    return EditionParagraph(
        fate=row.fate,
        kind=row.kind,
        before_number=row.before_number,
        before_path=row.before_path,
        before=row.before_text,
        after_path=row.after_path,
        after=row.after_text,
    )
