"""Submitted reports: the sheet, the official files, and the clause that took note."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import BlockKind
from tracker.domain.submissions import Distribution, IssuedKind, Sheet
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import Body, BodySession, Clause, ClauseText, Instrument
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.models.submissions import EditionSubmission, IssuedDocument
from tracker.queries.references import Reference

MOST_CLAUSES = 200
_WHOLE_TEXTS = (IssuedKind.ISSUED, IssuedKind.REVISION)


@dataclass(frozen=True, slots=True)
class Issued:
    """An official file."""

    id: int
    kind: IssuedKind
    language: str
    symbol: str
    issued_on: date
    file_name: str
    media_type: str
    digest: str
    size_bytes: int

    @property
    def form(self) -> str:
        """Return what sort of file it is, "PDF", by the end of its name; else empty."""
        _, dot, ending = self.file_name.rpartition(".")
        return ending.upper() if dot and ending.isalnum() and len(ending) <= 5 else ""


@dataclass(frozen=True, slots=True)
class NotingClause:
    """A clause of the session that received the report, by which it may have taken note of it."""

    clause_id: int
    reference: Reference
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A final edition on its way to the session: its sheet, and what became of it."""

    edition_id: int
    version: int
    slug: str
    sheet: Sheet
    symbol: str
    period_name: str
    original_language: str
    word_count: int
    word_limit: int
    slot_on: date | None
    submitted_at: datetime | None
    submitted_by: str | None
    issued: tuple[Issued, ...]
    noted_in: NotingClause | None
    body_name: str | None = None
    session_name: str | None = None

    def text_for(self, language: str) -> Issued | None:
        """Return the official text that stands in a language, else in the original one."""
        whole = [each for each in self.issued if each.kind in _WHOLE_TEXTS]
        for wanted in (language, self.original_language):
            texts = [each for each in whole if each.language == wanted]
            if texts:
                return texts[-1]
        return whole[-1] if whole else None

    def read_with(self, text: Issued) -> tuple[Issued, ...]:
        """Return the corrigenda and addenda that came to a text, in its language."""
        return tuple(
            each
            for each in self.issued
            if each.kind not in _WHOLE_TEXTS
            and each.language == text.language
            and each.issued_on >= text.issued_on
        )

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it: it is issued, for general distribution."""
        return bool(self.issued) and self.sheet.distribution is Distribution.GENERAL


def find_submission(session: Session, edition_id: int) -> Submission | None:
    """Return the submission of a final edition, None where nobody has begun one."""
    return _submission(session, EditionSubmission.edition_id == edition_id)


def find_submission_at(session: Session, slug: str) -> Submission | None:
    """Return the submission with this permanent address, None where there is none."""
    return _submission(
        session, EditionSubmission.slug == slug, EditionSubmission.submitted_at.is_not(None)
    )


def clauses_of_session(session: Session, edition_id: int) -> tuple[NotingClause, ...]:
    """Return the operative clauses that the session adopted to which the report went.

    Those that take note of something stand first; at most ``MOST_CLAUSES``.
    """
    host = (
        select(ReportingPeriod.session_id)
        .join(ReportEdition, ReportEdition.period_id == ReportingPeriod.id)
        .where(ReportEdition.id == edition_id)
        .scalar_subquery()
    )
    notes = case((func.lower(ClauseText.text).like("%tak%note%"), 0), else_=1)
    rows = session.execute(
        _clauses()
        .where(Instrument.session_id == host)
        .order_by(notes, Instrument.sort_key, Clause.position)
        .limit(MOST_CLAUSES)
    )
    return tuple(_clause(row) for row in rows)


def reports_noted_in(session: Session, clause_id: int) -> tuple[tuple[str, str], ...]:
    """Return the reports that a clause took note of: what each is called, and its address's end."""
    rows = session.execute(
        select(EditionSubmission.title, ReportEdition.document_symbol, EditionSubmission.slug)
        .join(ReportEdition, ReportEdition.id == EditionSubmission.edition_id)
        .where(EditionSubmission.noted_clause_id == clause_id)
    )
    return tuple((f"{title} ({symbol})" if symbol else title, slug) for title, symbol, slug in rows)


def _submission(session: Session, *conditions: ColumnElement[bool]) -> Submission | None:
    found = session.execute(
        select(
            EditionSubmission,
            ReportEdition,
            ReportingPeriod.name,
            Person.name,
            Body.name,
            BodySession.name,
        )
        .join(ReportEdition, ReportEdition.id == EditionSubmission.edition_id)
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .outerjoin(Body, Body.id == BodySession.body_id)
        .outerjoin(Person, Person.id == EditionSubmission.submitted_by_id)
        .where(*conditions)
    ).one_or_none()
    if found is None:
        return None
    row, edition, period_name, submitted_by, body_name, session_name = found
    issued = session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.edition_id == row.edition_id, IssuedDocument.withdrawn_at.is_(None))
        .order_by(IssuedDocument.issued_on, IssuedDocument.language, IssuedDocument.id)
    )
    noted = None
    if row.noted_clause_id is not None:
        noted = session.execute(_clauses().where(Clause.id == row.noted_clause_id)).one_or_none()
    return Submission(
        edition_id=row.edition_id,
        version=row.version,
        slug=row.slug,
        sheet=Sheet(
            row.title, row.mandate, row.agenda_item, row.distribution, tuple(row.targets.split())
        ),
        symbol=edition.document_symbol,
        period_name=period_name,
        original_language=edition.language,
        word_count=row.word_count,
        word_limit=row.word_limit,
        slot_on=row.slot_on,
        submitted_at=row.submitted_at,
        submitted_by=submitted_by,
        issued=tuple(_issued(each) for each in issued),
        noted_in=_clause(noted) if noted is not None else None,
        body_name=body_name,
        session_name=session_name,
    )


def _clauses() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Clause.id,
            Clause.path,
            Instrument.symbol,
            Instrument.slug,
            Body.key,
            ClauseText.text,
            ClauseText.language,
        )
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .where(Clause.kind == BlockKind.OPERATIVE, ~Clause.is_dropped)
    )


def _clause(row: Row[*tuple[Any, ...]]) -> NotingClause:
    reference = Reference(row.symbol, row.key, row.slug, row.path or "")
    return NotingClause(row.id, reference, row.text, row.language)


def _issued(row: IssuedDocument) -> Issued:
    return Issued(
        row.id,
        row.kind,
        row.language,
        row.symbol,
        row.issued_on,
        row.file_name,
        row.media_type,
        row.digest,
        row.size_bytes,
    )
