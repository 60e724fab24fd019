"""Leases: one holder at a time, prolonged, given back, taken over when they run out."""

from datetime import timedelta

from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.services.leases import give_back_lease, take_lease


def take(database: Database, holder: str, name: str = "job:work") -> bool:
    with database.transaction() as session:
        return take_lease(
            session, name=name, holder=holder, at=clock.now(), lasts=timedelta(minutes=2)
        )


def test_a_lease_has_one_holder_at_a_time(database: Database) -> None:
    assert take(database, "one")
    assert not take(database, "other")
    assert take(database, "other", name="job:other")


def test_a_holder_prolongs_their_own_lease(database: Database, travel: Travel) -> None:
    take(database, "one")
    travel.by(timedelta(minutes=1))
    assert take(database, "one")

    travel.by(timedelta(minutes=1, seconds=30))

    assert not take(database, "other")


def test_a_lease_that_ran_out_is_taken_over(database: Database, travel: Travel) -> None:
    take(database, "one")
    travel.by(timedelta(minutes=2))

    assert take(database, "other")
    assert not take(database, "one")


def test_a_lease_of_a_clock_that_was_ahead_holds_nobody_up(
    database: Database, travel: Travel
) -> None:
    travel.by(timedelta(days=400))
    take(database, "one")
    travel.by(-timedelta(days=400))

    assert take(database, "other")
    assert not take(database, "one")


def test_a_lease_is_given_back_by_its_holder_alone(database: Database) -> None:
    take(database, "one")
    for holder, is_free in (("other", False), ("one", True)):
        with database.transaction() as session:
            give_back_lease(session, name="job:work", holder=holder, at=clock.now())
        assert take(database, "third") is is_free
