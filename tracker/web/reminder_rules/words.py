"""A rule of reminders in words: its steps in short, what it is for, and whose rule applies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.dates import get_day_names
from flask import url_for
from flask_babel import gettext, ngettext

from tracker.database import Session
from tracker.domain.escalation import why_no_roll_up
from tracker.domain.names import Named
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.reminder_limits import Limits
from tracker.domain.reminder_rules import (
    HOUSE,
    ReminderRule,
    RuleScope,
    RuleTarget,
    UsualTimes,
)
from tracker.domain.reminders import ReminderKind
from tracker.queries.reminder_limits import limits_in_force
from tracker.queries.reminder_rules import (
    TargetName,
    rule_book,
    target_for_mandate,
    target_names,
)
from tracker.web import filters
from tracker.web.security import actor
from tracker.web.shown_names import named


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """Whose rule applies to a mandate, why, and what it says."""

    target: RuleTarget
    why: str
    lines: tuple[str, ...]
    own_url: str = ""


def applied_rule(session: Session, mandate_id: int, *, unit_id: int | None = None) -> AppliedRule:
    """Return the rule that applies to a mandate, or to a report on it that ``unit_id`` answers.

    Who may set one is led on to the mandate's own.
    """
    book = rule_book(session)
    target = target_for_mandate(session, book, mandate_id, unit_id=unit_id)
    return AppliedRule(
        target,
        filters.label(target.scope),
        tuple(rule_lines(book.rule_of(target))),
        url_for("reminder_rules.show", target=str(RuleTarget(RuleScope.MANDATE, mandate_id)))
        if is_allowed(actor(), Action.SET_REMINDERS)
        else "",
    )


def rule_lines(rule: ReminderRule) -> Iterator[str]:
    """Yield what a rule says, in short lines."""
    before = [day for day in rule.due_days if day]
    if before and 0 in rule.due_days:
        yield ngettext(
            "%(days)s day before the due day, and on it",
            "%(days)s days before the due day, and on it",
            _number(before),
            days=listed(before),
        )
    elif before:
        yield ngettext(
            "%(days)s day before the due day",
            "%(days)s days before the due day",
            _number(before),
            days=listed(before),
        )
    elif rule.due_days:
        yield gettext("On the due day")
    if rule.slot_days:
        yield ngettext(
            "%(days)s day before the slot of the document",
            "%(days)s days before the slot of the document",
            _number(rule.slot_days),
            days=listed(rule.slot_days),
        )
    yield _after_due_day(rule)
    if rule.weekdays is not None:
        yield weekdays_line(rule)
    silent = [filters.label(kind) for kind in ReminderKind if kind in rule.silent]
    if silent:
        yield gettext("Nobody is reminded when: %(occasions)s", occasions="; ".join(silent))


def weekdays_line(rule: ReminderRule) -> str:
    """Return on which weekdays mail comes by a rule; "" where it names none."""
    if rule.weekdays is None:
        return ""
    return gettext(
        "Mail comes on %(weekdays)s to those who chose no days themselves",
        weekdays=weekdays_in_words(rule.weekdays),
    )


def no_roll_up_line(rule: ReminderRule, limits: Limits) -> str:
    """Return why nothing that goes by a rule is ever proposed for a roll-up; "" where it is."""
    why = why_no_roll_up(rule, limits)
    return filters.phrased(why) if why else ""


def barred_rules(session: Session) -> list[tuple[str, RuleTarget, str]]:
    """Return name and target of each rule by which nothing is ever proposed, and why."""
    book, limits = rule_book(session), limits_in_force(session)
    names = target_names(session, [HOUSE, *book.rules])
    found = (
        (name_of(name), target, no_roll_up_line(book.rule_of(target), limits))
        for target, name in names.items()
    )
    return sorted((each for each in found if each[2]), key=lambda each: each[0])


def _after_due_day(rule: ReminderRule) -> str:
    if rule.repeat_days is None or rule.most_repeats == 1:
        return gettext("Once after the due day, and once for a clearance")
    every = ngettext(
        "After the due day, and for a clearance, again every day",
        "After the due day, and for a clearance, again every %(num)s days",
        rule.repeat_days,
    )
    if rule.most_repeats is None:
        return every
    most = gettext("%(num)s times at most", num=rule.most_repeats)
    return f"{every}, {most}"


def times_line(times: UsualTimes) -> str:
    """Return when the mails come of those who chose no times."""
    return gettext(
        "Mail comes on %(weekdays)s at %(hour)s to those who chose nothing else",
        weekdays=weekdays_in_words(times.weekdays),
        hour=f"{times.hour:02}:00",
    )


def weekdays_in_words(weekdays: Iterable[int]) -> str:
    """Return weekdays in the language of the page, with commas."""
    names = get_day_names("wide", context="format", locale=filters.language())
    return ", ".join(names[day] for day in sorted(weekdays))


def name_of(name: TargetName) -> str:
    """Return what a rule is for, in the language of the page."""
    if name.mandate is not None:
        return filters.cited(name.mandate)
    if name.target.scope is RuleScope.UNIT:
        return named(Named.UNIT, name.unit)
    if name.target.scope is RuleScope.BODY:
        return named(Named.BODY, name.body)
    return gettext("The whole house")


def listed(days: Iterable[int]) -> str:
    """Return days as they are read and typed."""
    return ", ".join(map(str, days))


def _number(days: Iterable[int]) -> int:
    """Return the number that decides about the plural of a list of days."""
    given = list(days)
    return given[0] if len(given) == 1 else len(given)
