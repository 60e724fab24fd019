"""What may be escalated in the days to come is what each moment would say, asked by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.reminding import ANA, FACTS, MONA
from tracker.domain.absences import Absence
from tracker.domain.digest_times import DigestTimes
from tracker.domain.escalation import Chief, SilentReport, Told, goes_out_at
from tracker.domain.going_on import GoingOn
from tracker.domain.house_matters import HouseMatters, matter_occasions
from tracker.domain.reminders import Occasion, ReminderKind, answerers_at, occasions_of

CARLA, BEN = 901, 900
DAYS = [datetime(2026, 7, 1, 6, tzinfo=UTC) + timedelta(days=number) for number in range(60)]
MOMENTS = {person: frozenset(DAYS) for person in (ANA, MONA, CARLA, BEN)}
SILENT = SilentReport(
    report=FACTS,
    unit_id=1,
    told=(Told("due:42:2026-06-30:T-1", ANA, datetime(2026, 6, 29, 6, tzinfo=UTC)),),
    chiefs=(Chief(MONA, DigestTimes("UTC")),),
)
OTHER = replace(SILENT, report=replace(FACTS, report_id=43), told=(), is_by_rule=True)
DECIDED = replace(SILENT, report=replace(FACTS, report_id=44), is_decided=True)
LEAVE = (
    Absence(ANA, date(2026, 7, 12), date(2026, 7, 22), deputy_id=BEN),
    Absence(CARLA, date(2026, 7, 20), date(2026, 7, 25), deputy_id=BEN),
    Absence(MONA, date(2026, 8, 1), date(2026, 8, 6), officer_id=BEN),
)


class AskedAnew:
    """The same, with nothing remembered but what was told."""

    def __init__(self, matters: HouseMatters, away: tuple[Absence, ...]) -> None:
        self.matters, self.away = matters, away
        self.silent = {each.report.report_id: each for each in matters.silent}
        self.announced: dict[int, dict[int, datetime]] = {}

    def occasions(self, at: datetime) -> list[Occasion]:
        now = replace(self.matters, silent=tuple(self.silent.values()))
        return list(matter_occasions(now, at, self.away))

    def tell(self, told: list[Occasion], at: datetime) -> None:
        for one in told:
            silent = self.silent[one.report_id or 0]
            if one.kind in {ReminderKind.DUE, ReminderKind.OVERDUE}:
                reminder = Told(one.name, one.recipient_id, at)
                silent = replace(silent, told=(*silent.told, reminder))
            elif one.kind is ReminderKind.ESCALATION_AHEAD:
                heard = self.announced.setdefault(silent.report.report_id, {})
                heard[one.recipient_id] = at
                if heard.keys() >= answerers_at(silent.report, at, self.away):
                    silent = replace(silent, announced_at=at)
            self.silent[silent.report.report_id] = silent

    def roll_ups(self, at: datetime) -> list[int]:
        ready = [
            report_id
            for report_id, silent in self.silent.items()
            if goes_out_at(silent, self.matters.limits, at, self.away)
        ]
        for report_id in ready:
            self.silent[report_id] = replace(self.silent[report_id], is_decided=True)
        return ready


@pytest.mark.parametrize("away", [(), LEAVE], ids=["all-there", "on-leave"])
def test_it_goes_on_as_if_each_moment_were_asked_by_itself(away: tuple[Absence, ...]) -> None:
    matters = HouseMatters(silent=(SILENT, OTHER, DECIDED), coordinators=frozenset({CARLA}))
    going_on, anew = GoingOn(matters, away, MOMENTS), AskedAnew(matters, away)
    seen: set[ReminderKind] = set()
    told: set[tuple[str, int]] = set()
    rolled_up: list[int] = []

    for at in DAYS:
        reminders = [
            one for silent in matters.silent for one in occasions_of(silent.report, at, away)
        ]
        expected = anew.occasions(at)
        found = [one for of in going_on.occasions(at).values() for one in of]
        assert sorted(map(repr, found)) == sorted(map(repr, expected))
        seen |= {one.kind for one in found}
        untold = [
            one for one in (*reminders, *expected) if (one.name, one.recipient_id) not in told
        ]
        told |= {(one.name, one.recipient_id) for one in untold}
        for each in (going_on, anew):
            each.tell(untold, at)
        sent = [one.report_id for one in going_on.roll_ups(at)]
        assert sent == anew.roll_ups(at)
        rolled_up += [report_id for report_id in sent if report_id is not None]

    assert seen == {ReminderKind.ESCALATION_READY, ReminderKind.ESCALATION_AHEAD}
    assert rolled_up == [43]
