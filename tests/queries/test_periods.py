"""Periods are listed latest first with how much of each is answered; one of them is current."""

from datetime import date

import pytest

from tests.audit import arranging
from tests.reporting import House, counted_statements, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.periods import PeriodState
from tracker.domain.workflow import Review
from tracker.models.instruments import BodySession
from tracker.models.progress import ReportingPeriod
from tracker.queries.asked_mandates import asked_count
from tracker.queries.holdings import holdings
from tracker.queries.periods import (
    find_current_period_id,
    find_listed_period,
    listed_periods,
    session_choices,
)
from tracker.services.periods import open_period


@pytest.fixture
def period_ids(database: Database, house: House) -> tuple[int, int]:
    """Open two bienniums, the later one second, and return their ids."""
    with database.transaction() as session:
        first = open_biennium(session, house)
        second = open_period(
            session,
            starts_on=date(2028, 1, 1),
            ends_on=date(2029, 12, 31),
            plan=PeriodPlan(date(2029, 6, 30)),
            actor=house.coordinator,
            at=clock.now(),
        )
    return first.id, second.id


def test_periods_are_listed_with_their_counts_in_one_statement(
    database: Database, house: House, period_ids: tuple[int, int]
) -> None:
    with arranging(), database.transaction() as session:
        reviews = (Review.SUBMITTED, Review.FROZEN, Review.OPEN)
        for mandate_id, review in zip(house.mandates, reviews, strict=True):
            report_on(session, mandate_id).review = review
        report_on(session, house.mandates[2]).is_waived = True

    with database.reading() as session, counted_statements(database) as statements:
        periods = listed_periods(session)

    assert [(row.name, row.asked_count, row.answered_count) for row in periods] == [
        ("2028-2029", 2, 2),
        ("2026-2027", 3, 0),
    ]
    assert {row.opened_by for row in periods} == {"Carla Coordinator"}
    assert len(statements) == 1


def test_the_current_period_is_the_open_one_that_began_last(
    database: Database, period_ids: tuple[int, int]
) -> None:
    with database.reading() as session:
        assert find_current_period_id(session) == period_ids[1]

    with arranging(), database.transaction() as session:
        session.get_one(ReportingPeriod, period_ids[1]).state = PeriodState.LOCKED
    with database.reading() as session:
        assert find_current_period_id(session) == period_ids[0]

    with arranging(), database.transaction() as session:
        session.get_one(ReportingPeriod, period_ids[0]).state = PeriodState.LOCKED
    with database.reading() as session:
        assert find_current_period_id(session) == period_ids[1]


def test_without_any_period_none_is_current(database: Database, house: House) -> None:
    with database.reading() as session:
        assert find_current_period_id(session) is None
        assert find_listed_period(session, 1) is None
        assert asked_count(session) == len(house.mandates)


def test_sessions_to_report_to_are_offered_latest_first(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        for number in (11, 12):
            session.add(
                BodySession(body_id=1, number=number, name=f"Session {number}", language="en")
            )

    with database.reading() as session:
        offered = [(choice.body, choice.name) for choice in session_choices(session)]

    assert offered == [
        ("Commission of the Islands", "Session 12"),
        ("Commission of the Islands", "Session 11"),
    ]


def test_what_the_tracker_holds_is_counted_in_one_statement(
    database: Database, house: House
) -> None:
    with database.reading() as session, counted_statements(database) as statements:
        held = holdings(session)

    assert (held.instruments, held.mandates, held.activities) == (1, len(house.mandates), 0)
    assert (held.mandates_for_action, held.unconfirmed, held.nobody_answers) == (3, 0, 0)
    assert len(statements) == 1
