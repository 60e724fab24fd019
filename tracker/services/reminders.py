"""Planning reminders: the ledger is brought in line with the occasions that hold now."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.absences import Absence
from tracker.domain.errors import N_
from tracker.domain.house_matters import HouseMatters, matter_occasions
from tracker.domain.reminders import Item, Occasion, ReminderKind, ReportFacts, occasions_of
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_at
from tracker.queries.house_matters import house_matters, other_matters, report_matters
from tracker.queries.many_keys import is_among
from tracker.queries.reminder_rules import rule_book
from tracker.queries.reminders import reminder_facts, reports_to_plan, told_since

logger = logging.getLogger(__name__)

NO_LONGER_HOLDS = N_("It was answered, moved, assigned to somebody else or withdrawn.")
REPLACED = N_("A later reminder about the same takes its place.")
_REPORTS_HELD = 2_000  # of which what is known and wanted is in memory at once
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Planning:
    """How many occasions were written into the ledger, taken up again and taken back."""

    planned: int
    reopened: int
    cancelled: int

    def __add__(self, other: "Planning") -> "Planning":
        """Return both together."""
        return Planning(
            self.planned + other.planned,
            self.reopened + other.reopened,
            self.cancelled + other.cancelled,
        )


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
    _lock_unsent(session)
    away, book = absences_at(session, at), rule_book(session)
    house = other_matters(session, at)
    planning = _bring_in_line(session, _by_key(matter_occasions(house, at, away)), None, at)
    report_ids = reports_to_plan(session)
    for begin in range(0, len(report_ids), _REPORTS_HELD):
        part = report_ids[begin : begin + _REPORTS_HELD]
        facts = reminder_facts(session, part, book=book)
        matters = report_matters(session, facts, at, away, report_ids=part, house=house)
        told = told_since(session, part) if book.was_changed else {}
        wanted = _by_key(_held(facts, matters, at, away, told))
        planning += _bring_in_line(session, wanted, part, at)
    logger.info(
        "reminders planned: %s new, %s reopened, %s cancelled",
        planning.planned,
        planning.reopened,
        planning.cancelled,
    )
    return planning


def _bring_in_line(
    session: Session,
    wanted: Mapping[_Key, Occasion],
    report_ids: Collection[int] | None,
    at: datetime,
) -> Planning:
    """Let the ledger hold what is wanted about these reports; None is what is about no report."""
    unsent = _unsent(session, report_ids)
    cancelled = [row for row in unsent if row.state is Delivery.PENDING and row.key not in wanted]
    reopened = [row for row in unsent if row.state is Delivery.CANCELLED and row.key in wanted]
    _cancel(session, cancelled, wanted.values(), at)
    _reopen(session, reopened, at)
    known = {row.key for row in unsent}
    new = [_row(wanted[key], at) for key in wanted if key not in known]
    return Planning(insert_new(session, Notification, new), len(reopened), len(cancelled))


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
    matters = house_matters(session, facts, at, away, kinds=kinds, report_ids=report_ids)
    return _by_key(_held(facts, matters, at, away, told))


def _held(
    facts: Iterable[ReportFacts],
    matters: HouseMatters,
    at: datetime,
    away: Collection[Absence],
    told: Mapping[_Key, datetime],
) -> Iterator[Occasion]:
    """Yield the reminders that hold at the moment and were not told, and the matters."""
    for each in facts:
        for occasion in occasions_of(each, at, away):
            if not told or not occasion.was_told_by(told):
                yield occasion
    yield from matter_occasions(matters, at, away)


def _by_key(occasions: Iterable[Occasion]) -> dict[_Key, Occasion]:
    return {(occasion.name, occasion.recipient_id): occasion for occasion in occasions}


_UNSENT = (
    # Said by what it is not: else SQLite goes through all that is unsent for each part.
    Notification.state.not_in((Delivery.SENDING, Delivery.SENT, Delivery.FAILED)),
    # What a roll-up tells is decided when it is made, and once more when it is claimed.
    Notification.kind != ReminderKind.ESCALATION.value,
)


def _lock_unsent(session: Session) -> None:
    """Let no delivery claim what may be cancelled here.

    All at once and by id, as deliveries lock it: part by part each could wait for the other.
    """
    unsent = (
        select(Notification.id)
        .where(*_UNSENT, Notification.state == Delivery.PENDING)
        .order_by(Notification.id)
        .with_for_update()
        .subquery()
    )
    session.execute(select(func.count()).select_from(unsent))


def _unsent(session: Session, report_ids: Collection[int] | None) -> list[_Unsent]:
    """Return what is not sent about these reports, None is what is about no report."""
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
            *_UNSENT,
            Notification.report_id.is_(None)
            if report_ids is None
            else is_among(session, Notification.report_id, report_ids),
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
