"""When other reminders of a report begin to hold: between two turns they stay the same."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from tracker.domain.absences import Absence
from tracker.domain.deadlines import begins_at
from tracker.domain.reminders import NEW_DAYS, REQUESTED_DAYS, ReportFacts


def turns_of(facts: ReportFacts, after: datetime, until: datetime) -> list[datetime]:
    """Return, in order, the moments after one and until another that may change the occasions.

    Absences are left aside: who stands in for somebody changes with them, at ``absence_turns``.
    """
    found = {facts.asked_at, facts.asked_at + timedelta(days=NEW_DAYS), facts.overdue_at}
    for request in facts.requested:
        found.update((request.at, request.at + timedelta(days=REQUESTED_DAYS)))
    found.update(_days_before(facts, until))
    begins = [facts.overdue_at]
    if facts.last_move is not None:
        begins.append(facts.last_move.at)
    for begin in begins:
        found.update(_repeats(begin, facts.rule.repeat_days, after, until))
    return sorted(moment for moment in found if after < moment <= until)


def absence_turns(absences: Iterable[Absence]) -> frozenset[datetime]:
    """Return the moments at which absences begin and end: between two of them the same are away."""
    found = set[datetime]()
    for each in absences:
        for day in (each.starts_on, each.ends_on + timedelta(days=1)):
            begins = begins_at(day, each.time_zone)
            # Where clocks go back at midnight the hour before it comes twice.
            found.update((begins, begins + timedelta(hours=1)))
    return frozenset(found)


def stretches(
    turns: Iterable[datetime], moments: Sequence[datetime]
) -> Iterator[Sequence[datetime]]:
    """Part moments, which are in order, into rows between which a turn lies."""
    # A row begins with the first moment at or after a turn.
    begins = {bisect_left(moments, turn) for turn in turns} | {0}
    places = sorted({*begins, len(moments)})
    for begin, end in pairwise(places):
        yield moments[begin:end]


def _days_before(facts: ReportFacts, until: datetime) -> Iterator[datetime]:
    rule, zone = facts.rule, facts.time_zone
    days = [facts.due_on - timedelta(days=number) for number in rule.due_days]
    if facts.slot_on is not None:
        days += [facts.slot_on - timedelta(days=number) for number in (*rule.slot_days, -1)]
    last = until.date() + timedelta(days=1)
    return (begins_at(day, zone) for day in days if day <= last)


def _repeats(
    begin: datetime, pause: int | None, after: datetime, until: datetime
) -> Iterator[datetime]:
    if pause is None:
        return
    step = timedelta(days=pause)
    moment = begin + max((after - begin) // step, 0) * step
    while moment <= until:
        yield moment
        moment += step
