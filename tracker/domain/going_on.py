"""How what lies, is unheld or may be escalated goes on in days to come, told step by step."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tracker.domain.absences import Absence
from tracker.domain.escalation import SilentReport, Told, goes_out_at, roll_up_key
from tracker.domain.house_matters import HouseMatters, matter_occasions
from tracker.domain.reminders import Occasion, ReminderKind, answerers_at

_REMINDS = frozenset({ReminderKind.DUE, ReminderKind.OVERDUE})


class GoingOn:
    """The facts of the house at a moment, moved on by each mail that would go out.

    ``moments`` says at which ones mail of a person could come.
    """

    def __init__(
        self,
        matters: HouseMatters,
        absences: Sequence[Absence],
        moments: Mapping[int, Collection[datetime]],
    ) -> None:
        self._matters, self._away = matters, absences
        self._moments = moments
        self._silent = {each.report.report_id: each for each in matters.silent}
        self._announced: dict[int, dict[int, datetime]] = defaultdict(dict)

    def occasions(self, at: datetime) -> Mapping[int, Sequence[Occasion]]:
        """Return what of these holds at the moment, by recipient."""
        found: dict[int, list[Occasion]] = defaultdict(list)
        matters = replace(self._matters, silent=tuple(self._silent.values()))
        for occasion in matter_occasions(matters, at, self._away):
            found[occasion.recipient_id].append(occasion)
        return found

    def tell(self, occasions: Iterable[Occasion], at: datetime) -> None:
        """Let these be told at the moment: reminders are counted, announcements held."""
        for one in occasions:
            silent = self._silent.get(one.report_id or 0)
            if silent is None:
                continue
            if one.kind in _REMINDS:
                told = (*silent.told, Told(one.name, one.recipient_id, at))
                self._silent[silent.report.report_id] = replace(silent, told=told)
            elif one.kind is ReminderKind.ESCALATION_AHEAD:
                self._announced[silent.report.report_id][one.recipient_id] = at
                self._silent[silent.report.report_id] = self._with_announcement(silent, at)

    def roll_ups(self, at: datetime) -> Iterator[Occasion]:
        """Yield what the rule tells to chiefs at the moment, each once."""
        for report_id, silent in self._silent.items():
            chief = silent.chief
            if chief is None or at not in self._moments.get(chief.person_id, ()):
                continue
            if goes_out_at(silent, self._matters.limits, at, self._away):
                self._silent[report_id] = replace(silent, is_decided=True)
                yield Occasion(
                    name=roll_up_key(report_id, silent.report.due_on),
                    kind=ReminderKind.ESCALATION,
                    report_id=report_id,
                    due_on=silent.report.due_on,
                    recipient_id=chief.person_id,
                )

    def _with_announcement(self, silent: SilentReport, at: datetime) -> SilentReport:
        told = self._announced[silent.report.report_id]
        asked = answerers_at(silent.report, at, self._away)
        is_told = all(person_id in told for person_id in asked)
        return replace(silent, announced_at=at) if is_told else silent
