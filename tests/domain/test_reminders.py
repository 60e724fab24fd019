"""Which occasions to remind of there are, for whom, and for how long."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.reminding import ANA, DUE, FACTS, HOUSE_MANAGER, MONA, OTTO
from tracker.domain.absences import Absence
from tracker.domain.deadlines import overdue_from
from tracker.domain.reminders import (
    LastMove,
    ReminderKind,
    ReportFacts,
    UnitStaff,
    occasions_of,
)
from tracker.domain.workflow import Review


def on(day: date, hour: int = 6) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def names(facts: ReportFacts, at: datetime) -> list[str]:
    return [occasion.name for occasion in occasions_of(facts, at)]


def told(facts: ReportFacts, at: datetime, kind: ReminderKind) -> list[int]:
    return [each.recipient_id for each in occasions_of(facts, at) if each.kind is kind]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 6, 15), None, id="too-early"),
        pytest.param(date(2026, 6, 16), "T-14", id="two-weeks-before"),
        pytest.param(date(2026, 6, 23), "T-14", id="a-week-late"),
        pytest.param(date(2026, 6, 26), "T-14", id="last-day-of-the-window"),
        pytest.param(date(2026, 6, 27), "T-3", id="three-days-before"),
        pytest.param(date(2026, 6, 29), "T-3", id="the-eve"),
        pytest.param(date(2026, 6, 30), "T-0", id="the-due-day"),
        pytest.param(date(2026, 7, 1), "W0", id="first-day-overdue"),
        pytest.param(date(2026, 7, 7), "W0", id="seventh-day-overdue"),
        pytest.param(date(2026, 7, 8), "W1", id="a-week-overdue"),
        pytest.param(date(2026, 8, 30), "W8", id="two-months-overdue"),
    ],
)
def test_a_due_date_is_told_by_windows(day: date, name: str | None) -> None:
    expected = [] if name is None else [f"due:42:2026-06-30:{name}"]

    assert names(FACTS, on(day)) == expected


def test_nobody_is_written_to_before_the_call() -> None:
    called = replace(FACTS, asked_at=on(date(2026, 6, 20)))

    assert names(called, on(date(2026, 6, 19))) == []
    assert set(names(called, on(date(2026, 6, 22)))) == {"due:42:2026-06-30:T-14", "assigned:42"}


def test_another_due_date_is_another_occasion_and_moved_back_the_same() -> None:
    moved = replace(
        FACTS, due_on=date(2026, 7, 2), overdue_at=overdue_from(date(2026, 7, 2), "UTC")
    )

    assert names(moved, on(date(2026, 6, 29))) == ["due:42:2026-07-02:T-3"]
    assert names(FACTS, on(date(2026, 6, 29))) == ["due:42:2026-06-30:T-3"]


def test_the_due_day_ends_in_the_time_zone_of_the_unit() -> None:
    in_santiago = replace(
        FACTS, time_zone="America/Santiago", overdue_at=overdue_from(DUE, "America/Santiago")
    )

    assert names(in_santiago, datetime(2026, 7, 1, 3, tzinfo=UTC)) == ["due:42:2026-06-30:T-0"]
    assert names(in_santiago, datetime(2026, 7, 1, 5, tzinfo=UTC)) == ["due:42:2026-06-30:W0"]


@pytest.mark.parametrize("review", [Review.CLEARED, Review.FROZEN])
def test_nothing_is_told_of_what_is_cleared(review: Review) -> None:
    assert names(replace(FACTS, review=review), on(DUE)) == []


@pytest.mark.parametrize("review", list(Review))
def test_nothing_is_told_of_what_nobody_need_answer(review: Review) -> None:
    assert names(replace(FACTS, review=review, is_asked=False), on(date(2026, 7, 9))) == []


def test_the_focal_point_is_told_and_nobody_beside_them() -> None:
    assert told(FACTS, on(DUE), ReminderKind.DUE) == [ANA]


def test_without_a_focal_point_those_of_the_unit_are_told() -> None:
    facts = replace(FACTS, focal_point_id=None)

    assert told(facts, on(DUE), ReminderKind.DUE) == [ANA, OTTO]


def test_without_any_focal_point_the_manager_is_told() -> None:
    facts = replace(FACTS, focal_point_id=None, staff=UnitStaff(managers=frozenset({MONA})))

    assert told(facts, on(DUE), ReminderKind.DUE) == [MONA]


SUBMITTED = replace(
    FACTS, review=Review.SUBMITTED, last_move=LastMove(1, ANA, on(date(2026, 6, 10)))
)


def test_a_submitted_report_waits_for_the_manager_and_is_told_again_each_week() -> None:
    assert names(SUBMITTED, on(date(2026, 6, 16))) == ["clearance:42:R1"]
    assert names(SUBMITTED, on(date(2026, 6, 17))) == ["clearance:42:R1:W1"]
    assert told(SUBMITTED, on(date(2026, 6, 16)), ReminderKind.CLEARANCE) == [MONA]


RETURNED = replace(FACTS, review=Review.RETURNED, last_move=LastMove(2, MONA, on(date(2026, 6, 1))))


def test_a_returned_report_is_told_once_for_each_return() -> None:
    assert names(RETURNED, on(date(2026, 6, 2))) == ["returned:42:R2"]
    assert names(RETURNED, on(date(2026, 6, 14))) == ["returned:42:R2"]


def test_who_returned_a_report_is_not_told_of_it() -> None:
    own = replace(RETURNED, last_move=LastMove(2, ANA, on(date(2026, 6, 1))))

    assert names(own, on(date(2026, 6, 2))) == []


def test_a_new_assignment_is_told_within_two_weeks() -> None:
    new = replace(FACTS, asked_at=on(date(2026, 5, 1)))

    assert names(new, on(date(2026, 5, 2))) == ["assigned:42"]
    assert names(new, on(date(2026, 5, 14))) == ["assigned:42"]
    assert names(new, on(date(2026, 5, 15))) == []


def test_nobody_is_told_what_they_assigned_to_themselves() -> None:
    own = replace(FACTS, asked_at=on(date(2026, 5, 1)), asked_by=ANA)

    assert names(own, on(date(2026, 5, 2))) == []


OLGA = 7
AWAY = Absence(ANA, date(2026, 6, 15), date(2026, 6, 20), deputy_id=OLGA)


def occasions(facts: ReportFacts, day: date, *absences: Absence) -> list[tuple[int, int | None]]:
    found = occasions_of(facts, on(day), absences)
    return [(each.recipient_id, each.in_place_of) for each in found]


def test_while_somebody_is_away_their_deputy_is_reminded_in_their_place() -> None:
    assert occasions(FACTS, date(2026, 6, 20), AWAY) == [(OLGA, ANA)]
    assert occasions(FACTS, date(2026, 6, 21), AWAY) == [(ANA, None)]


def test_a_deputy_of_two_who_are_away_is_reminded_once() -> None:
    facts = replace(FACTS, focal_point_id=None)
    other = replace(AWAY, person_id=OTTO)

    assert occasions(facts, date(2026, 6, 20), AWAY, other) == [(OLGA, ANA)]


def test_a_deputy_who_is_asked_themselves_is_not_told_in_the_place_of_somebody() -> None:
    facts = replace(FACTS, focal_point_id=None)

    told = occasions(facts, date(2026, 6, 20), replace(AWAY, deputy_id=OTTO))

    assert told == [(OTTO, None)]


def test_an_officer_in_charge_is_told_what_waits_for_a_manager_and_a_deputy_is_not() -> None:
    facts = replace(
        FACTS, review=Review.SUBMITTED, last_move=LastMove(1, ANA, on(date(2026, 6, 16)))
    )
    absence = replace(AWAY, person_id=MONA, officer_id=HOUSE_MANAGER)

    assert occasions(facts, date(2026, 6, 18), absence) == [(HOUSE_MANAGER, MONA)]


def test_an_officer_in_charge_is_not_told_of_their_own_text() -> None:
    facts = replace(
        FACTS, review=Review.SUBMITTED, last_move=LastMove(1, ANA, on(date(2026, 6, 16)))
    )
    absence = replace(AWAY, person_id=MONA, deputy_id=None, officer_id=ANA)

    assert occasions(facts, date(2026, 6, 18), absence) == []
