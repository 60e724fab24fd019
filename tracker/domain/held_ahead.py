"""What holds for each person at each moment of the days to come at which their mail could come."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from tracker.domain.absences import Absence, stood_in_for
from tracker.domain.house_matters import HouseMatters
from tracker.domain.lying import lying_occasions, lying_people, turns_told, unheld_occasions
from tracker.domain.reminder_turns import absence_turns, stretches, turns_of
from tracker.domain.reminders import Occasion, ReportFacts, answerers, occasions_of, reviewers

Moments = Mapping[int, Collection[datetime]]
HeldAhead = dict[tuple[datetime, int], list[Occasion]]


def held_ahead(
    facts: Sequence[ReportFacts], matters: HouseMatters, moments: Moments, away: Sequence[Absence]
) -> HeldAhead:
    """Return what holds by moment and recipient: reminders, what lies and what nobody holds.

    ``moments`` are those at which a digest of a person could come, ``away`` all absences in those
    days. What holds is worked out once from one turn to the next.
    """
    held = _Held(moments, away)
    for each in facts:
        held.add(
            answerers(each) | reviewers(each),
            partial(turns_of, each),
            partial(occasions_of, each, absences=away),
        )
    limits, coordinators = matters.limits, matters.coordinators
    for lying in matters.lying:
        held.add(
            lying_people(lying, coordinators),
            partial(turns_told, lying.since, lying.days(limits)),
            partial(lying_occasions, lying, limits, coordinators, absences=away),
        )
    for unheld in matters.unheld:
        held.add(
            coordinators,
            partial(turns_told, unheld.since, limits[unheld.limit]),
            partial(unheld_occasions, unheld, limits, coordinators, absences=away),
        )
    return held.found


class _Held:
    """What was found so far, with the moments of several people in order."""

    def __init__(self, moments: Moments, away: Sequence[Absence]) -> None:
        self.found: HeldAhead = defaultdict(list)
        self._moments, self._away = moments, away
        self._absent = {each.person_id for each in away}
        self._leave = sorted(absence_turns(away))
        self._wanted: dict[frozenset[int], tuple[Sequence[datetime], bool]] = {}

    def add(
        self,
        people: frozenset[int],
        turns: Callable[[datetime, datetime], Iterable[datetime]],
        occasions: Callable[[datetime], Iterator[Occasion]],
    ) -> None:
        """Add what is meant for some people: between two turns the same occasions hold."""
        wanted, is_left = self._of(people)
        if not wanted:
            return
        all_turns = list(turns(wanted[0], wanted[-1]))
        if is_left:
            within = (at for at in self._leave if wanted[0] < at <= wanted[-1])
            all_turns = sorted({*all_turns, *within})
        for row in stretches(all_turns, wanted):
            for occasion in occasions(row[0]):
                mine = self._moments.get(occasion.recipient_id, frozenset())
                for at in row:
                    if at in mine:
                        self.found[at, occasion.recipient_id].append(occasion)

    def _of(self, people: frozenset[int]) -> tuple[Sequence[datetime], bool]:
        """Return the moments of the people and their stand-ins, and whether one goes on leave."""
        if people not in self._wanted:
            reached = stood_in_for(people, self._away)
            moments = {at for person_id in reached for at in self._moments.get(person_id, ())}
            self._wanted[people] = sorted(moments), not self._absent.isdisjoint(reached)
        return self._wanted[people]
