"""Reporting periods with the editions of the report that were made on them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.workflow import Review
from tracker.models.biennial_reports import EditionFile, EditionState, ReportEdition
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
    state: EditionState
    created_at: datetime
    created_by: str
    forms: tuple[tuple[str, int], ...]  # form and size in bytes


@dataclass(frozen=True, slots=True)
class PeriodWithEditions:
    """A period, how many of its mandates are cleared, and its editions, newest first."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    slot_on: date | None
    session_name: str | None
    asked_count: int
    cleared_count: int
    editions: tuple[Edition, ...]

    @property
    def has_final_edition(self) -> bool:
        """Tell whether the edition that is handed in has been made."""
        return any(edition.state is EditionState.FINAL for edition in self.editions)


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
    editions: dict[int, list[Edition]] = defaultdict(list)
    for edition, author in session.execute(
        select(ReportEdition, Person.name)
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
                state=edition.state,
                created_at=edition.created_at,
                created_by=author,
                forms=tuple(forms[edition.id]),
            )
        )
    return editions
