"""Roll-ups: what is proposed in which unit, and what was decided about earlier ones."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.escalation import Decision, SilentReport, is_ripe, told_from
from tracker.domain.reminder_limits import Limit, Limits
from tracker.models.escalations import RollUp, RollUpItem
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import absences_at, names_of
from tracker.queries.references import Reference
from tracker.queries.reminder_limits import limits_in_force, switches
from tracker.queries.reminders import reminder_facts
from tracker.queries.silent_reports import often_reminded, silent_reports

MOST_DECIDED = 50
_Recipient = aliased(Person)
_Decider = aliased(Person)
_Later = aliased(RollUpItem)


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """A report without an answer: since when, and when which reminders were delivered.

    ``announced_for`` is the day from which the rule tells the chief, where that was announced.
    """

    report_id: int
    reference: Reference
    text: str
    text_language: str
    due_on: date
    reminded_at: tuple[datetime, ...]
    announced_for: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The reports of one unit that may be told to its chief; ``chiefs`` are whom it may go to.

    Without any, the managers of the unit are asked themselves, or there is none.
    """

    unit_id: int
    unit: str
    chiefs: Mapping[int, str]
    is_by_rule: bool
    items: Sequence[ProposedItem]


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """A report of a roll-up, and what became of it; ``state`` is None for what was set aside."""

    report_id: int
    reference: Reference
    due_on: date
    state: Delivery | None
    reason: str


@dataclass(frozen=True, slots=True)
class DecidedRollUp:
    """A roll-up that was sent or set aside, with what became of its mail."""

    roll_up_id: int
    unit: str
    decision: Decision
    recipient: str
    subject: str
    text: str
    reason: str
    decided_at: datetime
    decided_by: str
    state: Delivery | None
    settled_at: datetime | None
    error: str
    items: Sequence[DecidedItem]
    may_be_proposed_again: bool


def silent_at(
    session: Session, at: datetime, report_ids: Collection[int] | None = None
) -> Sequence[SilentReport]:
    """Return the overdue reports without any answer at the moment ``at``, of all or of these."""
    facts = reminder_facts(session, report_ids)
    return silent_reports(session, facts, switches(session), at, absences_at(session, at))


def perhaps_ripe(session: Session, at: datetime, limits: Limits) -> Sequence[SilentReport]:
    """Return the overdue reports without any answer that have had reminders enough, by their id.

    All that are ripe are among them. One statement where there is none.
    """
    reminded = often_reminded(session, at, least=limits[Limit.REMINDERS])
    return silent_at(session, at, reminded) if reminded else ()


def proposals(session: Session, *, at: datetime, unit_id: int | None = None) -> Sequence[Proposal]:
    """Return the proposed roll-ups by unit in the order of the house; of one unit only, if given.

    A fixed number of statements, however many reports there are.
    """
    limits, away = limits_in_force(session), absences_at(session, at)
    ripe: dict[int, list[SilentReport]] = defaultdict(list)
    for silent in perhaps_ripe(session, at, limits):
        if is_ripe(silent, limits, at, away) and unit_id in {None, silent.unit_id}:
            ripe[silent.unit_id].append(silent)
    if not ripe:
        return ()
    lines = _lines(session, [each.report.report_id for of in ripe.values() for each in of])
    people = {one.person_id for of in ripe.values() for each in of for one in each.chiefs}
    names = names_of(session, people)
    units = (
        select(OrganizationalUnit)
        .where(OrganizationalUnit.id.in_(ripe))
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    )
    return [
        Proposal(
            unit_id=unit.id,
            unit=unit.name,
            chiefs={
                one.person_id: names[one.person_id]
                for one in ripe[unit.id][0].chiefs
                if all(each.may_tell(one.person_id) for each in ripe[unit.id])
            },
            is_by_rule=ripe[unit.id][0].is_by_rule,
            items=[
                ProposedItem(
                    report_id=each.report.report_id,
                    reference=lines[each.report.report_id][0],
                    text=lines[each.report.report_id][1],
                    text_language=lines[each.report.report_id][2],
                    due_on=each.report.due_on,
                    reminded_at=each.reminders(at, away),
                    announced_for=told_from(each.chief, each.announced_at, limits)
                    if each.chief and each.announced_at and each.is_by_rule
                    else None,
                )
                for each in sorted(ripe[unit.id], key=lambda each: each.report.overdue_at)
            ],
        )
        for unit in session.scalars(units)
    ]


def decided_roll_ups(session: Session, *, roll_up_id: int | None = None) -> Sequence[DecidedRollUp]:
    """Return the newest roll-ups that were sent or set aside, or the one of this id."""
    query = (
        select(RollUp, OrganizationalUnit.name, _Recipient.name, _Decider.name, MailMessage)
        .join(OrganizationalUnit, OrganizationalUnit.id == RollUp.unit_id)
        .outerjoin(_Recipient, _Recipient.id == RollUp.recipient_id)
        .outerjoin(_Decider, _Decider.id == RollUp.decided_by_id)
        .outerjoin(MailMessage, MailMessage.id == RollUp.message_id)
        .where(RollUp.decision != Decision.PROPOSE_AGAIN)
        .order_by(RollUp.id.desc())
        .limit(MOST_DECIDED)
    )
    if roll_up_id is not None:
        query = query.where(RollUp.id == roll_up_id)
    rows = session.execute(query).all()
    items, newest = _items(session, [row[0].id for row in rows])
    return [
        DecidedRollUp(
            roll_up_id=roll_up.id,
            unit=unit,
            decision=roll_up.decision,
            recipient=told or "",
            subject=roll_up.subject,
            text=roll_up.text,
            reason=roll_up.reason,
            decided_at=roll_up.decided_at,
            decided_by=by or "",
            state=message.state if message else None,
            settled_at=message.settled_at if message else None,
            error=message.error if message else "",
            items=items.get(roll_up.id, ()),
            may_be_proposed_again=roll_up.decision is Decision.SET_ASIDE
            and newest.get(roll_up.id) == roll_up.id,
        )
        for roll_up, unit, told, by, message in rows
    ]


def _items(
    session: Session, roll_up_ids: Collection[int]
) -> tuple[Mapping[int, Sequence[DecidedItem]], Mapping[int, int]]:
    """Return the items of each roll-up, and the newest roll-up that has any of them."""
    newest = (
        select(_Later.roll_up_id)
        .where(_Later.report_id == RollUpItem.report_id)
        .order_by(_Later.roll_up_id.desc())
        .limit(1)
        .correlate(RollUpItem)
        .scalar_subquery()
    )
    query = (
        select(RollUpItem, Notification.state, Notification.reason, newest.label("newest"))
        .join(RollUp, RollUp.id == RollUpItem.roll_up_id)
        .outerjoin(
            Notification,
            and_(
                Notification.message_id == RollUp.message_id,
                Notification.report_id == RollUpItem.report_id,
            ),
        )
        .where(RollUpItem.roll_up_id.in_(roll_up_ids))
        .order_by(RollUpItem.id)
    )
    rows = session.execute(query).all()
    lines = _lines(session, {row[0].report_id for row in rows})
    found: dict[int, list[DecidedItem]] = defaultdict(list)
    last: dict[int, int] = {}
    for item, state, reason, newest_id in rows:
        reference = lines[item.report_id][0]
        found[item.roll_up_id].append(
            DecidedItem(item.report_id, reference, item.due_on, state, reason or "")
        )
        last[item.roll_up_id] = max(newest_id, last.get(item.roll_up_id, 0))
    return found, last


def _lines(
    session: Session, report_ids: Collection[int]
) -> Mapping[int, tuple[Reference, str, str]]:
    """Return reference, text and its language of the clause behind each report."""
    query = (
        select(
            ProgressReport.id, Instrument.symbol, Body.key, Instrument.slug, Clause.path,
            ClauseText.text, ClauseText.language,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .outerjoin(ClauseText, and_(ClauseText.clause_id == Clause.id, ClauseText.is_original))
        .where(ProgressReport.id.in_(report_ids))
    )  # fmt: skip
    return {
        report_id: (Reference(symbol, key, slug, path or ""), text or "", language or "")
        for report_id, symbol, key, slug, path, text, language in session.execute(query)
    }
