"""Reminders as the ledger tells them: what was planned for whom, what became of it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.reminders import ReminderKind, Silence
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.assignments import is_declined
from tracker.queries.references import Reference

PAGE_SIZE = 100
_NEVER_AGAIN = frozenset(ANSWERED - {Review.SUBMITTED})


@dataclass(frozen=True, slots=True)
class Reminder:
    """One occasion in the ledger; ``reason`` is why it was not sent, ``error`` a server's words."""

    id: int
    kind: ReminderKind
    report_id: int
    reference: Reference
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


def silence_about(session: Session, report_id: int) -> Silence | None:
    """Return why nobody is reminded of a report at all, None where somebody is."""
    row = session.execute(
        select(
            ProgressReport.is_waived,
            ProgressReport.review,
            ReportingPeriod.state,
            Mandate.lifecycle,
            Mandate.requires_action,
            is_declined().label("is_declined"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(ProgressReport.id == report_id)
    ).one()
    reasons = {
        Silence.WAIVED: row.is_waived,
        Silence.PERIOD_CLOSED: row.state is not PeriodState.OPEN,
        Silence.WITHDRAWN: row.lifecycle is not Lifecycle.ACTIVE or not row.requires_action,
        Silence.DECLINED: row.is_declined,
        Silence.CLEARED: row.review in _NEVER_AGAIN,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _page(session: Session, condition: ColumnElement[bool], before: int | None) -> ReminderPage:
    query = (
        select(
            Notification, Person.name, Instrument.symbol, Instrument.slug, Body.key, Clause.path,
            MailMessage.error,
        )
        .join(Person, Person.id == Notification.recipient_id)
        .join(ProgressReport, ProgressReport.id == Notification.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .outerjoin(MailMessage, MailMessage.id == Notification.message_id)
        .where(condition)
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
            report_id=row.report_id or 0,
            reference=Reference(symbol, body, slug, path or ""),
            recipient_id=row.recipient_id,
            recipient=name,
            due_on=row.due_on,
            state=row.state,
            planned_at=row.planned_at,
            settled_at=row.settled_at,
            reason=row.reason,
            error=error or "",
        )
        for row, name, symbol, slug, body, path, error in found[:PAGE_SIZE]
    ]
    total = session.scalars(
        select(func.count())
        .select_from(Notification)
        .where(condition, Notification.report_id.is_not(None))
    ).one()
    return ReminderPage(rows, total, rows[-1].id if len(found) > PAGE_SIZE else None)
