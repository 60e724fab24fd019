"""Digests come when their readers want them, late rather than never, and on no holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.post import SITE, TOKENS, Post
from tests.reporting import House, open_biennium
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, Stale
from tracker.domain.permissions import Actor, Role
from tracker.domain.reminder_rules import ReminderRule, RuleScope, RuleTarget
from tracker.models.audit import AuditEntry
from tracker.models.digest_times import DutyStation, Holiday
from tracker.queries.reminder_outlook import mails_ahead
from tracker.services.delivery import deliver_pending
from tracker.services.digest_times import add_station, choose_times, keep_holidays
from tracker.services.digests import collect_digests
from tracker.services.reminder_rules import set_rule
from tracker.services.reminders import plan_reminders

ANA, OTTO = "ana.focal@example.org", "otto.focal@example.org"


@pytest.fixture
def reminded(database: Database, house: House, travel: Travel) -> House:
    """Let three reports be due on 30 June, a Tuesday; everybody was told a fortnight before."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    send(database)
    travel.to(datetime(2026, 6, 22, 6, tzinfo=UTC))  # a Monday on which nothing is new
    assert send(database) == []
    return house


def send(database: Database) -> list[str]:
    """Run the jobs and return who got a digest."""
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())
    post = Post()
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    return post.recipients


def administrator(house: House) -> Actor:
    return Actor(
        house.coordinator.person_id, "Adam", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)})
    )


def choose(
    database: Database, actor: Actor, hour: int, *weekdays: int, station_id: int | None = None
) -> None:
    with database.transaction() as session:
        choose_times(
            session,
            hour=hour,
            weekdays=frozenset(weekdays),
            duty_station_id=station_id,
            actor=actor,
            at=clock.now(),
        )


def make_station(database: Database, house: House, *days: date) -> int:
    with database.transaction() as session:
        station = add_station(session, name="Praia", actor=administrator(house), at=clock.now())
        session.flush()
        keep_holidays(
            session,
            station_id=station.id,
            version=1,
            days=dict.fromkeys(days, "Feast"),
            actor=administrator(house),
            at=clock.now(),
        )
        return station.id


def test_what_comes_up_in_the_week_waits_for_the_day_of_the_digest(
    database: Database, reminded: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 6, 27, 6, tzinfo=UTC))  # the Saturday on which T-3 begins
    assert send(database) == []

    travel.to(datetime(2026, 6, 29, 6, tzinfo=UTC))
    assert send(database) == [ANA, OTTO]


def test_the_due_day_brings_a_digest_besides(
    database: Database, reminded: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 6, 29, 6, tzinfo=UTC))
    send(database)

    travel.to(datetime(2026, 6, 30, 6, tzinfo=UTC))

    assert send(database) == [ANA, OTTO]
    assert send(database) == []


def test_everybody_is_written_to_at_the_hour_and_on_the_day_they_chose(
    database: Database, reminded: House, travel: Travel
) -> None:
    choose(database, reminded.focal_point, 15, 6)  # Sundays at three
    travel.to(datetime(2026, 6, 28, 14, 59, tzinfo=UTC))
    assert send(database) == []

    travel.by(timedelta(minutes=1))
    assert send(database) == [ANA]


def test_a_rule_names_the_weekdays_of_who_chose_none_and_yields_to_a_choice(
    database: Database, reminded: House, travel: Travel
) -> None:
    for unit_id in (reminded.statistics, reminded.trade):
        set_weekdays(database, reminded, unit_id, 6)  # Sundays
    choose(database, reminded.other_focal_point, 6, 0)
    travel.to(datetime(2026, 6, 27, 6, tzinfo=UTC))
    with database.reading() as session:
        foreseen = [
            (mail.at.day, mail.recipient)
            for mail in mails_ahead(session, after=clock.now(), days=2)
        ]
    assert send(database) == []

    travel.to(datetime(2026, 6, 28, 6, tzinfo=UTC))
    assert send(database) == [ANA]
    travel.to(datetime(2026, 6, 29, 6, tzinfo=UTC))
    assert send(database) == [OTTO]
    assert foreseen == [(28, "Ana Focal"), (29, "Otto Focal")]


def set_weekdays(database: Database, house: House, unit_id: int, *weekdays: int) -> None:
    with database.transaction() as session:
        set_rule(
            session,
            target=RuleTarget(RuleScope.UNIT, unit_id),
            rule=ReminderRule(weekdays=frozenset(weekdays)),
            seen_number=0,
            actor=administrator(house),
            at=clock.now(),
        )


def test_a_holiday_puts_the_digest_off_to_the_next_working_day(
    database: Database, reminded: House, travel: Travel
) -> None:
    station_id = make_station(database, reminded, date(2026, 6, 29))
    choose(database, reminded.other_focal_point, 6, 0, station_id=station_id)
    travel.to(datetime(2026, 6, 29, 6, tzinfo=UTC))
    assert send(database) == [ANA]

    travel.by(timedelta(days=1))
    assert OTTO in send(database)


def test_after_an_outage_a_digest_comes_late_and_once(
    database: Database, reminded: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 7, 2, 17, tzinfo=UTC))

    assert send(database) == [ANA, OTTO]
    travel.by(timedelta(hours=1))
    assert send(database) == []


def test_a_choice_is_kept_with_what_was_before(database: Database, house: House) -> None:
    choose(database, house.focal_point, 8, 0, 3)
    choose(database, house.focal_point, 8, 0, 3)
    choose(database, house.focal_point, 9, 3)

    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.after["weekdays"] for entry in entries if entry.after] == ["03", "3"]
    assert entries[1].before == {"hour": 8, "weekdays": "03", "duty_station_id": None}


def test_what_cannot_be_chosen_is_refused(database: Database, house: House) -> None:
    with pytest.raises(Invalid):
        choose(database, house.focal_point, 6)
    with pytest.raises(Invalid):
        choose(database, house.focal_point, 6, 0, station_id=99)


def test_holidays_are_replaced_whole_and_not_over_somebody_else_s(
    database: Database, house: House
) -> None:
    station_id = make_station(database, house, date(2026, 12, 25))

    with pytest.raises(Stale), database.transaction() as session:
        keep_holidays(
            session,
            station_id=station_id,
            version=1,
            days={date(2027, 1, 1): "New Year's Day"},
            actor=administrator(house),
            at=clock.now(),
        )

    with database.reading() as session:
        assert session.scalars(select(Holiday.day)).all() == [date(2026, 12, 25)]
        assert session.get_one(DutyStation, station_id).version == 2


def test_a_duty_station_has_one_name_and_is_an_administrator_s(
    database: Database, house: House
) -> None:
    make_station(database, house)

    with pytest.raises(Duplicate), database.transaction() as session:
        add_station(session, name=" Praia ", actor=administrator(house), at=clock.now())
    with pytest.raises(NotAllowed), database.transaction() as session:
        add_station(session, name="Mindelo", actor=house.coordinator, at=clock.now())
