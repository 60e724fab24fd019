"""Reminders as the ledger tells them: what was planned for whom, what became of it, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.deadlines import begins_at
from tracker.domain.mandates import Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.reminders import ReminderKind, Silence
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.assignments import is_declined
from tracker.queries.references import Reference
from tracker.queries.reminders import AnyRow

PAGE_SIZE = 100
# What was returned is told of at once; that an answer is wanted, not before the call.
_BEGUN_BY_CALL = frozenset({Review.OPEN, Review.DRAFT})
_IS_ABOUT_SOMETHING = or_(
    Notification.report_id.is_not(None),
    Notification.mandate_id.is_not(None),
    Notification.edition_id.is_not(None),
    Notification.about_id.is_not(None),
)
_NEVER_AGAIN = frozenset(ANSWERED - {Review.SUBMITTED})


@dataclass(frozen=True, slots=True)
class EditionName:
    """An edition of the biennial report as it is named."""

    id: int
    period: str
    number: int
    language: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One occasion in the ledger; ``reason`` is why it was not sent, ``error`` a server's words.

    It is about a mandate, an edition of the biennial report, or a person (``about``).
    """

    id: int
    kind: ReminderKind
    report_id: int | None
    reference: Reference | None
    edition: EditionName | None
    about: str | None
    recipient_id: int
    recipient: str
    due_on: date | None
    state: Delivery
    planned_at: datetime
    settled_at: datetime | None
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """Reminders, the newest first, how many there are, and the key to go on after."""

    rows: Sequence[Reminder]
    total: int
    next_before: int | None


def reminders_of_report(
    session: Session, report_id: int, *, before: int | None = None
) -> ReminderPage:
    """Return what people were told about a report, or were to be told."""
    return _page(session, Notification.report_id == report_id, before)


def reminders_of_person(
    session: Session, person_id: int, *, before: int | None = None
) -> ReminderPage:
    """Return what a person was told, or was to be told."""
    return _page(session, Notification.recipient_id == person_id, before)


def reminders_called(
    session: Session, occasions: Collection[str], *, before: int | None = None
) -> ReminderPage:
    """Return what people were told on occasions of these names, or were to be told."""
    return _page(session, Notification.occasion.in_(occasions), before)


def silence_about(session: Session, report_id: int, *, at: datetime) -> Silence | None:
    """Return why nobody is reminded of a report at the moment ``at``, None where somebody is."""
    return silences_about(session, [report_id], at=at).get(report_id)


def silences_about(
    session: Session, report_ids: Collection[int], *, at: datetime
) -> Mapping[int, Silence]:
    """Return why nobody is reminded of these reports; of the others somebody is. One statement."""
    rows = session.execute(
        select(
            ProgressReport.id,
            ProgressReport.is_waived,
            ProgressReport.review,
            ReportingPeriod.state,
            ReportingPeriod.call_on,
            OrganizationalUnit.time_zone,
            Mandate.lifecycle,
            Mandate.requires_action,
            is_declined().label("is_declined"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .where(ProgressReport.id.in_(report_ids))
    )
    found = ((row.id, _silence(row, at)) for row in rows)
    return {report_id: silence for report_id, silence in found if silence is not None}


def _silence(row: AnyRow, at: datetime) -> Silence | None:
    is_called = row.call_on is None or begins_at(row.call_on, row.time_zone) <= at
    reasons = {
        Silence.WAIVED: row.is_waived,
        Silence.PERIOD_CLOSED: row.state is not PeriodState.OPEN,
        Silence.WITHDRAWN: row.lifecycle is not Lifecycle.ACTIVE or not row.requires_action,
        Silence.DECLINED: row.is_declined,
        Silence.CLEARED: row.review in _NEVER_AGAIN,
        Silence.BEFORE_CALL: row.review in _BEGUN_BY_CALL and not is_called,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _page(session: Session, condition: ColumnElement[bool], before: int | None) -> ReminderPage:
    about = aliased(Person)
    query = (
        select(
            Notification, Person.name, Instrument.symbol, Instrument.slug, Body.key, Clause.path,
            MailMessage.error, ReportEdition, ReportingPeriod.name, about.name,
        )
        .join(Person, Person.id == Notification.recipient_id)
        .outerjoin(ProgressReport, ProgressReport.id == Notification.report_id)
        .outerjoin(
            Mandate, Mandate.id == func.coalesce(ProgressReport.mandate_id, Notification.mandate_id)
        )
        .outerjoin(Clause, Clause.id == Mandate.clause_id)
        .outerjoin(Instrument, Instrument.id == Mandate.instrument_id)
        .outerjoin(Body, Body.id == Instrument.body_id)
        .outerjoin(ReportEdition, ReportEdition.id == Notification.edition_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .outerjoin(about, about.id == Notification.about_id)
        .outerjoin(MailMessage, MailMessage.id == Notification.message_id)
        .where(condition, _IS_ABOUT_SOMETHING)
        .order_by(Notification.id.desc())
        .limit(PAGE_SIZE + 1)
    )  # fmt: skip
    if before is not None:
        query = query.where(Notification.id < before)
    found = session.execute(query).all()
    rows = [
        Reminder(
            id=row.id,
            kind=ReminderKind(row.kind),
            report_id=row.report_id,
            reference=None if symbol is None else Reference(symbol, body, slug, path or ""),
            edition=_edition_name(edition, period) if edition is not None else None,
            about=about_name,
            recipient_id=row.recipient_id,
            recipient=name,
            due_on=row.due_on,
            state=row.state,
            planned_at=row.planned_at,
            settled_at=row.settled_at,
            reason=row.reason,
            error=error or "",
        )
        for row, name, symbol, slug, body, path, error, edition, period, about_name in found[
            :PAGE_SIZE
        ]
    ]
    total = session.scalars(
        select(func.count()).select_from(Notification).where(condition, _IS_ABOUT_SOMETHING)
    ).one()
    return ReminderPage(rows, total, rows[-1].id if len(found) > PAGE_SIZE else None)


def _edition_name(edition: ReportEdition, period: str) -> EditionName:
    return EditionName(edition.id, period, edition.number, edition.language)
