"""Corrections of imported clauses: one clause to be corrected, what was corrected, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import BlockKind
from tracker.domain.errors import NotFound
from tracker.models.instruments import (
    Body,
    Clause,
    ClauseCorrection,
    ClauseText,
    FormerPath,
    Instrument,
)
from tracker.models.people import Person
from tracker.queries.references import Reference


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction: what it said before and after, under which number, by whom and why."""

    before: str
    after: str
    before_path: str | None
    after_path: str | None
    corrected_by: str
    corrected_at: datetime
    reason: str  # empty for what was corrected in the review of the import


@dataclass(frozen=True, slots=True)
class ClauseToCorrect:
    """A clause as it stands, with its corrections so far; ``version`` is its instrument's."""

    id: int
    version: int
    reference: Reference
    kind: BlockKind
    text: str
    language: str
    corrections: tuple[Corrected, ...]


def clause_to_correct(session: Session, clause_id: int) -> ClauseToCorrect:
    """Return a clause of a resolution; raise NotFound when there is none. Two statements."""
    row = session.execute(
        select(Clause, ClauseText, Instrument, Body.key)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Clause.id == clause_id)
    ).first()
    if row is None:
        raise NotFound("There is no such paragraph. Open the resolution and choose one of its own.")
    clause, text, instrument, body_key = row
    return ClauseToCorrect(
        id=clause.id,
        version=instrument.version,
        reference=Reference(instrument.symbol, body_key, instrument.slug, clause.path or ""),
        kind=clause.kind,
        text=text.text,
        language=text.language,
        corrections=corrections_of(session, clause.id),
    )


def corrections_of(session: Session, clause_id: int) -> tuple[Corrected, ...]:
    """Return what people corrected of a clause, latest first."""
    rows = session.execute(
        select(ClauseCorrection, Person.name)
        .join(ClauseText, ClauseText.id == ClauseCorrection.clause_text_id)
        .join(Person, Person.id == ClauseCorrection.corrected_by_id)
        .where(ClauseText.clause_id == clause_id)
        .order_by(ClauseCorrection.corrected_at.desc(), ClauseCorrection.id.desc())
    )
    return tuple(
        Corrected(
            before=row.before,
            after=row.after,
            before_path=row.before_path,
            after_path=row.after_path,
            corrected_by=name,
            corrected_at=row.corrected_at,
            reason=row.reason,
        )
        for row, name in rows
    )


def path_now(session: Session, body_key: str, slug: str, path: str) -> str | None:
    """Return the path that a clause has now which had this one before; None where none had it."""
    return session.scalar(
        select(Clause.path)
        .join(FormerPath, FormerPath.clause_id == Clause.id)
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Body.key == body_key, Instrument.slug == slug, FormerPath.path == path)
    )
