"""What holds for each person in the days to come, from which of their moments until which."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from tracker.domain.absences import Absence, stood_in_for
from tracker.domain.house_matters import HouseMatters
from tracker.domain.lying import lying_people, raised_by_lying, raised_by_unheld, turns_told
from tracker.domain.reminder_turns import absence_turns, stretches, turns_of
from tracker.domain.reminders import (
    Occasion,
    Raised,
    ReportFacts,
    comes_besides,
    raised_by,
    remindable,
)

Moments = Mapping[int, Collection[datetime]]
Reason = tuple[frozenset[int] | None, bool]


class Held(NamedTuple):
    """What is told to some people, with the first and the last of the moments at which it holds.

    ``place`` orders what holds at once: report by report, then what lies, then what nobody holds.
    ``reason`` says when it lets a mail come: on which weekdays its rule does, and whether besides.
    """

    first: datetime
    last: datetime
    place: int
    raised: Raised
    reason: Reason


HeldAhead = Mapping[int, Sequence[Held]]


def held_ahead(
    facts: Iterable[ReportFacts], matters: HouseMatters, moments: Moments, away: Sequence[Absence]
) -> HeldAhead:
    """Return what holds by recipient, in order: reminders, what lies and what nobody holds.

    ``moments`` are those at which a digest of a person could come; nothing is said of others.
    ``away`` are all absences in those days. What holds is worked out once from one turn to the
    next.
    """
    held = _HeldAhead(moments, away)
    for each in facts:
        held.add(
            remindable(each),
            partial(turns_of, each),
            partial(raised_by, each, absences=away),
        )
    limits, coordinators = matters.limits, matters.coordinators
    for lying in matters.lying:
        held.add(
            lying_people(lying, coordinators),
            partial(turns_told, lying.since, lying.days(limits)),
            partial(raised_by_lying, lying, limits, coordinators, absences=away),
        )
    for unheld in matters.unheld:
        held.add(
            coordinators,
            partial(turns_told, unheld.since, limits[unheld.limit]),
            partial(raised_by_unheld, unheld, limits, coordinators, absences=away),
        )
    return held.found


class _HeldAhead:
    """What was found so far, with the moments of several people in order."""

    def __init__(self, moments: Moments, away: Sequence[Absence]) -> None:
        self.found: dict[int, list[Held]] = defaultdict(list)
        self._moments, self._away, self._count = moments, away, 0
        self._absent = {each.person_id for each in away}
        self._leave = sorted(absence_turns(away))
        self._wanted: dict[frozenset[int], tuple[Sequence[datetime], bool]] = {}

    def add(
        self,
        people: frozenset[int],
        turns: Callable[[datetime, datetime], Iterable[datetime]],
        told: Callable[[datetime], Iterator[Raised]],
    ) -> None:
        """Add what is meant for some people: between two turns the same occasions hold."""
        wanted, is_left = self._of(people)
        if not wanted:
            return
        all_turns = set(turns(wanted[0], wanted[-1]))
        if is_left:
            begin = bisect_right(self._leave, wanted[0])
            all_turns.update(self._leave[begin : bisect_right(self._leave, wanted[-1])])
        for row in stretches(all_turns, wanted):
            for raised in told(row[0]):
                self._count += 1
                held = Held(row[0], row[-1], self._count, raised, reason_of(raised.occasion))
                for recipient_id in raised.told:
                    if recipient_id in self._moments:
                        self.found[recipient_id].append(held)

    def _of(self, people: frozenset[int]) -> tuple[Sequence[datetime], bool]:
        """Return the moments of the people and their stand-ins, and whether one goes on leave."""
        if people not in self._wanted:
            reached = stood_in_for(people, self._away)
            moments = {at for person_id in reached for at in self._moments.get(person_id, ())}
            self._wanted[people] = sorted(moments), not self._absent.isdisjoint(reached)
        return self._wanted[people]


def reason_of(occasion: Occasion) -> Reason:
    """Return when an occasion lets a mail come."""
    return occasion.weekdays, comes_besides(occasion.name)
