"""Planning reminders: the ledger is brought in line with the occasions that hold now."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.errors import N_
from tracker.domain.reminders import Occasion, occasions_of
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_at
from tracker.queries.reminders import reminder_facts

logger = logging.getLogger(__name__)

NO_LONGER_HOLDS = N_("It was answered, moved, assigned to somebody else or withdrawn.")
REPLACED = N_("A later reminder about the same takes its place.")
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Planning:
    """How many occasions were written into the ledger, taken up again and taken back."""

    planned: int
    reopened: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class _Unsent:
    id: int
    key: _Key
    report_id: int | None
    state: Delivery


def plan_reminders(session: Session, *, at: datetime) -> Planning:
    """Plan what holds at the moment ``at``, once however often and however late this runs.

    A pending occasion that no longer holds is cancelled; a cancelled one that holds again is
    pending again; one that was sent stays sent.
    """
    wanted = occasions_at(session, at)
    unsent = _unsent(session)
    cancelled = [row for row in unsent if row.state is Delivery.PENDING and row.key not in wanted]
    reopened = [row for row in unsent if row.state is Delivery.CANCELLED and row.key in wanted]
    _cancel(session, cancelled, wanted.values(), at)
    _reopen(session, reopened, at)
    known = {row.key for row in unsent}
    planned = insert_new(
        session, Notification, [_row(wanted[key], at) for key in wanted if key not in known]
    )
    logger.info(
        "reminders planned: %s new, %s reopened, %s cancelled",
        planned,
        len(reopened),
        len(cancelled),
    )
    return Planning(planned, len(reopened), len(cancelled))


def occasions_at(
    session: Session, at: datetime, report_ids: Collection[int] | None = None
) -> dict[_Key, Occasion]:
    """Return the occasions that hold at the moment ``at``, by name and recipient."""
    away = absences_at(session, at)
    return {
        (occasion.name, occasion.recipient_id): occasion
        for facts in reminder_facts(session, report_ids)
        for occasion in occasions_of(facts, at, away)
    }


def _unsent(session: Session) -> list[_Unsent]:
    # Locked, so that none is cancelled here while a delivery claims it.
    query = (
        select(
            Notification.id,
            Notification.occasion,
            Notification.recipient_id,
            Notification.report_id,
            Notification.state,
        )
        .where(Notification.state.in_((Delivery.PENDING, Delivery.CANCELLED)))
        .order_by(Notification.id)
        .with_for_update()
    )
    return [
        _Unsent(row.id, (row.occasion, row.recipient_id), row.report_id, row.state)
        for row in session.execute(query)
    ]


def _cancel(
    session: Session, rows: Iterable[_Unsent], wanted: Iterable[Occasion], at: datetime
) -> None:
    goes_on = {(occasion.report_id, occasion.recipient_id) for occasion in wanted}
    changes = [
        {
            "id": row.id,
            "state": Delivery.CANCELLED,
            "settled_at": at,
            "message_id": None,
            "reason": REPLACED if (row.report_id, row.key[1]) in goes_on else NO_LONGER_HOLDS,
        }
        for row in rows
    ]
    if changes:
        session.execute(update(Notification), changes)


def _reopen(session: Session, rows: Iterable[_Unsent], at: datetime) -> None:
    changes = [
        {
            "id": row.id,
            "state": Delivery.PENDING,
            "planned_at": at,
            "settled_at": None,
            "message_id": None,
            "reason": "",
        }
        for row in rows
    ]
    if changes:
        session.execute(update(Notification), changes)


def _row(occasion: Occasion, at: datetime) -> dict[str, object]:
    return {
        "occasion": occasion.name,
        "kind": occasion.kind.value,
        "recipient_id": occasion.recipient_id,
        "report_id": occasion.report_id,
        "due_on": occasion.due_on,
        "state": Delivery.PENDING,
        "reason": "",
        "planned_at": at,
    }
