"""Rules of reminders: which occasions remind, how long before and after, and for what a rule is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.digest_times import DEFAULT_HOUR, DEFAULT_WEEKDAYS
from tracker.domain.errors import Invalid

EARLIEST_DAYS = 365
MOST_STEPS = 10
LONGEST_PAUSE_DAYS = 90
MOST_REPEATS = 52


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """When somebody is reminded of a report; what is not said here is the same for all rules.

    ``due_days`` and ``slot_days`` are counted back from the due date and from the slot of the
    document. Each is the beginning of a window and not a day: after an outage the one that holds
    now is planned, under the same name. ``repeat_days`` after the due day, and while a text waits
    for clearance, it is told again; None is never, ``most_repeats`` how often in all, None as
    often as needed. ``silent`` are the kinds of occasions of which nobody is reminded.
    ``weekdays``, Monday is 0, are those on which its reminders make a mail come to whoever chose no
    days; None are those of the house.
    """

    due_days: tuple[int, ...] = (14, 3, 0)
    slot_days: tuple[int, ...] = ()
    repeat_days: int | None = 7
    most_repeats: int | None = None
    silent: frozenset[str] = frozenset()
    weekdays: frozenset[int] | None = None


USUAL_RULE = ReminderRule()


@dataclass(frozen=True, slots=True)
class UsualTimes:
    """When the digests of those come who chose nothing."""

    weekdays: frozenset[int] = DEFAULT_WEEKDAYS
    hour: int = DEFAULT_HOUR


class RuleScope(StrEnum):
    """What a rule is for, from the widest to the most specific."""

    HOUSE = "house"
    BODY = "body"
    UNIT = "unit"
    MANDATE = "mandate"


@dataclass(frozen=True, slots=True)
class RuleTarget:
    """That for which a rule is: the house, or one body, unit or mandate, by its id."""

    scope: RuleScope = RuleScope.HOUSE
    id: int = 0

    def __str__(self) -> str:
        """Return how the history names it."""
        return f"{self.scope}:{self.id}" if self.id else self.scope.value


HOUSE = RuleTarget()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules in force; with none, everything is as usual.

    ``was_changed`` tells whether there ever was another: then something may have been told by it.
    """

    rules: Mapping[RuleTarget, ReminderRule] = field(default_factory=dict)
    times: UsualTimes = UsualTimes()
    was_changed: bool = False

    def target_for(self, *, body_id: int, unit_id: int, mandate_id: int) -> RuleTarget:
        """Return whose rule applies: the most specific that there is, else that of the house."""
        candidates = (
            RuleTarget(RuleScope.MANDATE, mandate_id),
            RuleTarget(RuleScope.UNIT, unit_id),
            RuleTarget(RuleScope.BODY, body_id),
        )
        return next((target for target in candidates if target in self.rules), HOUSE)

    def rule_of(self, target: RuleTarget) -> ReminderRule:
        """Return the rule of a target, the usual one where it has none of its own."""
        return self.rules.get(target, USUAL_RULE)

    def rule_for(self, *, body_id: int, unit_id: int, mandate_id: int) -> ReminderRule:
        """Return the rule that applies to a mandate of a body that a unit answers for."""
        if not self.rules:
            return USUAL_RULE
        return self.rule_of(
            self.target_for(body_id=body_id, unit_id=unit_id, mandate_id=mandate_id)
        )

    def with_rule(
        self, target: RuleTarget, rule: ReminderRule | None, times: UsualTimes | None = None
    ) -> "RuleBook":
        """Return the book as it would be with this rule; None takes the target's own rule away."""
        others = {key: held for key, held in self.rules.items() if key != target}
        rules = others if rule is None else {**others, target: rule}
        return RuleBook(rules, times or self.times, was_changed=True)


def check_rule(rule: ReminderRule, target: RuleTarget, kinds: frozenset[str]) -> None:
    """Refuse, at its field, what no rule can be; ``kinds`` are all kinds of occasions."""
    for name, days in (("due_days", rule.due_days), ("slot_days", rule.slot_days)):
        _check_steps(name, days)
    if rule.repeat_days is not None and not 1 <= rule.repeat_days <= LONGEST_PAUSE_DAYS:
        raise Invalid(
            "Enter a pause from 1 to %(most)s days, or leave the field empty to remind once.",
            field="repeat_days",
            most=LONGEST_PAUSE_DAYS,
        )
    if rule.most_repeats is not None and not 1 <= rule.most_repeats <= MOST_REPEATS:
        raise Invalid(
            "Enter a number from 1 to %(most)s, or leave the field empty: then it is told again "
            "until it is answered.",
            field="most_repeats",
            most=MOST_REPEATS,
        )
    if rule.weekdays is not None and not rule.weekdays <= set(range(7)):
        raise Invalid("Choose weekdays from the list.", field="weekdays")
    if target == HOUSE and rule.silent >= kinds:
        raise Invalid(
            "Choose at least one occasion: by this rule nobody would be reminded of anything. To "
            "have no mail for a while, pause the reminders.",
            field="kinds",
        )


def check_times(times: UsualTimes) -> None:
    """Refuse times at which no digest could come."""
    if not times.weekdays or not times.weekdays <= set(range(7)):
        raise Invalid("Choose at least one weekday on which mail comes.", field="weekdays")
    if times.hour not in range(24):
        raise Invalid("Choose an hour from 0 to 23.", field="hour")


def _check_steps(name: str, days: tuple[int, ...]) -> None:
    if len(days) > MOST_STEPS:
        raise Invalid(
            "Enter %(most)s days at most: whoever is reminded more often reads no reminder.",
            field=name,
            most=MOST_STEPS,
        )
    wrong = [day for day in days if not 0 <= day <= EARLIEST_DAYS]
    if wrong:
        raise Invalid(
            "Enter numbers of days from 0 to %(most)s; %(day)s is none.",
            field=name,
            most=EARLIEST_DAYS,
            day=wrong[0],
        )
    if len(set(days)) < len(days):
        raise Invalid("Enter each number of days once.", field=name)


def read_days(words: str, *, field: str) -> tuple[int, ...]:
    """Return the days of a list such as "30, 14, 3", the earliest first; refuse other words."""
    parts = words.replace(",", " ").replace(";", " ").split()
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) <= 4):
            raise Invalid(
                "“%(part)s” is no number of days. Enter numbers with commas between them, for "
                "example 30, 14, 3, 0.",
                field=field,
                part=part[:40],
            )
    return tuple(sorted(map(int, parts), reverse=True))
