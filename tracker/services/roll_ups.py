"""Roll-ups to the chiefs of units: sent, set aside or proposed again; by rule where that is on."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.errors import N_, Invalid, NotFound, WrongState
from tracker.domain.escalation import (
    Decision,
    SilentReport,
    check_reason,
    check_words,
    goes_out_at,
    roll_up_key,
)
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reminders import ReminderKind
from tracker.mail.message import message_id_of
from tracker.mail.roll_ups import ROLL_UP, subject_by_pattern, text_by_pattern
from tracker.models.escalations import RollUp, RollUpItem
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import absences_at
from tracker.queries.names import names_in
from tracker.queries.pauses import pauses_of
from tracker.queries.reminder_limits import limits_in_force, switches
from tracker.queries.roll_ups import perhaps_ripe, silent_at
from tracker.services import audit

logger = logging.getLogger(__name__)

CHOOSE = N_("Choose at least one report.")


def send_roll_up(
    session: Session,
    *,
    unit_id: int,
    report_ids: Collection[int],
    recipient_id: int,
    subject: str,
    text: str,
    actor: Actor,
    at: datetime,
) -> RollUp:
    """Queue a roll-up about these reports for a manager of their unit; return it.

    Raises Invalid for words that are no mail and for a recipient who is no manager of the unit, and
    WrongState when a report was answered, sent or set aside meanwhile.
    """
    require(actor, Action.ESCALATE)
    subject, text = check_words(subject, text)
    _lock_units(session, [unit_id])
    chosen = _chosen(session, unit_id, report_ids, at)
    for silent in chosen:
        _check_recipient(silent, recipient_id)
    return _queue(
        session, unit_id, chosen, recipient_id, subject=subject, text=text, actor=actor, at=at
    )


def set_roll_up_aside(
    session: Session,
    *,
    unit_id: int,
    report_ids: Collection[int],
    reason: str,
    actor: Actor,
    at: datetime,
) -> RollUp:
    """Let nobody's chief be told of these reports, with the reason; raises as ``send_roll_up``."""
    require(actor, Action.ESCALATE)
    plain = check_reason(reason)
    _lock_units(session, [unit_id])
    chosen = _chosen(session, unit_id, report_ids, at)
    roll_up = RollUp(
        unit_id=unit_id,
        decision=Decision.SET_ASIDE,
        reason=plain,
        decided_at=at,
        decided_by_id=actor.person_id,
    )
    return _keep(session, roll_up, _dates(chosen), actor=actor, at=at)


def propose_again(session: Session, *, roll_up_id: int, actor: Actor, at: datetime) -> RollUp:
    """Propose once more what was set aside; raises WrongState for what was not."""
    require(actor, Action.ESCALATE)
    before = session.get(RollUp, roll_up_id)
    if before is None:
        raise NotFound("There is no such roll-up. Choose one from the list.")
    _lock_units(session, [before.unit_id])
    rows = session.scalars(select(RollUpItem).where(RollUpItem.roll_up_id == roll_up_id)).all()
    newer = session.scalar(
        select(RollUpItem.id).where(
            RollUpItem.report_id.in_([row.report_id for row in rows]),
            RollUpItem.roll_up_id > roll_up_id,
        )
    )
    if before.decision is not Decision.SET_ASIDE or newer is not None:
        raise WrongState(
            "This is not set aside any more, so nothing was changed. Open the list of roll-ups."
        )
    roll_up = RollUp(
        unit_id=before.unit_id,
        decision=Decision.PROPOSE_AGAIN,
        decided_at=at,
        decided_by_id=actor.person_id,
    )
    dates = {row.report_id: row.due_on for row in rows}
    return _keep(session, roll_up, dates, actor=actor, at=at)


def send_by_rule(session: Session, *, at: datetime) -> int:
    """Queue the roll-ups that go out by themselves at the moment; return how many reports.

    Only where the rule is on, after the announcement and its days of notice, on a working day of
    the chief, and not while reminders are paused. Running twice, or at once with another, tells
    nobody twice.
    """
    switched = switches(session)
    if not (switched.is_on or any(switched.units.values())):
        return 0
    units = session.execute(select(OrganizationalUnit.id, OrganizationalUnit.name)).all()
    _lock_units(session, [unit_id for unit_id, _name in units if switched.holds_in(unit_id)])
    limits, away = limits_in_force(session), absences_at(session, at)
    ready: dict[tuple[int, int], list[SilentReport]] = defaultdict(list)
    found = [
        each for each in perhaps_ripe(session, at, limits) if goes_out_at(each, limits, at, away)
    ]
    told = {(each.report.report_id, each.chief.person_id) for each in found if each.chief}
    paused = pauses_of(session, told, at=at)
    for silent in found:
        chief_id = silent.chief.person_id if silent.chief else 0
        if (silent.report.report_id, chief_id) not in paused:
            ready[silent.unit_id, chief_id].append(silent)
    names = dict(units)
    for (unit_id, recipient_id), chosen in sorted(ready.items()):
        subject, text = words_by_pattern(session, names[unit_id], recipient_id)
        _queue(
            session, unit_id, chosen, recipient_id, subject=subject, text=text, actor=None, at=at
        )
    return sum(map(len, ready.values()))


def words_by_pattern(session: Session, unit: str, recipient_id: int) -> tuple[str, str]:
    """Return subject and text of a roll-up in the language of its recipient."""
    person = session.get_one(Person, recipient_id)
    name = names_in(session, person.language).of(Named.UNIT, unit)
    return (
        subject_by_pattern(name, person.language),
        text_by_pattern(person.name, name, person.language),
    )


def _check_recipient(silent: SilentReport, recipient_id: int) -> None:
    if not silent.may_tell(recipient_id):
        raise Invalid(
            "A roll-up goes to a manager of the unit who is not asked for the reports themselves. "
            "Choose one from the list.",
            field="recipient_id",
        )


def _lock_units(session: Session, unit_ids: Collection[int]) -> None:
    # One decision about a unit after the other: who comes second sees what the first one decided.
    session.execute(
        select(OrganizationalUnit.id)
        .where(OrganizationalUnit.id.in_(unit_ids))
        .order_by(OrganizationalUnit.id)
        .with_for_update(key_share=True)
    ).all()


def _chosen(
    session: Session, unit_id: int, report_ids: Collection[int], at: datetime
) -> Sequence[SilentReport]:
    if not report_ids:
        raise Invalid(CHOOSE, field="report_ids")
    found = {
        each.report.report_id: each
        for each in silent_at(session, at, report_ids)
        if each.unit_id == unit_id and not each.is_decided
    }
    if set(report_ids) - found.keys():
        raise WrongState(
            "A report was answered, moved, or decided on by somebody else since you opened the "
            "page. Nothing was sent: look at what is left and decide again."
        )
    return [found[report_id] for report_id in sorted(set(report_ids))]


def _dates(chosen: Sequence[SilentReport]) -> Mapping[int, date]:
    return {each.report.report_id: each.report.due_on for each in chosen}


def _queue(
    session: Session,
    unit_id: int,
    chosen: Sequence[SilentReport],
    recipient_id: int,
    *,
    subject: str,
    text: str,
    actor: Actor | None,
    at: datetime,
) -> RollUp:
    dates = _dates(chosen)
    message = MailMessage(
        kind=ROLL_UP,
        recipient_id=recipient_id,
        message_id=message_id_of(ROLL_UP, recipient_id, uuid4().hex),
        subject=subject,
        plain="",
        state=Delivery.PENDING,
        created_at=at,
        next_attempt_at=at,
    )
    session.add(message)
    session.flush()
    _tell(session, message, dates, at)
    roll_up = RollUp(
        unit_id=unit_id,
        decision=Decision.SEND,
        recipient_id=recipient_id,
        subject=subject,
        text=text,
        decided_at=at,
        decided_by_id=actor.person_id if actor else None,
        message_id=message.id,
    )
    return _keep(session, roll_up, dates, actor=actor, at=at)


def _tell(session: Session, message: MailMessage, dates: Mapping[int, date], at: datetime) -> None:
    """Write the reports of a roll-up into the ledger, each once for this chief and due date."""
    fresh = {
        "state": Delivery.PENDING,
        "reason": "",
        "planned_at": at,
        "settled_at": None,
        "message_id": message.id,
    }
    occasions = {roll_up_key(report_id, due): report_id for report_id, due in dates.items()}
    # One that was dropped from an earlier roll-up before it went out is told after all.
    session.execute(
        update(Notification)
        .where(
            Notification.occasion.in_(occasions),
            Notification.recipient_id == message.recipient_id,
            Notification.state == Delivery.CANCELLED,
        )
        .values(**fresh)
    )
    rows = [
        {
            "occasion": occasion,
            "kind": ReminderKind.ESCALATION.value,
            "recipient_id": message.recipient_id,
            "report_id": report_id,
            "due_on": dates[report_id],
            **fresh,
        }
        for occasion, report_id in occasions.items()
    ]
    insert_new(session, Notification, rows)


def _keep(
    session: Session,
    roll_up: RollUp,
    dates: Mapping[int, date],
    *,
    actor: Actor | None,
    at: datetime,
) -> RollUp:
    session.add(roll_up)
    session.flush()
    session.add_all(
        RollUpItem(roll_up_id=roll_up.id, report_id=report_id, due_on=due_on)
        for report_id, due_on in dates.items()
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action=f"roll_up.{roll_up.decision.value}",
        subject=roll_up,
        after={
            "unit_id": roll_up.unit_id,
            "recipient_id": roll_up.recipient_id,
            "reports": sorted(dates),
            "reason": roll_up.reason,
        },
    )
    by = actor.person_id if actor else "the rule"
    logger.info("roll-up %s: %s by %s", roll_up.id, roll_up.decision.value, by)
    return roll_up
