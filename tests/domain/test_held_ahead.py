"""What holds in the days to come, worked out from turn to turn, is what holds at each moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.reminding import ANA, FACTS
from tracker.domain.absences import Absence
from tracker.domain.held_ahead import HeldAhead, held_ahead
from tracker.domain.house_matters import HouseMatters, matter_occasions
from tracker.domain.lying import NO_UNIT, LyingReport, UnheldMandate
from tracker.domain.reminders import (
    LastMove,
    Occasion,
    ReminderKind,
    ReportFacts,
    UnitStaff,
    occasions_of,
)
from tracker.domain.workflow import Review

BEGIN = datetime(2026, 6, 10, 3, tzinfo=UTC)
BEN, CARLA, MONA = 900, 901, 902
MOMENTS = [BEGIN + timedelta(hours=7 * number) for number in range(150)]
SUBMITTED = replace(
    FACTS,
    report_id=77,
    review=Review.SUBMITTED,
    staff=UnitStaff(managers=frozenset({MONA})),
    last_move=LastMove(3, ANA, datetime(2026, 6, 8, 17, 30, tzinfo=UTC)),
)
DRAFT = replace(FACTS, report_id=78, review=Review.DRAFT)
MATTERS = HouseMatters(
    lying=(LyingReport(DRAFT, datetime(2026, 5, 20, tzinfo=UTC)),),
    unheld=(
        UnheldMandate(
            ReminderKind.OWNERLESS,
            5,
            None,
            None,
            datetime(2026, 6, 1, 12, tzinfo=UTC),
            "P1",
            NO_UNIT,
        ),
    ),
    coordinators=frozenset({CARLA}),
)
LEAVE = (
    Absence(ANA, date(2026, 6, 14), date(2026, 6, 20), deputy_id=BEN),
    Absence(BEN, date(2026, 6, 18), date(2026, 6, 19), deputy_id=MONA, time_zone="America/Lima"),
    Absence(CARLA, date(2026, 6, 29), date(2026, 7, 2), deputy_id=ANA, time_zone="Asia/Tokyo"),
    Absence(MONA, date(2026, 6, 25), date(2026, 6, 26), officer_id=CARLA),
)


@pytest.mark.parametrize("away", [(), LEAVE], ids=["all-there", "on-leave"])
def test_what_is_worked_out_from_turn_to_turn_holds_at_each_moment(
    away: tuple[Absence, ...],
) -> None:
    moments = {person: frozenset(MOMENTS[person % 3 :: 3]) for person in (ANA, BEN, CARLA, MONA)}
    facts = [FACTS, SUBMITTED, DRAFT]

    held = by_moment(held_ahead(facts, MATTERS, moments, away), moments)

    assert len(held) > 100
    assert held == direct(facts, moments, away)
    assert {person for _at, person in held} == set(moments) if away else {ANA, CARLA, MONA}


def by_moment(
    held: HeldAhead, moments: Mapping[int, frozenset[datetime]]
) -> dict[tuple[datetime, int], list[Occasion]]:
    """Return what holds at each moment of each person, in order."""
    found: dict[tuple[datetime, int], list[Occasion]] = {}
    for person, rows in held.items():
        for each in sorted(rows, key=lambda each: each.place):
            for at in moments[person]:
                if each.first <= at <= each.last:
                    found.setdefault((at, person), []).append(each.raised.to(person))
    return found


def direct(
    facts: Sequence[ReportFacts],
    moments: Mapping[int, frozenset[datetime]],
    away: tuple[Absence, ...],
) -> dict[tuple[datetime, int], list[Occasion]]:
    """Return the same, asked anew at each moment."""
    found: dict[tuple[datetime, int], list[Occasion]] = {}
    for at in MOMENTS:
        present = [each for each in away if each.holds_at(at)]
        for one in (
            *(one for each in facts for one in occasions_of(each, at, away)),
            *matter_occasions(MATTERS, at, present),
        ):
            if at in moments.get(one.recipient_id, ()):
                found.setdefault((at, one.recipient_id), []).append(one)
    return found
