"""Rules of reminders set: from then on planning goes by them, and nobody is told twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, actor_of, make_person, open_biennium
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotAllowed, Stale
from tracker.domain.permissions import Actor, Role
from tracker.domain.reminder_rules import (
    HOUSE,
    ReminderRule,
    RuleScope,
    RuleTarget,
    UsualTimes,
)
from tracker.models.reminders import Delivery, Notification
from tracker.queries.digest_times import digest_times
from tracker.queries.reminder_outlook import compare_books
from tracker.queries.reminder_rules import rule_book, rules_of, target_for_mandate
from tracker.services.reminder_rules import set_rule, withdraw_rule
from tracker.services.reminders import plan_reminders

TWO_WEEKS_BEFORE = datetime(2026, 6, 16, 9, tzinfo=UTC)
EARLIER = ReminderRule(due_days=(15, 12))


@pytest.fixture
def administrator(database: Database, house: House, travel: Travel) -> Actor:
    """Open the biennium, arrive two weeks before the due day, return who sets rules."""
    travel.to(TWO_WEEKS_BEFORE)
    with arranging(), database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
        return actor_of(person, (Role.ADMINISTRATOR, None))


def put(
    database: Database,
    actor: Actor,
    rule: ReminderRule,
    target: RuleTarget = HOUSE,
    *,
    times: UsualTimes | None = None,
    seen: int = 0,
) -> None:
    with database.transaction() as session:
        set_rule(
            session, target=target, rule=rule, times=times, seen_number=seen, actor=actor,
            at=clock.now(),
        )  # fmt: skip


def plan(database: Database) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())


def pending(database: Database) -> list[str]:
    with database.reading() as session:
        names = session.scalars(
            select(Notification.occasion).where(Notification.state == Delivery.PENDING)
        )
        return sorted({name.rpartition(":")[2] for name in names})


def send(database: Database) -> None:
    with arranging(), database.transaction() as session:
        for row in session.scalars(
            select(Notification).where(Notification.state == Delivery.PENDING)
        ):
            row.state, row.settled_at = Delivery.SENT, clock.now()


def test_planning_goes_by_the_rule_from_then_on(database: Database, administrator: Actor) -> None:
    plan(database)
    put(database, administrator, EARLIER)

    plan(database)
    plan(database)

    assert pending(database) == ["T-15"]


def test_a_change_of_the_rule_tells_nobody_again_what_was_told(
    database: Database, administrator: Actor, travel: Travel
) -> None:
    plan(database)
    send(database)
    put(database, administrator, EARLIER)

    plan(database)
    soon = pending(database)
    travel.by(timedelta(days=2))
    plan(database)

    assert (soon, pending(database)) == ([], ["T-12"])


def test_a_rule_taken_away_again_tells_nobody_twice(
    database: Database, administrator: Actor, travel: Travel
) -> None:
    put(database, administrator, EARLIER)
    travel.by(timedelta(days=2))
    plan(database)
    send(database)
    with database.transaction() as session:
        withdraw_rule(session, target=HOUSE, seen_number=1, actor=administrator, at=clock.now())

    plan(database)

    assert pending(database) == []


def test_the_rule_of_a_unit_or_a_mandate_applies_to_it_alone(
    database: Database, house: House, administrator: Actor
) -> None:
    unit = RuleTarget(RuleScope.UNIT, house.statistics)
    mandate = RuleTarget(RuleScope.MANDATE, house.mandates[0])
    put(database, administrator, EARLIER, unit)
    put(database, administrator, ReminderRule(due_days=(20,)), mandate)

    plan(database)

    assert pending(database) == ["T-14", "T-15", "T-20"]
    with database.reading() as session:
        book = rule_book(session)
        applied = [target_for_mandate(session, book, key) for key in house.mandates]
    assert applied == [mandate, unit, HOUSE]


def test_a_rule_tried_out_changes_nothing(database: Database, administrator: Actor) -> None:
    with database.reading() as session:
        book = rule_book(session).with_rule(HOUSE, ReminderRule(due_days=()))
        compared = compare_books(session, after=clock.now(), days=14, book=book)

    assert (compared.now, compared.then) == (6, 0)
    assert all(mail.now and mail.then is None for mail in compared.changed)
    assert len(compared.changed) == 6
    plan(database)
    assert pending(database) == ["T-14"]


def test_who_chose_no_times_has_those_of_the_house(
    database: Database, house: House, administrator: Actor
) -> None:
    put(database, administrator, ReminderRule(), times=UsualTimes(frozenset({1, 3}), 9))

    with database.reading() as session:
        person_id = house.focal_point.person_id
        times = digest_times(session, [person_id])[person_id]

    assert (times.weekdays, times.hour) == (frozenset({1, 3}), 9)


def test_the_history_keeps_each_rule_and_who_set_it(
    database: Database, administrator: Actor
) -> None:
    put(database, administrator, EARLIER)
    put(database, administrator, EARLIER, seen=1)
    put(database, administrator, replace(EARLIER, repeat_days=None), seen=1)

    with database.reading() as session:
        history = rules_of(session, HOUSE)

    assert [(each.number, each.rule, each.written_by) for each in history] == [
        (2, replace(EARLIER, repeat_days=None), "Adam Admin"),
        (1, EARLIER, "Adam Admin"),
    ]


def test_two_who_set_a_rule_at_once_are_told(database: Database, administrator: Actor) -> None:
    put(database, administrator, EARLIER)

    with pytest.raises(Stale, match="Somebody else set this rule"):
        put(database, administrator, ReminderRule())


def test_only_administrators_set_rules(
    database: Database, house: House, administrator: Actor
) -> None:
    with pytest.raises(NotAllowed):
        put(database, house.coordinator, EARLIER)
