"""Rules of reminders: set by an administrator for the house, a body, a unit or a mandate."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, Stale, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reminder_rules import (
    HOUSE,
    ReminderRule,
    RuleScope,
    RuleTarget,
    UsualTimes,
    check_rule,
    check_times,
)
from tracker.domain.reminders import RULED
from tracker.models.instruments import Body
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.reminder_rules import ReminderRuleRow
from tracker.queries.reminder_rules import content_of
from tracker.services import audit

logger = logging.getLogger(__name__)

KINDS = frozenset(kind.value for kind in RULED)
_TABLES = {
    RuleScope.BODY: Body,
    RuleScope.UNIT: OrganizationalUnit,
    RuleScope.MANDATE: Mandate,
}


def check(rule: ReminderRule, target: RuleTarget, times: UsualTimes | None = None) -> None:
    """Raise Invalid, at its field, where the rule cannot be."""
    check_rule(rule, target, KINDS)
    if times is not None:
        check_times(times)


def set_rule(
    session: Session,
    *,
    target: RuleTarget,
    rule: ReminderRule,
    times: UsualTimes | None = None,
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReminderRuleRow:
    """Let a rule hold from now on; one that is the same as before is not written again.

    ``times`` are those of the house, of who chose none; other targets have none. ``seen_number`` is
    the number of the newest row that the person saw, 0 for none. Raises Invalid for what cannot be,
    Stale where somebody else set the rule meanwhile.
    """
    require(actor, Action.SET_REMINDERS)
    check(rule, target, times)
    newest = _newest(session, target, seen_number)
    content = content_of(rule, times if target == HOUSE else None)
    if newest is not None and not newest.is_withdrawn and newest.content == content:
        return newest
    return _append(session, target, newest, content, actor=actor, at=at)


def withdraw_rule(
    session: Session, *, target: RuleTarget, seen_number: int, actor: Actor, at: datetime
) -> ReminderRuleRow:
    """Let a target have no rule of its own any more; that of the house is the usual one again."""
    require(actor, Action.SET_REMINDERS)
    newest = _newest(session, target, seen_number)
    if newest is None or newest.is_withdrawn:
        raise WrongState("There is no rule of its own here that could be taken away.")
    return _append(session, target, newest, None, actor=actor, at=at)


def _newest(session: Session, target: RuleTarget, seen_number: int) -> ReminderRuleRow | None:
    table = _TABLES.get(target.scope)
    if table is not None and session.get(table, target.id) is None:
        raise NotFound("What the rule is for is not there. Choose it again in the list of rules.")
    newest = session.scalar(
        select(ReminderRuleRow)
        .where(ReminderRuleRow.target == str(target))
        .order_by(ReminderRuleRow.number.desc())
        .limit(1)
    )
    if (newest.number if newest else 0) != seen_number:
        raise _stale()
    return newest


def _append(
    session: Session,
    target: RuleTarget,
    newest: ReminderRuleRow | None,
    content: dict[str, object] | None,
    *,
    actor: Actor,
    at: datetime,
) -> ReminderRuleRow:
    row = ReminderRuleRow(
        target=str(target),
        number=newest.number + 1 if newest else 1,
        content=content or {},
        is_withdrawn=content is None,
        written_at=at,
        written_by_id=actor.person_id,
        **_reference(target),
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise _stale() from error
    before = newest.content if newest is not None and not newest.is_withdrawn else None
    audit.record(
        session,
        actor=actor,
        at=at,
        action="set_reminder_rule" if content is not None else "withdraw_reminder_rule",
        subject=row,
        before=None if before is None else {"target": str(target), **before},
        after={"target": str(target), **(content or {})},
    )
    logger.info("rule of reminders of %s set by %s", target, actor.person_id)
    return row


def _reference(target: RuleTarget) -> Mapping[str, int]:
    return {} if target == HOUSE else {f"{target.scope.value}_id": target.id}


def _stale() -> Stale:
    return Stale(
        "Somebody else set this rule since you opened the page. What they set is shown in the "
        "history below: look at it, then save yours again."
    )
