"""The rules of reminders in force, whose rule applies to what, and the history of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.reminder_rules import (
    HOUSE,
    ReminderRule,
    RuleBook,
    RuleScope,
    RuleTarget,
    UsualTimes,
)
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.reminder_rules import ReminderRuleRow
from tracker.queries.references import Reference


@dataclass(frozen=True, slots=True)
class SetRule:
    """One time a rule was set, by whom; ``rule`` is None where it was taken away."""

    number: int
    rule: ReminderRule | None
    times: UsualTimes | None
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class TargetName:
    """What a rule is for, as people know it: words of one of these kinds."""

    target: RuleTarget
    body: str = ""
    unit: str = ""
    mandate: Reference | None = None


def rule_book(session: Session) -> RuleBook:
    """Return all rules in force. One statement."""
    rules: dict[RuleTarget, ReminderRule] = {}
    times = UsualTimes()
    rows = session.scalars(_newest()).all()
    for row in rows:
        if row.is_withdrawn:
            continue
        target = target_of(row.target)
        rules[target] = rule_of(row.content)
        times = times_of(row.content) or times if target == HOUSE else times
    return RuleBook(rules, times, was_changed=bool(rows))


def usual_times(session: Session) -> UsualTimes:
    """Return when the digests come of those who chose nothing. One statement."""
    newest = (
        select(ReminderRuleRow)
        .where(ReminderRuleRow.target == str(HOUSE))
        .order_by(ReminderRuleRow.number.desc())
        .limit(1)
    )
    row = session.scalar(newest)
    return (times_of(row.content) if row and not row.is_withdrawn else None) or UsualTimes()


def rules_of(session: Session, target: RuleTarget) -> Sequence[SetRule]:
    """Return each time the rule of a target was set, the newest first. One statement."""
    rows = session.execute(
        select(ReminderRuleRow, Person.name)
        .join(Person, Person.id == ReminderRuleRow.written_by_id)
        .where(ReminderRuleRow.target == str(target))
        .order_by(ReminderRuleRow.number.desc())
    )
    return [
        SetRule(
            row.number,
            None if row.is_withdrawn else rule_of(row.content),
            None if row.is_withdrawn else times_of(row.content),
            row.written_at,
            name,
        )
        for row, name in rows
    ]


def target_for_mandate(
    session: Session, book: RuleBook, mandate_id: int, *, unit_id: int | None = None
) -> RuleTarget:
    """Return whose rule applies to a mandate; of a report, ``unit_id`` is the unit that answers."""
    if not book.rules:
        return HOUSE
    body_id, lead_unit_id = session.execute(
        select(Instrument.body_id, Mandate.lead_unit_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(Mandate.id == mandate_id)
    ).one()
    return book.target_for(
        body_id=body_id, unit_id=unit_id or lead_unit_id or 0, mandate_id=mandate_id
    )


def target_names(
    session: Session, targets: Sequence[RuleTarget]
) -> Mapping[RuleTarget, TargetName]:
    """Return how people know these targets; those that are not there are left out.

    Three statements at most.
    """
    ids = {scope: [target.id for target in targets if target.scope is scope] for scope in RuleScope}
    found = {HOUSE: TargetName(HOUSE)} if HOUSE in targets else {}
    for scope, table in ((RuleScope.BODY, Body), (RuleScope.UNIT, OrganizationalUnit)):
        if ids[scope]:
            for key, name in session.execute(
                select(table.id, table.name).where(table.id.in_(ids[scope]))
            ):
                target = RuleTarget(scope, key)
                is_body = scope is RuleScope.BODY
                found[target] = TargetName(
                    target, body=name if is_body else "", unit="" if is_body else name
                )
    if ids[RuleScope.MANDATE]:
        for key, reference in _references(session, ids[RuleScope.MANDATE]).items():
            target = RuleTarget(RuleScope.MANDATE, key)
            found[target] = TargetName(target, mandate=reference)
    return found


def bodies_and_units(
    session: Session,
) -> tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]]:
    """Return id and name of each body and of each unit that is open, by name. Two statements."""
    bodies = session.execute(select(Body.id, Body.name).order_by(Body.name)).all()
    units = session.execute(
        select(OrganizationalUnit.id, OrganizationalUnit.name)
        .where(OrganizationalUnit.closed_at.is_(None))
        .order_by(OrganizationalUnit.name)
    ).all()
    return [(key, name) for key, name in bodies], [(key, name) for key, name in units]


def content_of(rule: ReminderRule, times: UsualTimes | None) -> dict[str, Any]:
    """Return a rule as its row holds it."""
    content: dict[str, Any] = {
        "due_days": list(rule.due_days),
        "slot_days": list(rule.slot_days),
        "repeat_days": rule.repeat_days,
        "most_repeats": rule.most_repeats,
        "silent": sorted(rule.silent),
    }
    if rule.weekdays is not None:
        content["own_weekdays"] = sorted(rule.weekdays)
    if times is not None:
        content |= {"weekdays": sorted(times.weekdays), "hour": times.hour}
    return content


def rule_of(content: Mapping[str, Any]) -> ReminderRule:
    """Return the rule that a row holds."""
    return ReminderRule(
        tuple(content["due_days"]),
        tuple(content["slot_days"]),
        content["repeat_days"],
        content["most_repeats"],
        frozenset(content["silent"]),
        frozenset(content["own_weekdays"]) if "own_weekdays" in content else None,
    )


def times_of(content: Mapping[str, Any]) -> UsualTimes | None:
    """Return the usual times that a row holds; only that of the house does."""
    if "weekdays" not in content:
        return None
    return UsualTimes(frozenset(content["weekdays"]), content["hour"])


def target_of(words: str) -> RuleTarget:
    """Return the target that a row names."""
    scope, _, key = words.partition(":")
    return RuleTarget(RuleScope(scope), int(key or 0))


def _newest() -> Any:
    newest = select(func.max(ReminderRuleRow.id)).group_by(ReminderRuleRow.target)
    return select(ReminderRuleRow).where(ReminderRuleRow.id.in_(newest))


def _references(session: Session, mandate_ids: Sequence[int]) -> Mapping[int, Reference]:
    rows = session.execute(
        select(Mandate.id, Instrument.symbol, Body.key, Instrument.slug, Clause.path)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Mandate.id.in_(mandate_ids))
    )
    return {
        key: Reference(symbol, body, slug, path or "") for key, symbol, body, slug, path in rows
    }
