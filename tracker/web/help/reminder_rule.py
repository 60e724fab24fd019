"""The rule of reminders as the help tells it: found out by asking the rule, never typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.deadlines import overdue_from
from tracker.domain.errors import N_
from tracker.domain.reminder_rules import USUAL_RULE, ReminderRule
from tracker.domain.reminders import LastMove, ReminderKind, ReportFacts, UnitStaff, occasions_of
from tracker.domain.workflow import Review

# An invented report is followed from well before its due day to well after it.
_DUE_ON = date(2026, 6, 30)
_AROUND = 60  # days, and besides as many as the rule itself speaks of
_NOON = time(12, tzinfo=UTC)
_LONG_AGO = datetime.combine(_DUE_ON - timedelta(days=1000), _NOON)

_NAMED, _FOCAL_POINT, _MANAGER, _MANAGER_OF_THE_HOUSE, _WRITER = range(1, 6)
RECIPIENTS: Mapping[int, str] = {
    _NAMED: N_("the focal point of the mandate"),
    _FOCAL_POINT: N_("the focal points of its unit"),
    _MANAGER: N_("the managers of its unit"),
    _MANAGER_OF_THE_HOUSE: N_("the managers of the whole house"),
}
IN_ORDER = (
    ReminderKind.ASSIGNED,
    ReminderKind.DUE,
    ReminderKind.SLOT,
    ReminderKind.OVERDUE,
    ReminderKind.RETURNED,
    ReminderKind.CLEARANCE,
)
# Those whose days are counted from the due day; the others begin with somebody's act.
AROUND_DUE_DAY = frozenset({ReminderKind.DUE, ReminderKind.OVERDUE})
AROUND_A_DAY = AROUND_DUE_DAY | {ReminderKind.SLOT}
_REPEATED = frozenset({ReminderKind.OVERDUE, ReminderKind.CLEARANCE})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When one kind of reminder goes out, and to whom.

    ``days`` are counted from the due day (of AROUND_DUE_DAY), from the slot (of SLOT), negative
    before it, or from the act that begins it; ``repeat_days`` is the pause between repetitions,
    None where there is none, ``most`` how many there are in all, None where it goes on.
    ``recipients`` come in the order in which each stands in where there is none before it.
    """

    kind: ReminderKind
    days: tuple[int, ...]
    repeat_days: int | None
    recipients: tuple[str, ...]
    most: int | None = None


def rhythms(rule: ReminderRule = USUAL_RULE) -> tuple[Rhythm, ...]:
    """Return the rhythm of each kind of reminder that goes out, in the order of a report's life."""
    found = (_rhythm(kind, rule) for kind in IN_ORDER)
    return tuple(rhythm for rhythm in found if rhythm.days)


def _rhythm(kind: ReminderKind, rule: ReminderRule) -> Rhythm:
    followed = _days_followed(rule)
    days = tuple(_first_days(kind, rule, followed))
    recipients = tuple(RECIPIENTS[person] for person in _chain(kind, rule, followed))
    if kind not in _REPEATED or len(days) < 2:
        return Rhythm(kind, days, None, recipients)
    pause = days[-1] - days[-2]
    goes_on = days[-1] + pause >= followed.stop
    return Rhythm(kind, days[:1], pause, recipients, None if goes_on else len(days))


def _days_followed(rule: ReminderRule) -> range:
    """Return days around the due day, further than any step and repetition of the rule."""
    before = max((*rule.due_days, *rule.slot_days, 0))
    after = (rule.repeat_days or 0) * ((rule.most_repeats or 0) + 3)
    return range(-before - _AROUND, after + _AROUND + 1)


def _first_days(kind: ReminderKind, rule: ReminderRule, followed: range) -> Iterator[int]:
    """Yield each day on which an occasion of this kind holds for the first time."""
    facts = _facts(kind, rule)
    known: set[str] = set()
    for day in followed:
        names = {
            occasion.name
            for occasion in occasions_of(facts, _moment(day))
            if occasion.kind is kind and _moment(day) >= _begins_at(kind)
        }
        if names - known:
            yield day
        known |= names


def _chain(kind: ReminderKind, rule: ReminderRule, followed: range) -> Iterator[int]:
    """Yield who gets this kind of reminder, then who does where there is no such person."""
    facts = _facts(kind, rule)
    moments = [_moment(day) for day in followed]
    while found := {
        occasion.recipient_id
        for at in moments
        for occasion in occasions_of(facts, at)
        if occasion.kind is kind
    }:
        yield from sorted(found)
        facts = _without(facts, found)


def _facts(kind: ReminderKind, rule: ReminderRule) -> ReportFacts:
    review = {
        ReminderKind.RETURNED: Review.RETURNED,
        ReminderKind.CLEARANCE: Review.SUBMITTED,
    }.get(kind, Review.OPEN)
    moved = review is not Review.OPEN
    return ReportFacts(
        report_id=1,
        is_asked=True,
        review=review,
        due_on=_DUE_ON,
        overdue_at=overdue_from(_DUE_ON, "UTC"),
        time_zone="UTC",
        focal_point_id=_NAMED,
        staff=UnitStaff(
            focal_points=frozenset({_FOCAL_POINT}),
            managers=frozenset({_MANAGER}),
            managers_of_the_house=frozenset({_MANAGER_OF_THE_HOUSE}),
        ),
        asked_at=_moment(0) if kind is ReminderKind.ASSIGNED else _LONG_AGO,
        asked_by=_WRITER,
        last_move=LastMove(1, _WRITER, _moment(0)) if moved else None,
        slot_on=_DUE_ON,
        rule=rule,
    )


def _without(facts: ReportFacts, people: set[int]) -> ReportFacts:
    staff = facts.staff
    return replace(
        facts,
        focal_point_id=None if facts.focal_point_id in people else facts.focal_point_id,
        staff=UnitStaff(
            focal_points=staff.focal_points - people,
            managers=staff.managers - people,
            managers_of_the_house=staff.managers_of_the_house - people,
        ),
    )


def _begins_at(kind: ReminderKind) -> datetime:
    return _LONG_AGO if kind in AROUND_A_DAY else _moment(0)


def _moment(day: int) -> datetime:
    return datetime.combine(_DUE_ON + timedelta(days=day), _NOON)
