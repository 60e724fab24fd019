"""What everybody may read: adopted texts, and what issued reports said on them; nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import BlockKind
from tracker.domain.mandates import Sensitivity
from tracker.domain.public_pages import is_kept_off
from tracker.domain.submissions import Distribution, IssuedKind
from tracker.models.biennial_reports import EditionRevision, EditionState, ReportEdition
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.models.public_pages import BodyPublication, PublicHold
from tracker.models.submissions import EditionSubmission, IssuedDocument
from tracker.queries.paging import Place, rows_of_page

MOST_ENTRIES = 50  # of a feed
_Version = aliased(ClauseText)
_TitleVersion = aliased(InstrumentText)
_SHOWN = (
    BlockKind.OPENER,
    BlockKind.PREAMBULAR,
    BlockKind.HEADING,
    BlockKind.OPERATIVE,
    BlockKind.ANNEX,
    BlockKind.FOOTNOTE,
)


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body, and whether it has public pages."""

    body_id: int
    key: str
    name: str
    is_on: bool
    is_indexed: bool
    version: int


@dataclass(frozen=True, slots=True)
class PublicClause:
    """One block of an adopted text; ``text`` is empty where it is kept off the public pages."""

    clause_id: int
    mandate_id: int | None
    kind: BlockKind
    number: str | None
    path: str | None
    text: str
    language: str

    @property
    def has_page(self) -> bool:
        """Tell whether it is an operative paragraph that is shown."""
        return self.kind is BlockKind.OPERATIVE and bool(self.path and self.text)


@dataclass(frozen=True, slots=True)
class PublicResolution:
    """An adopted text as everybody may read it."""

    body_key: str
    body_name: str
    slug: str
    symbol: str
    title: str
    language: str
    session_name: str | None
    adopted_on: date | None
    is_indexed: bool
    clauses: tuple[PublicClause, ...]

    def find_clause(self, path: str) -> PublicClause | None:
        """Return the paragraph at a path, where it is shown."""
        return next((each for each in self.clauses if each.has_page and each.path == path), None)


@dataclass(frozen=True, slots=True)
class PublicSession:
    """A session of a body with how many texts of it there are; None for texts of no session."""

    id: int | None
    name: str | None
    opens_on: date | None
    text_count: int


@dataclass(frozen=True, slots=True)
class ListedText:
    """An adopted text as the list of a body names it."""

    slug: str
    symbol: str
    title: str
    language: str
    adopted_on: date | None


@dataclass(frozen=True, slots=True)
class PublicFile:
    """An official file: where it is, what it is, and since when it is here."""

    id: int
    kind: IssuedKind
    language: str
    symbol: str
    issued_on: date
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class PublicReport:
    """An issued report of general distribution, with its official files.

    ``record_digest`` names what it says passage by passage, None where no record was kept.
    """

    edition_id: int
    slug: str
    title: str
    period_name: str
    body_name: str | None
    session_name: str | None
    record_digest: str | None
    files: tuple[PublicFile, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """What was decided last on a record; ``clause_id`` is None for the whole text."""

    id: int
    clause_id: int | None
    is_held: bool
    until: date | None
    reason: str

    def is_in_force(self, today: date) -> bool:
        """Tell whether it keeps the record off the public pages on a day."""
        return is_kept_off(is_held=self.is_held, until=self.until, today=today)


def public_bodies(session: Session, *conditions: ColumnElement[bool]) -> Sequence[PublicBody]:
    """Return bodies by name with whether they have public pages. One statement."""
    rows = session.execute(
        select(Body, BodyPublication)
        .outerjoin(BodyPublication, BodyPublication.body_id == Body.id)
        .where(*conditions)
        .order_by(Body.name)
    )
    return [
        PublicBody(
            body.id,
            body.key,
            body.name,
            row is not None and row.is_on,
            row is not None and row.is_indexed,
            row.version if row is not None else 0,
        )
        for body, row in rows
    ]


def find_body(session: Session, body_id: int) -> PublicBody | None:
    """Return one body, or None."""
    return next(iter(public_bodies(session, Body.id == body_id)), None)


def find_public_body(session: Session, key: str) -> PublicBody | None:
    """Return a body whose public pages are on, or None."""
    found = public_bodies(session, Body.key == key, BodyPublication.is_on.is_(True))
    return next(iter(found), None)


def newest_holds(session: Session, instrument_id: int) -> Mapping[int | None, Hold]:
    """Return what was decided last on a text (under None) and on its clauses. One statement."""
    rows = session.scalars(
        select(PublicHold).where(PublicHold.instrument_id == instrument_id).order_by(PublicHold.id)
    )
    return {
        row.clause_id: Hold(row.id, row.clause_id, row.is_held, row.until, row.reason)
        for row in rows
    }


def find_public_resolution(
    session: Session, body_key: str, slug: str, *, language: str, today: date
) -> PublicResolution | None:
    """Return an adopted text in a language, in the original where there is no such version.

    None where there is none, the body's pages are off, or the text is kept off them. Three
    statements at most.
    """
    row = session.execute(_texts(language).where(Body.key == body_key, Instrument.slug == slug))
    found = row.first()
    if found is None:
        return None
    holds = newest_holds(session, found.id)
    off = {key for key, hold in holds.items() if hold.is_in_force(today)}
    if None in off:
        return None
    return PublicResolution(
        body_key=body_key,
        body_name=found.body_name,
        slug=slug,
        symbol=found.symbol,
        title=found.title,
        language=found.language,
        session_name=found.session_name,
        adopted_on=found.adopted_on,
        is_indexed=found.is_indexed,
        clauses=_clauses(session, found.id, language, off),
    )


def sessions_with_texts(
    session: Session, body_id: int, *, today: date
) -> tuple[PublicSession, ...]:
    """Return the sessions of a body that have public texts, the newest first. One statement."""
    rows = session.execute(
        select(BodySession.id, BodySession.name, BodySession.opens_on, func.count(Instrument.id))
        .select_from(Instrument)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(Instrument.body_id == body_id, ~_is_held(today))
        .group_by(BodySession.id, BodySession.name, BodySession.opens_on, BodySession.number)
        .order_by(BodySession.number.desc().nulls_last())
    )
    return tuple(PublicSession(*row) for row in rows)


def texts_of_session(
    session: Session,
    body_id: int,
    session_id: int | None,
    *,
    language: str,
    today: date,
    place: Place,
) -> tuple[tuple[ListedText, ...], str | None, str | None]:
    """Return a page of the public texts of a session by symbol, and the keys around it.

    ``session_id`` is None for texts of no session. One statement.
    """
    wanted = _texts(language).where(
        Instrument.body_id == body_id, Instrument.session_id == session_id, ~_is_held(today)
    )
    rows, before, after = rows_of_page(
        session,
        wanted.add_columns(Instrument.slug),
        sort=Instrument.sort_key,
        identity=Instrument.id,
        is_descending=False,
        place=place,
    )
    listed = (
        ListedText(row.slug, row.symbol, row.title, row.language, row.adopted_on) for row in rows
    )
    return tuple(listed), before, after


def _is_held(today: date) -> ColumnElement[bool]:
    """Say of an adopted text that what was decided last keeps the whole of it off on a day."""
    newest = (
        select(func.max(PublicHold.id))
        .where(PublicHold.instrument_id == Instrument.id, PublicHold.clause_id.is_(None))
        .correlate(Instrument)
        .scalar_subquery()
    )
    return (
        select(PublicHold.id)
        .where(
            PublicHold.id == newest,
            PublicHold.is_held,
            or_(PublicHold.until.is_(None), PublicHold.until > today),
        )
        .correlate(Instrument)
        .exists()
    )


def _texts(language: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Instrument.id,
            Instrument.symbol,
            Instrument.adopted_on,
            Body.name.label("body_name"),
            BodySession.name.label("session_name"),
            BodyPublication.is_indexed,
            func.coalesce(_TitleVersion.title, InstrumentText.title).label("title"),
            func.coalesce(_TitleVersion.language, InstrumentText.language).label("language"),
        )
        .join(Body, Body.id == Instrument.body_id)
        .join(BodyPublication, BodyPublication.body_id == Body.id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .outerjoin(
            _TitleVersion,
            (_TitleVersion.instrument_id == Instrument.id)
            & (_TitleVersion.language == language)
            & ~_TitleVersion.is_out_of_date,
        )
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(InstrumentText.is_original, BodyPublication.is_on)
    )


def _clauses(
    session: Session, instrument_id: int, language: str, off: set[int | None]
) -> tuple[PublicClause, ...]:
    rows = session.execute(
        select(
            Clause.id,
            Clause.kind,
            Clause.number,
            Clause.path,
            Mandate.id.label("mandate_id"),
            Mandate.sensitivity,
            func.coalesce(_Version.text, ClauseText.text).label("text"),
            func.coalesce(_Version.language, ClauseText.language).label("language"),
        )
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .outerjoin(
            _Version,
            (_Version.clause_id == Clause.id)
            & (_Version.language == language)
            & ~_Version.is_out_of_date,
        )
        .outerjoin(Mandate, Mandate.clause_id == Clause.id)
        .where(
            Clause.instrument_id == instrument_id,
            Clause.is_dropped == false(),
            Clause.kind.in_(_SHOWN),
        )
        .order_by(Clause.position)
    )
    return tuple(_clause(row, off) for row in rows)


def _clause(row: Row[*tuple[Any, ...]], off: set[int | None]) -> PublicClause:
    is_open = row.sensitivity in {None, Sensitivity.UNCLASSIFIED} and row.id not in off
    return PublicClause(
        clause_id=row.id,
        mandate_id=row.mandate_id,
        kind=row.kind,
        number=row.number,
        path=row.path,
        text=row.text if is_open else "",
        language=row.language,
    )


def reports_on_mandate(
    session: Session, mandate_id: int, language: str
) -> tuple[PublicReport, ...]:
    """Return the issued reports that say something on an unclassified mandate, the newest first.

    Their record is that of their final edition in ``language`` where they were issued in it. Two
    statements.
    """
    pinned = (
        select(EditionRevision.edition_id)
        .join(ProgressRevision, ProgressRevision.id == EditionRevision.revision_id)
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(
            Mandate.id == mandate_id,
            Mandate.sensitivity == Sensitivity.UNCLASSIFIED,
            ProgressRevision.sensitivity == Sensitivity.UNCLASSIFIED,
        )
    )
    return _reports(session, EditionSubmission.edition_id.in_(pinned), language)


def reports_to_body(session: Session, body_id: int) -> tuple[PublicReport, ...]:
    """Return the issued reports to the sessions of a body, the newest first. Two statements."""
    return _reports(session, BodySession.body_id == body_id)


def _reports(
    session: Session, condition: ColumnElement[bool], language: str = ""
) -> tuple[PublicReport, ...]:
    translated = aliased(ReportEdition)
    is_public = (
        EditionSubmission.submitted_at.is_not(None),
        EditionSubmission.distribution == Distribution.GENERAL,
        condition,
    )
    rows = session.execute(
        select(
            EditionSubmission.edition_id,
            EditionSubmission.slug,
            EditionSubmission.title,
            ReportEdition.record_digest,
            translated.record_digest.label("translated_digest"),
            ReportingPeriod.name.label("period_name"),
            Body.name.label("body_name"),
            BodySession.name.label("session_name"),
        )
        .join(ReportEdition, ReportEdition.id == EditionSubmission.edition_id)
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .outerjoin(
            translated,
            and_(
                translated.period_id == ReportEdition.period_id,
                translated.number == ReportEdition.number,
                translated.language == language,
                translated.state == EditionState.FINAL,
            ),
        )
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .outerjoin(Body, Body.id == BodySession.body_id)
        .where(*is_public)
        .order_by(ReportingPeriod.ends_on.desc(), EditionSubmission.edition_id.desc())
    ).all()
    files = _files(session, [row.edition_id for row in rows])
    return tuple(
        PublicReport(
            edition_id=row.edition_id,
            slug=row.slug,
            title=row.title,
            period_name=row.period_name,
            body_name=row.body_name,
            session_name=row.session_name,
            record_digest=_digest_in(language, row, files[row.edition_id]),
            files=files[row.edition_id],
        )
        for row in rows
        if row.edition_id in files
    )


def _digest_in(
    language: str, row: Row[*tuple[Any, ...]], files: Sequence[PublicFile]
) -> str | None:
    is_issued = any(file.language == language for file in files)
    digest: str | None = (row.translated_digest if is_issued else None) or row.record_digest
    return digest


def _files(session: Session, edition_ids: Sequence[int]) -> Mapping[int, tuple[PublicFile, ...]]:
    rows = session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.edition_id.in_(edition_ids), IssuedDocument.withdrawn_at.is_(None))
        .order_by(IssuedDocument.issued_on, IssuedDocument.language, IssuedDocument.id)
    )
    found: dict[int, tuple[PublicFile, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.edition_id] += (
            PublicFile(row.id, row.kind, row.language, row.symbol, row.issued_on, row.attached_at),
        )
    return dict(found)
