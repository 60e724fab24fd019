"""Reporting periods with the editions of the report that were made on them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import WHOLE, DocumentType, Scope, parse_scope
from tracker.domain.errors import NotFound
from tracker.domain.periods import PeriodState
from tracker.domain.workflow import Review
from tracker.models.biennial_reports import (
    EditionFile,
    EditionRevision,
    EditionState,
    ReportEdition,
)
from tracker.models.instruments import BodySession
from tracker.models.jobs import BackgroundTask
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.jobs import TaskProgress, task_progress

# The kind of the background task that makes an edition.
TASK_KIND = "biennial_report"
_TASKS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its number, who made it when, and the forms it can be downloaded in."""

    id: int
    number: int
    language: str
    document_symbol: str
    document_type: DocumentType
    scope: Scope
    scope_name: str
    state: EditionState
    created_at: datetime
    created_by: str
    mandate_count: int
    forms: tuple[tuple[str, int], ...]  # form and size in bytes
    record_digest: str | None = None
    has_sources: bool = False

    def issued_on(self, time_zone: str) -> date:
        """Return the day of the edition, which its other languages bear, too."""
        return self.created_at.astimezone(ZoneInfo(time_zone)).date()

    @property
    def comes_back(self) -> bool:
        """Tell whether its Word file can be brought back edited: not that of a part."""
        return self.scope.is_whole and self.document_type is DocumentType.SESSION

    @property
    def form_names(self) -> frozenset[str]:
        """Return the forms that were kept."""
        return frozenset(form for form, _ in self.forms)


@dataclass(frozen=True, slots=True)
class PeriodWithEditions:
    """A period, how many of its mandates are cleared, and its editions, newest first."""

    id: int
    state: PeriodState
    name: str
    starts_on: date
    ends_on: date
    slot_on: date | None
    session_name: str | None
    asked_count: int
    cleared_count: int
    editions: tuple[Edition, ...]

    @property
    def is_frozen(self) -> bool:
        """Tell whether the final edition is made and the period was not opened again since."""
        return self.state is PeriodState.FROZEN

    @property
    def finals(self) -> tuple[Edition, ...]:
        """Return the newest final edition in its languages, in the order they were made."""
        finals = [edition for edition in self.editions if edition.state is EditionState.FINAL]
        newest = max((edition.number for edition in finals), default=0)
        return tuple(edition for edition in reversed(finals) if edition.number == newest)

    def is_final_in(self, language: str) -> bool:
        """Tell whether its words in this language stay as they are: the final edition is made."""
        return self.is_frozen and any(edition.language == language for edition in self.finals)

    def newest_draft_in(self, language: str) -> Edition | None:
        """Return the newest draft in a language whose Word file can be brought back edited."""
        drafts = (
            edition
            for edition in self.editions
            if edition.language == language
            and edition.state is EditionState.DRAFT
            and edition.comes_back
            and "docx" in edition.form_names
        )
        return max(drafts, key=lambda edition: edition.number, default=None)

    def shown_in(self, language: str) -> Edition | None:
        """Return the edition to read first: the final one, in the reader's language if there is."""
        if self.finals:
            return next(
                (edition for edition in self.finals if edition.language == language),
                self.finals[0],
            )
        return next((edition for edition in self.editions if not edition.scope_name), None)


def periods_with_editions(session: Session) -> tuple[PeriodWithEditions, ...]:
    """Return all reporting periods, newest first."""
    return _periods(session, period_id=None)


def period_with_editions(session: Session, period_id: int) -> PeriodWithEditions:
    """Return one reporting period; raise NotFound when there is none."""
    found = _periods(session, period_id=period_id)
    if not found:
        raise NotFound("There is no such reporting period. Choose one on the page Reports.")
    return found[0]


def find_newest_task(session: Session, period_id: int) -> TaskProgress | None:
    """Return the newest task that makes an edition on the period, or None."""
    tasks = session.scalars(
        select(BackgroundTask)
        .where(BackgroundTask.kind == TASK_KIND)
        .order_by(BackgroundTask.id.desc())
        .limit(_TASKS_LOOKED_AT)
    )
    return next(
        (task_progress(task) for task in tasks if task.arguments.get("period_id") == period_id),
        None,
    )


def edition_file(session: Session, edition_id: int, form: str) -> EditionFile:
    """Return the file of an edition in a form; raise NotFound where there is none."""
    file = session.scalar(
        select(EditionFile).where(EditionFile.edition_id == edition_id, EditionFile.form == form)
    )
    if file is None:
        raise NotFound("There is no such file of this report. Choose one from the list.")
    return file


def files_of_edition(session: Session, edition_id: int) -> tuple[EditionFile, ...]:
    """Return the files that were kept of an edition, by form. One statement."""
    return tuple(
        session.scalars(
            select(EditionFile)
            .where(EditionFile.edition_id == edition_id)
            .order_by(EditionFile.form)
        )
    )


def find_final(session: Session, period_id: int) -> Edition | None:
    """Return the newest final edition on a period in the language that it was made in first."""
    return next(iter(period_with_editions(session, period_id).finals), None)


def edition_with_period(session: Session, edition_id: int) -> tuple[PeriodWithEditions, Edition]:
    """Return an edition and its period; raise NotFound when there is none."""
    period_id = session.scalar(
        select(ReportEdition.period_id).where(ReportEdition.id == edition_id)
    )
    if period_id is None:
        raise NotFound("There is no such edition of a report. Choose one on the page Reports.")
    period = period_with_editions(session, period_id)
    return period, next(edition for edition in period.editions if edition.id == edition_id)


def _periods(session: Session, *, period_id: int | None) -> tuple[PeriodWithEditions, ...]:
    cleared = ProgressReport.review.in_((Review.CLEARED, Review.FROZEN))
    query = (
        select(
            ReportingPeriod,
            BodySession.name,
            func.count(ProgressReport.id),
            func.count(ProgressReport.id).filter(cleared),
        )
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .outerjoin(
            ProgressReport,
            (ProgressReport.period_id == ReportingPeriod.id) & ~ProgressReport.is_waived,
        )
        .group_by(ReportingPeriod.id, BodySession.id)
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
    )
    if period_id is not None:
        query = query.where(ReportingPeriod.id == period_id)
    rows = session.execute(query).all()
    editions = _editions(session, [period.id for period, *_ in rows])
    return tuple(
        PeriodWithEditions(
            id=period.id,
            state=period.state,
            name=period.name,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            slot_on=period.slot_on,
            session_name=session_name,
            asked_count=asked,
            cleared_count=cleared_count,
            editions=tuple(editions[period.id]),
        )
        for period, session_name, asked, cleared_count in rows
    )


def _editions(session: Session, period_ids: list[int]) -> dict[int, list[Edition]]:
    forms: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for edition_id, form, size in session.execute(
        select(EditionFile.edition_id, EditionFile.form, EditionFile.size_bytes)
        .join(ReportEdition, ReportEdition.id == EditionFile.edition_id)
        .where(ReportEdition.period_id.in_(period_ids))
        .order_by(EditionFile.form)
    ):
        forms[edition_id].append((form, size))
    mandate_count = (
        select(func.count())
        .where(EditionRevision.edition_id == ReportEdition.id)
        .correlate(ReportEdition)
        .scalar_subquery()
    )
    editions: dict[int, list[Edition]] = defaultdict(list)
    for edition, author, count in session.execute(
        select(ReportEdition, Person.name, mandate_count)
        .join(Person, Person.id == ReportEdition.created_by_id)
        .where(ReportEdition.period_id.in_(period_ids))
        .order_by(ReportEdition.created_at.desc(), ReportEdition.id.desc())
    ):
        editions[edition.period_id].append(
            Edition(
                id=edition.id,
                number=edition.number,
                language=edition.language,
                document_symbol=edition.document_symbol,
                document_type=DocumentType(edition.document_type),
                scope=parse_scope(edition.scope) or WHOLE,
                scope_name=edition.scope_name,
                state=edition.state,
                created_at=edition.created_at,
                created_by=author,
                mandate_count=count,
                forms=tuple(forms[edition.id]),
                record_digest=edition.record_digest,
                has_sources=edition.has_sources,
            )
        )
    return editions
