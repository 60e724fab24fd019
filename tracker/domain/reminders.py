"""Reminders: which occasions there are for whom, from the facts of a report and the moment."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.domain.absences import Absence, who_answers_at
from tracker.domain.deadlines import begins_at, days_left
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminder_rules import USUAL_RULE, ReminderRule
from tracker.domain.workflow import ANSWERABLE, Review


class ReminderKind(StrEnum):
    """What a reminder is about, in the order of urgency.

    ``ESCALATION`` goes to the chief of a unit and never stands in a digest
    (``domain/escalation.py``).
    """

    ESCALATION_AHEAD = "escalation_ahead"
    OVERDUE = "overdue"
    RETURNED = "returned"
    REQUESTED = "requested"
    DUE = "due"
    SLOT = "slot"
    SIGN_OFF = "sign_off"
    EDITION_RETURNED = "edition_returned"
    CLEARANCE = "clearance"
    ASSIGNED = "assigned"
    ESCALATION_READY = "escalation_ready"
    DECLINED = "declined"
    OWNERLESS = "ownerless"
    POST_UNFILLED = "post_unfilled"
    LYING = "lying"
    ACCOUNT_LEFT = "account_left"
    ESCALATION = "escalation"


# Those that the rules of reminders are about; domain/house_matters.py has the others.
RULED = frozenset(
    {
        ReminderKind.OVERDUE,
        ReminderKind.RETURNED,
        ReminderKind.DUE,
        ReminderKind.SLOT,
        ReminderKind.CLEARANCE,
        ReminderKind.ASSIGNED,
    }
)
# Those that ask their reader to answer: by a link of the mail, where there is one, or by a reply.
_BESIDES_RULES = frozenset({ReminderKind.ESCALATION_AHEAD, ReminderKind.REQUESTED})
ANSWERED_BY_LINK = RULED - {ReminderKind.CLEARANCE} | _BESIDES_RULES
ANSWERED_BY_REPLY = RULED | _BESIDES_RULES | {ReminderKind.LYING}

Item = tuple[int | None, int | None, int | None, int | None]
"""What a reminder is about: the report, else the mandate, the edition or the person, by its id."""
SLOT_IS = N_("The document has to reach the conference service on %(day)s.")
_WEEK_DAYS = 7
# What the name of an occasion ends with, where others of the same series come before or after.
_STEP = re.compile(r":(?:T-|W|D)\d+$")
# How the name of the occasion ends that holds on the due day alone.
DUE_DAY = ":T-0"
NEW_DAYS = 14
# How long a request of the coordinator holds that could not be told yet.
REQUESTED_DAYS = 14
REQUESTED_BY = N_("%(person)s asks you for this report.")
_REQUESTED = "requested"


class Silence(StrEnum):
    """Why nobody is reminded of a report at all."""

    WAIVED = "waived"
    PERIOD_CLOSED = "period_closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    CLEARED = "cleared"
    BEFORE_CALL = "before_call"


@dataclass(frozen=True, slots=True)
class LastMove:
    """The newest revision of a report: its number, whose it is and when it was written."""

    number: int
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Requested:
    """That somebody who coordinates asked people for a report, besides what the rules say."""

    at: datetime
    asked_by: int
    asked_by_name: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class UnitStaff:
    """Who holds the roles that matter for the reports of one unit; active people only."""

    focal_points: frozenset[int] = frozenset()
    managers: frozenset[int] = frozenset()
    managers_of_the_house: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What decides about the reminders of one progress report.

    ``is_asked`` says that an answer is wanted at all: the period is open, the mandate active and
    ours to act on, the report not waived. ``asked_at`` is when the people who now answer were
    given it, ``asked_by`` who did; a period that is opened ahead asks on the day of its call.
    What waits at the second level of clearance has the managers of that level's unit in ``staff``,
    and in ``passed`` whoever wrote the text or cleared it at the first level.
    ``rule`` is the one that applies to it, ``requested`` who asked whom for it besides.
    """

    report_id: int
    is_asked: bool
    review: Review
    due_on: date
    overdue_at: datetime
    time_zone: str
    focal_point_id: int | None
    staff: UnitStaff
    asked_at: datetime
    asked_by: int | None
    last_move: LastMove | None = None
    passed: frozenset[int] = frozenset()
    slot_on: date | None = None
    rule: ReminderRule = USUAL_RULE
    requested: tuple[Requested, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to write to one person; ``name`` and the person are its key for ever.

    ``in_place_of`` is who would be written to, were they not away. ``begun_at`` is since when it
    holds, where it is a step of a series; whatever step was told since then stands for it. What is
    about a mandate on which nobody reports names the mandate instead of a report, and what is about
    an edition of the biennial report or a person names that; ``note`` says why, where the kind
    alone does not; ``weekdays`` are those that its rule names.
    """

    name: str
    kind: ReminderKind
    report_id: int | None
    due_on: date | None
    recipient_id: int
    in_place_of: int | None = None
    begun_at: datetime | None = None
    mandate_id: int | None = None
    note: Phrase | None = None
    weekdays: frozenset[int] | None = None
    edition_id: int | None = None
    about_id: int | None = None

    @property
    def item(self) -> Item:
        """Return what it is about: the report, else the mandate, the edition or the person."""
        mandate_id = None if self.report_id else self.mandate_id
        return self.report_id, mandate_id, self.edition_id, self.about_id

    @property
    def series(self) -> tuple[str, int]:
        """Return the key that all steps of the series have in common."""
        return series_of(self.name), self.recipient_id

    def was_told_by(self, told: Mapping[tuple[str, int], datetime]) -> bool:
        """Tell whether another step of the series was told since this one began to hold.

        By one rule none ever is; after a change of the rule nobody is to be told the same twice.
        """
        last = told.get(self.series)
        return last is not None and self.begun_at is not None and last >= self.begun_at


class Raised(NamedTuple):
    """What is told to several people alike: the occasion, and to whom.

    ``occasion`` has no recipient yet; ``told`` are those whom it reaches, by id in order, each with
    the person in whose place.
    """

    occasion: Occasion
    told: Mapping[int, int | None]

    def to(self, recipient_id: int) -> Occasion:
        """Return the occasion as one of them is told it."""
        one = self.occasion
        return Occasion(
            one.name, one.kind, one.report_id, one.due_on, recipient_id, self.told[recipient_id],
            one.begun_at, one.mandate_id, one.note, one.weekdays, one.edition_id, one.about_id,
        )  # fmt: skip

    def to_each(self) -> Iterator[Occasion]:
        """Yield it for each of them."""
        return map(self.to, self.told)


def raised(occasion: Occasion, told: Mapping[int, int | None]) -> Iterator[Raised]:
    """Yield an occasion for those whom it reaches, if it reaches anybody."""
    if told:
        yield Raised(occasion, dict(sorted(told.items())))


def comes_besides(name: str) -> bool:
    """Tell whether an occasion lets a mail come on the working day on which it holds.

    What falls due does, and what somebody asked for; all else waits for the person's weekdays.
    """
    return name.endswith(DUE_DAY) or name.startswith(f"{_REQUESTED}:")


@lru_cache(maxsize=8192)
def series_of(name: str) -> str:
    """Return the name of an occasion without its step."""
    return _STEP.sub("", name)


def occasions_of(
    facts: ReportFacts, at: datetime, absences: Iterable[Absence] = ()
) -> Iterator[Occasion]:
    """Yield every occasion that holds at the moment ``at``; none for what nobody need answer.

    What would go to somebody who is away goes to whoever stands in for them.
    """
    for each in raised_by(facts, at, absences):
        yield from each.to_each()


def raised_by(
    facts: ReportFacts, at: datetime, absences: Iterable[Absence] = ()
) -> Iterator[Raised]:
    """Yield the same, each once for all whom it reaches."""
    for each in _raised_by(facts, at, absences):
        if each.occasion.kind not in facts.rule.silent:
            yield each


def _raised_by(facts: ReportFacts, at: datetime, absences: Iterable[Absence]) -> Iterator[Raised]:
    if not facts.is_asked:
        return
    away = [each for each in absences if each.holds_at(at)]
    if facts.review is Review.SUBMITTED:
        told = reached(reviewers(facts), away, at, Capacity.OFFICER_IN_CHARGE)
        for person_id in _hands_of(facts):
            told = _without(told, person_id)
        yield from _for(facts, ReminderKind.CLEARANCE, _clearance(facts, at), told)
    if facts.review not in ANSWERABLE:
        return
    answering = reached(answerers(facts), away, at, Capacity.DEPUTY)
    is_called = at >= facts.asked_at
    if is_called:
        for kind, step in _steps(facts, at):
            yield from _for(facts, kind, step, answering)
    if facts.review is Review.RETURNED and facts.last_move is not None:
        step = _Step(f"returned:{facts.report_id}:R{facts.last_move.number}")
        told = _without(answering, facts.last_move.person_id)
        yield from _for(facts, ReminderKind.RETURNED, step, told)
    yield from _requested(facts, away, at)
    if is_called and at - facts.asked_at < timedelta(days=NEW_DAYS):
        told = _without(answering, facts.asked_by)
        step = _Step(f"assigned:{facts.report_id}")
        yield from _for(facts, ReminderKind.ASSIGNED, step, told)


def is_standing(request: Requested, facts: ReportFacts, at: datetime) -> bool:
    """Tell whether a request holds: nobody answered it since, or was given the report since."""
    is_young = request.at <= at < request.at + timedelta(days=REQUESTED_DAYS)
    is_moved = facts.last_move is not None and facts.last_move.at > request.at
    return is_young and not is_moved and facts.asked_at <= request.at


def _requested(facts: ReportFacts, away: Collection[Absence], at: datetime) -> Iterator[Raised]:
    for request in facts.requested:
        if is_standing(request, facts, at):
            yield from _asked(facts, request, away, at)


def _asked(
    facts: ReportFacts, request: Requested, away: Iterable[Absence], at: datetime
) -> Iterator[Raised]:
    # Named by the day: nobody is asked twice on one day, whoever asks.
    step = _Step(
        request_key(facts.report_id, request.at),
        note=Phrase(REQUESTED_BY, {"person": request.asked_by_name}),
    )
    told = reached(answerers(facts) & request.people, away, at, Capacity.DEPUTY)
    for each in _for(facts, ReminderKind.REQUESTED, step, _without(told, request.asked_by)):
        yield each._replace(occasion=replace(each.occasion, weekdays=None))


def request_key(report_id: int, at: datetime) -> str:
    """Return the name of the occasion on which a report was asked for at the moment."""
    return f"{_REQUESTED}:{report_id}:{at.astimezone(UTC).date().isoformat()}"


def answerers(facts: ReportFacts) -> frozenset[int]:
    """Return who is asked to answer: the focal point, else the unit's, else its managers."""
    if facts.focal_point_id is not None:
        return frozenset({facts.focal_point_id})
    return facts.staff.focal_points or facts.staff.managers


def answerers_at(facts: ReportFacts, at: datetime, absences: Iterable[Absence]) -> frozenset[int]:
    """Return who is reminded to answer: ``answerers``, and for those away who stands in."""
    away = list(absences)
    people = answerers(facts)
    return frozenset(reached(people, away, at, Capacity.DEPUTY)) if away else people


def reviewers(facts: ReportFacts) -> frozenset[int]:
    """Return who is asked to clear a report: the unit's managers, else those of the house.

    The author of the text is not among them, nor who cleared it at the first level: nobody clears
    their own or both levels, and nobody is told of it.
    """
    hands = _hands_of(facts)
    return (facts.staff.managers - hands) or (facts.staff.managers_of_the_house - hands)


def remindable(facts: ReportFacts) -> frozenset[int]:
    """Return who may be reminded of a report as it stands: to clear it, or to answer."""
    return reviewers(facts) if facts.review is Review.SUBMITTED else answerers(facts)


def _hands_of(facts: ReportFacts) -> frozenset[int]:
    moved = {facts.last_move.person_id} if facts.last_move else set()
    return facts.passed | moved


def reached(
    people: Iterable[int], absences: Iterable[Absence], at: datetime, capacity: Capacity
) -> Mapping[int, int | None]:
    """Return whom a message to these people reaches, each with the person in whose place.

    None is there where the message is their own.
    """
    away = list(absences)
    if not away:
        return dict.fromkeys(sorted(people))
    told: dict[int, int | None] = {}
    for person_id in sorted(people):
        stand_in = who_answers_at(person_id, at, away, capacity)
        if stand_in == person_id:
            told[stand_in] = None
        else:
            told.setdefault(stand_in, person_id)
    return told


def _without(told: Mapping[int, int | None], person_id: int | None) -> Mapping[int, int | None]:
    return {key: absent for key, absent in told.items() if key != person_id}


@dataclass(frozen=True, slots=True)
class _Step:
    """The name of an occasion, and since when it holds where others of its series come first."""

    name: str
    begun_at: datetime | None = None
    note: Phrase | None = None


def _for(
    facts: ReportFacts, kind: ReminderKind, step: _Step, told: Mapping[int, int | None]
) -> Iterator[Raised]:
    model = Occasion(
        step.name,
        kind,
        facts.report_id,
        facts.due_on,
        0,
        begun_at=step.begun_at,
        note=step.note,
        weekdays=facts.rule.weekdays,
    )
    yield from raised(model, told)


def _steps(facts: ReportFacts, at: datetime) -> Iterator[tuple[ReminderKind, _Step]]:
    """Yield the step before or after the due date that holds, and that before the slot."""
    name = due_series(facts)
    if at >= facts.overdue_at:
        days = _days_repeated(facts.rule, (at - facts.overdue_at).days)
        begun_at = facts.overdue_at + timedelta(days=days)
        yield ReminderKind.OVERDUE, _Step(f"{name}:{_after(days)}", begun_at)
    else:
        left = max(days_left(facts.due_on, _today(facts, at)), 0)
        if (step := _before(facts, name, facts.due_on, left, facts.rule.due_days)) is not None:
            yield ReminderKind.DUE, step
    if facts.slot_on is not None and facts.rule.slot_days:
        name = f"slot:{facts.report_id}:{facts.slot_on.isoformat()}"
        left = days_left(facts.slot_on, _today(facts, at))
        found = _before(facts, name, facts.slot_on, left, facts.rule.slot_days)
        if left >= 0 and found is not None:
            note = Phrase(SLOT_IS, {"day": facts.slot_on})
            yield ReminderKind.SLOT, replace(found, note=note)


def due_series(facts: ReportFacts) -> str:
    """Return what the names of all reminders about the due date begin with, before their step."""
    # The date is part of the name: a moved one is another occasion, moved back the old one.
    return f"due:{facts.report_id}:{facts.due_on.isoformat()}"


def _today(facts: ReportFacts, at: datetime) -> date:
    return at.astimezone(ZoneInfo(facts.time_zone)).date()


def _before(
    facts: ReportFacts, name: str, day: date, left: int, steps: Iterable[int]
) -> _Step | None:
    begun = [days for days in steps if left <= days]
    if not begun:
        return None
    begun_at = begins_at(day - timedelta(days=min(begun)), facts.time_zone)
    return _Step(f"{name}:T-{min(begun)}", begun_at)


def _clearance(facts: ReportFacts, at: datetime) -> _Step:
    if facts.last_move is None:
        return _Step(f"clearance:{facts.report_id}")
    name = f"clearance:{facts.report_id}:R{facts.last_move.number}"
    days = _days_repeated(facts.rule, max((at - facts.last_move.at).days, 0))
    begun_at = facts.last_move.at + timedelta(days=days)
    return _Step(f"{name}:{_after(days)}" if days else name, begun_at)


def _days_repeated(rule: ReminderRule, days: int) -> int:
    """Return after how many days the repetition began that holds after this many."""
    if rule.repeat_days is None:
        return 0
    count = days // rule.repeat_days
    if rule.most_repeats is not None:
        count = min(count, rule.most_repeats - 1)
    return count * rule.repeat_days


def _after(days: int) -> str:
    # Named by the day and not by a number: one day has one name, whatever the pause of the rule.
    weeks, rest = divmod(days, _WEEK_DAYS)
    return f"D{days}" if rest else f"W{weeks}"
