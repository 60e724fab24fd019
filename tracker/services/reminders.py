"""Planning reminders: the ledger is brought in line with the occasions that hold now."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.errors import N_
from tracker.domain.house_matters import matter_occasions
from tracker.domain.reminders import Item, Occasion, ReminderKind, occasions_of
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_at
from tracker.queries.house_matters import house_matters
from tracker.queries.reminder_rules import rule_book
from tracker.queries.reminders import reminder_facts, told_since

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
    item: Item
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


def plan_requests(session: Session, report_ids: Collection[int], *, at: datetime) -> int:
    """Plan at once what was asked for about these reports; return how much of it is new."""
    held = occasions_at(session, at, report_ids, kinds=())
    asked = [each for each in held.values() if each.kind is ReminderKind.REQUESTED]
    rows = [_row(occasion, at) for occasion in asked]
    # Taken back since somebody answered, and given back since: it is told after all.
    session.execute(
        update(Notification)
        .where(
            tuple_(Notification.occasion, Notification.recipient_id).in_(
                [(each.name, each.recipient_id) for each in asked]
            ),
            Notification.state == Delivery.CANCELLED,
        )
        .values(state=Delivery.PENDING, planned_at=at, settled_at=None, message_id=None, reason="")
    )
    return insert_new(session, Notification, rows)


def occasions_at(
    session: Session,
    at: datetime,
    report_ids: Collection[int] | None = None,
    *,
    kinds: Collection[ReminderKind] = tuple(ReminderKind),
) -> dict[_Key, Occasion]:
    """Return the occasions of these kinds that hold at the moment ``at``, by name and recipient."""
    away = absences_at(session, at)
    book = rule_book(session)
    told = told_since(session, report_ids) if book.was_changed else {}
    facts = reminder_facts(session, report_ids, book=book)
    matters = house_matters(session, facts, at, away, kinds=kinds)
    held = (
        *(
            occasion
            for each in facts
            for occasion in occasions_of(each, at, away)
            if not occasion.was_told_by(told)
        ),
        *matter_occasions(matters, at, away),
    )
    return {(occasion.name, occasion.recipient_id): occasion for occasion in held}


def _unsent(session: Session) -> list[_Unsent]:
    # Locked, so that none is cancelled here while a delivery claims it.
    query = (
        select(
            Notification.id,
            Notification.occasion,
            Notification.recipient_id,
            Notification.report_id,
            Notification.mandate_id,
            Notification.edition_id,
            Notification.about_id,
            Notification.state,
        )
        .where(
            Notification.state.in_((Delivery.PENDING, Delivery.CANCELLED)),
            # What a roll-up tells is decided when it is made, and once more when it is claimed.
            Notification.kind != ReminderKind.ESCALATION.value,
        )
        .order_by(Notification.id)
        .with_for_update()
    )
    return [
        _Unsent(
            row.id,
            (row.occasion, row.recipient_id),
            (
                row.report_id,
                None if row.report_id else row.mandate_id,
                row.edition_id,
                row.about_id,
            ),
            row.state,
        )
        for row in session.execute(query)
    ]


def _cancel(
    session: Session, rows: Iterable[_Unsent], wanted: Iterable[Occasion], at: datetime
) -> None:
    goes_on = {(occasion.item, occasion.recipient_id) for occasion in wanted}
    changes = [
        {
            "id": row.id,
            "state": Delivery.CANCELLED,
            "settled_at": at,
            "message_id": None,
            "reason": REPLACED if (row.item, row.key[1]) in goes_on else NO_LONGER_HOLDS,
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
        "mandate_id": occasion.mandate_id,
        "edition_id": occasion.edition_id,
        "about_id": occasion.about_id,
        "due_on": occasion.due_on,
        "state": Delivery.PENDING,
        "reason": "",
        "planned_at": at,
    }
