"""Reminders: which occasions there are for whom, from the facts of a report and the moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.absences import Absence, who_answers_at
from tracker.domain.deadlines import days_left
from tracker.domain.permissions import Capacity
from tracker.domain.workflow import Review


class ReminderKind(StrEnum):
    """What a reminder is about, in the order of urgency."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    DUE = "due"
    CLEARANCE = "clearance"
    ASSIGNED = "assigned"


# Days before the due day at which a reminder begins to hold, until the next one does. Each is a
# window and not a day: after an outage the one that holds now is planned, under the same name.
LEAD_DAYS = (14, 3, 0)
REPEAT_DAYS = 7
NEW_DAYS = 14
# When reminders are planned and sent, by the clock of the house: on working days.
RINGS_AT = time(6)
LAST_WORKING_DAY = 4  # Friday, counted from Monday as 0
ANSWERABLE = frozenset({Review.OPEN, Review.DRAFT, Review.RETURNED})


class Silence(StrEnum):
    """Why nobody is reminded of a report at all."""

    WAIVED = "waived"
    PERIOD_CLOSED = "period_closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    CLEARED = "cleared"


def rings(after: datetime, *, days: int, time_zone: str) -> Iterator[datetime]:
    """Yield each moment (UTC) within ``days`` days after ``after`` at which reminders go out."""
    first = after.astimezone(ZoneInfo(time_zone)).date()
    for day in (first + timedelta(days=number) for number in range(days + 1)):
        at = datetime.combine(day, RINGS_AT, ZoneInfo(time_zone)).astimezone(UTC)
        if day.weekday() <= LAST_WORKING_DAY and at > after:
            yield at


@dataclass(frozen=True, slots=True)
class LastMove:
    """The newest revision of a report: its number, whose it is and when it was written."""

    number: int
    person_id: int
    at: datetime


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


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reason to write to one person; ``name`` and the person are its key for ever.

    ``in_place_of`` is who would be written to, were they not away.
    """

    name: str
    kind: ReminderKind
    report_id: int
    due_on: date
    recipient_id: int
    in_place_of: int | None = None


def occasions_of(
    facts: ReportFacts, at: datetime, absences: Iterable[Absence] = ()
) -> Iterator[Occasion]:
    """Yield every occasion that holds at the moment ``at``; none for what nobody need answer.

    What would go to somebody who is away goes to whoever stands in for them.
    """
    if not facts.is_asked:
        return
    away = [each for each in absences if each.holds_at(at)]
    if facts.review is Review.SUBMITTED:
        told = _reached(reviewers(facts), away, at, Capacity.OFFICER_IN_CHARGE)
        for author in _authors(facts):
            told.pop(author, None)
        yield from _for(facts, ReminderKind.CLEARANCE, _clearance_name(facts, at), told)
    if facts.review not in ANSWERABLE:
        return
    answering = _reached(answerers(facts), away, at, Capacity.DEPUTY)
    is_called = at >= facts.asked_at
    due = _due(facts, at) if is_called else None
    if due is not None:
        yield from _for(facts, due[0], due[1], answering)
    if facts.review is Review.RETURNED and facts.last_move is not None:
        name = f"returned:{facts.report_id}:R{facts.last_move.number}"
        told = _without(answering, facts.last_move.person_id)
        yield from _for(facts, ReminderKind.RETURNED, name, told)
    if is_called and at - facts.asked_at < timedelta(days=NEW_DAYS):
        told = _without(answering, facts.asked_by)
        yield from _for(facts, ReminderKind.ASSIGNED, f"assigned:{facts.report_id}", told)


def answerers(facts: ReportFacts) -> frozenset[int]:
    """Return who is asked to answer: the focal point, else the unit's, else its managers."""
    if facts.focal_point_id is not None:
        return frozenset({facts.focal_point_id})
    return facts.staff.focal_points or facts.staff.managers


def answerers_at(facts: ReportFacts, at: datetime, absences: Iterable[Absence]) -> frozenset[int]:
    """Return who is reminded to answer: ``answerers``, and for those away who stands in."""
    return frozenset(_reached(answerers(facts), list(absences), at, Capacity.DEPUTY))


def reviewers(facts: ReportFacts) -> frozenset[int]:
    """Return who is asked to clear a report: the unit's managers, else those of the house.

    The author of the text is not among them: nobody clears their own, and nobody is told of it.
    """
    authors = _authors(facts)
    return (facts.staff.managers - authors) or (facts.staff.managers_of_the_house - authors)


def _authors(facts: ReportFacts) -> frozenset[int]:
    return frozenset({facts.last_move.person_id} if facts.last_move else ())


# Whom a message reaches, each with the person in whose place, None where it is their own.
_Told = dict[int, int | None]


def _reached(
    people: Iterable[int], absences: Iterable[Absence], at: datetime, capacity: Capacity
) -> _Told:
    away = list(absences)
    told: _Told = {}
    for person_id in sorted(people):
        reached = who_answers_at(person_id, at, away, capacity)
        if reached == person_id:
            told[reached] = None
        else:
            told.setdefault(reached, person_id)
    return told


def _without(told: _Told, person_id: int | None) -> _Told:
    return {key: absent for key, absent in told.items() if key != person_id}


def _for(
    facts: ReportFacts, kind: ReminderKind, name: str, told: Mapping[int, int | None]
) -> Iterator[Occasion]:
    for recipient_id, absent in sorted(told.items()):
        yield Occasion(name, kind, facts.report_id, facts.due_on, recipient_id, absent)


def _due(facts: ReportFacts, at: datetime) -> tuple[ReminderKind, str] | None:
    # The due date is part of the name: a moved date is another occasion, moved back the old one.
    name = f"due:{facts.report_id}:{facts.due_on.isoformat()}"
    if at >= facts.overdue_at:
        return ReminderKind.OVERDUE, f"{name}:W{_weeks(facts.overdue_at, at)}"
    today = at.astimezone(ZoneInfo(facts.time_zone)).date()
    left = max(days_left(facts.due_on, today), 0)
    begun = [days for days in LEAD_DAYS if left <= days]
    return (ReminderKind.DUE, f"{name}:T-{min(begun)}") if begun else None


def _clearance_name(facts: ReportFacts, at: datetime) -> str:
    if facts.last_move is None:
        return f"clearance:{facts.report_id}"
    name = f"clearance:{facts.report_id}:R{facts.last_move.number}"
    weeks = _weeks(facts.last_move.at, at)
    return f"{name}:W{weeks}" if weeks else name


def _weeks(since: datetime, at: datetime) -> int:
    return max((at - since).days // REPEAT_DAYS, 0)
