"""How what may be escalated goes on in days to come, told step by step."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from sys import intern
from typing import NamedTuple

from tracker.domain.absences import Absence
from tracker.domain.escalation import (
    SilentReport,
    Told,
    escalation_occasions,
    goes_out_at,
    ripe_from,
    roll_up_key,
)
from tracker.domain.house_matters import HouseMatters, matter_occasions
from tracker.domain.reminders import (
    Occasion,
    ReminderKind,
    answerers,
    answerers_at,
    due_series,
    series_of,
)

REMINDS = frozenset({ReminderKind.DUE, ReminderKind.OVERDUE})
# What the facts of a report change by, once it is told.
MOVES = REMINDS | {ReminderKind.ESCALATION_AHEAD}
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class Heard(NamedTuple):
    """A reminder about the due date that reaches somebody of whom nothing more is asked.

    ``step`` is the end of its name. There are very many, so that it is kept small.
    """

    at: datetime
    report_id: int
    recipient_id: int
    step: str


def heard_of(one: Occasion, recipient_id: int, at: datetime) -> Heard:
    """Return that a reminder about the due date reaches a person at the moment."""
    step = one.name.removeprefix(series_of(one.name))
    return Heard(at, one.report_id or 0, recipient_id, intern(step))


class GoingOn:
    """The facts of the house at a moment, moved on by each mail that would go out.

    ``moments`` says at which ones mail of a person could come, ``told`` holds, by recipient, the
    names of what was told; whoever has it keeps it up. ``heard`` are the reminders that reach
    others meanwhile, of whose mails nothing is known here. What lies or is unheld changes by no
    mail and is no part of it.
    """

    def __init__(
        self,
        matters: HouseMatters,
        absences: Sequence[Absence],
        moments: Mapping[int, Collection[datetime]],
        *,
        told: Mapping[int, Collection[str]] | None = None,
        heard: Iterable[Heard] = (),
    ) -> None:
        self._away, self._moments = absences, moments
        self._told = {} if told is None else told
        self._heard = deque(sorted(heard))
        self._limits, self._coordinators = matters.limits, matters.coordinators
        self._others = replace(matters, lying=(), unheld=(), silent=())
        self._silent = {each.report.report_id: each for each in matters.silent}
        self._announced: dict[int, dict[int, datetime]] = defaultdict(dict)
        self._absent = {each.person_id for each in absences}
        # What coordinators are told of each stays the same until a reminder more is told.
        self._proposed: dict[int, Sequence[Occasion]] = {}
        # From when on each may be ripe; those that cannot be yet are not looked at.
        self._ripe: dict[int, datetime] = {}
        for silent in matters.silent:
            self._look_at(silent)

    def occasions(self, at: datetime) -> Mapping[int, Sequence[Occasion]]:
        """Return what of these holds at the moment, by recipient."""
        self._hear_before(at)
        found: dict[int, list[Occasion]] = defaultdict(list)
        for silent in self._ripe_at(at):
            for occasion in self._escalated(silent, at):
                found[occasion.recipient_id].append(occasion)
        for occasion in matter_occasions(self._others, at, self._away):
            found[occasion.recipient_id].append(occasion)
        return found

    def tell(self, occasions: Iterable[Occasion], at: datetime) -> None:
        """Let these be told at the moment: reminders are counted, announcements held."""
        for one in occasions:
            silent = self._silent.get(one.report_id or 0)
            if silent is None:
                continue
            if one.kind in REMINDS:
                self._remind(silent, Told(one.name, one.recipient_id, at))
            elif one.kind is ReminderKind.ESCALATION_AHEAD:
                self._announced[silent.report.report_id][one.recipient_id] = at
                self._silent[silent.report.report_id] = self._with_announcement(silent, at)

    def _hear_before(self, at: datetime) -> None:
        # What is told at a moment itself is told after it was seen what holds.
        while self._heard and self._heard[0].at < at:
            each = self._heard.popleft()
            silent = self._silent.get(each.report_id)
            if silent is not None:
                name = due_series(silent.report) + each.step
                self._remind(silent, Told(name, each.recipient_id, each.at))

    def _remind(self, silent: SilentReport, told: Told) -> None:
        report_id = silent.report.report_id
        self._silent[report_id] = replace(silent, told=(*silent.told, told))
        self._proposed.pop(report_id, None)
        self._look_at(self._silent[report_id])

    def roll_ups(self, at: datetime) -> Iterator[Occasion]:
        """Yield what the rule tells to chiefs at the moment, each once."""
        for silent in self._ripe_at(at):
            chief = silent.chief if silent.is_by_rule else None
            if chief is None or at not in self._moments.get(chief.person_id, ()):
                continue
            if goes_out_at(silent, self._limits, at, self._away):
                report_id = silent.report.report_id
                del self._silent[report_id], self._ripe[report_id]  # it is decided, once for all
                yield Occasion(
                    name=roll_up_key(report_id, silent.report.due_on),
                    kind=ReminderKind.ESCALATION,
                    report_id=report_id,
                    due_on=silent.report.due_on,
                    recipient_id=chief.person_id,
                )

    def _escalated(self, silent: SilentReport, at: datetime) -> Sequence[Occasion]:
        known = self._proposed.get(silent.report.report_id)
        if known is not None:
            return known
        found = tuple(
            escalation_occasions(silent, self._limits, self._coordinators, at, self._away)
        )
        people = answerers(silent.report) | self._coordinators
        if found and not silent.goes_by_rule and self._absent.isdisjoint(people):
            self._propose(silent, found)
        return found

    def _propose(self, silent: SilentReport, found: Sequence[Occasion]) -> None:
        """Keep what the coordinators are told; nothing more comes once all of them were."""
        report_id = silent.report.report_id
        if all(one.name in self._told.get(one.recipient_id, ()) for one in found):
            del self._silent[report_id], self._ripe[report_id]
        else:
            self._proposed[report_id] = found

    def _ripe_at(self, at: datetime) -> Sequence[SilentReport]:
        ripe = sorted(report_id for report_id, begins in self._ripe.items() if begins <= at)
        return [self._silent[report_id] for report_id in ripe]

    def _look_at(self, silent: SilentReport) -> None:
        report_id = silent.report.report_id
        if silent.is_decided or report_id in self._ripe:  # later reminders do not put it off
            return
        begins: datetime | None = _ALWAYS
        # Who answers in the place of somebody who is away changes what counts from day to day.
        if self._absent.isdisjoint(answerers(silent.report)):
            begins = ripe_from(silent, self._limits, _ALWAYS)
        if begins is not None:
            self._ripe[report_id] = begins

    def _with_announcement(self, silent: SilentReport, at: datetime) -> SilentReport:
        told = self._announced[silent.report.report_id]
        asked = answerers_at(silent.report, at, self._away)
        is_told = all(person_id in told for person_id in asked)
        return replace(silent, announced_at=at) if is_told else silent
