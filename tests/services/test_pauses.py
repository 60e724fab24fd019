"""Pauses of reminders: nothing goes out meanwhile, and afterwards one mail of what still holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.post import SITE, TOKENS, Post
from tests.reporting import House, open_biennium
from tests.services.test_lying import decline
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed
from tracker.domain.pauses import PauseScope, PauseTarget
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.pauses import listed_pauses, pauses_of
from tracker.queries.reminder_outlook import outlook
from tracker.services.delivery import deliver_pending, queue_message
from tracker.services.digests import PAUSED, collect_digests
from tracker.services.pauses import end_pause, pause_reminders
from tracker.services.reminders import plan_reminders

TWO_WEEKS_BEFORE = datetime(2026, 6, 16, 9, tzinfo=UTC)
UNTIL = date(2026, 6, 28)
ANA, OTTO = "ana.focal@example.org", "otto.focal@example.org"
EVERYTHING = PauseTarget()


@pytest.fixture
def asked(database: Database, house: House, travel: Travel) -> House:
    """Open the biennium long ago and arrive two weeks before the due day."""
    travel.to(TWO_WEEKS_BEFORE)
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    return house


def pause(
    database: Database, house: House, target: PauseTarget = EVERYTHING, *, until: date = UNTIL
) -> int:
    with database.transaction() as session:
        made = pause_reminders(
            session,
            target=target,
            starts_on=clock.now().date(),
            ends_on=until,
            reason="Recess",
            actor=house.coordinator,
            at=clock.now(),
        )
        return made.id


def plan_and_collect(database: Database) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())


def sent_now(database: Database) -> list[str]:
    post = Post()
    plan_and_collect(database)
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    return post.recipients


def test_afterwards_what_still_holds_comes_in_one_mail_and_nothing_is_sent_late(
    database: Database, asked: House, travel: Travel
) -> None:
    pause(database, asked)

    during = [sent_now(database) for _day in range(12) if travel.by(timedelta(days=1))]
    travel.to(datetime(2026, 6, 29, 9, tzinfo=UTC))  # the Monday after, a day before all is due
    after = sent_now(database)

    assert during == [[]] * 12
    assert sorted(after) == [ANA, OTTO]
    with database.reading() as session:
        rows = session.scalars(select(Notification)).all()
    sent = {row.occasion[-4:] for row in rows if row.state is Delivery.SENT}
    assert sent == {":T-3"}


def test_a_pause_that_begins_after_the_mail_was_collected_stops_it(
    database: Database, asked: House
) -> None:
    plan_and_collect(database)
    pause(database, asked, PauseTarget(PauseScope.UNIT, asked.statistics))

    assert sent_now(database) == [OTTO]
    with database.reading() as session:
        withdrawn = session.scalars(
            select(MailMessage).where(MailMessage.state == Delivery.CANCELLED)
        ).one()
        waiting = session.scalars(
            select(Notification).where(Notification.state == Delivery.PENDING)
        ).all()
    assert withdrawn.error == PAUSED
    assert [row.message_id for row in waiting] == [None, None]


@pytest.mark.parametrize("scope", [PauseScope.MANDATE, PauseScope.PERSON])
def test_one_mandate_or_one_person_is_paused_alone(
    database: Database, asked: House, scope: PauseScope
) -> None:
    key = asked.mandates[2] if scope is PauseScope.MANDATE else asked.other_focal_point.person_id
    pause(database, asked, PauseTarget(scope, key))

    assert sent_now(database) == [ANA]


def test_account_mails_are_never_paused(database: Database, asked: House) -> None:
    pause(database, asked)
    with database.transaction() as session:
        queue_message(
            session,
            kind="sign_in_link",
            recipient=session.get_one(Person, asked.focal_point.person_id),
            subject="Your link",
            plain="https://tracker.example.org/sign-in/link/x",
            html=None,
            at=clock.now(),
            dedupe_key="1",
        )

    assert sent_now(database) == [ANA]


def test_what_is_to_come_leaves_out_the_days_of_the_pause(database: Database, asked: House) -> None:
    pause(database, asked)

    with database.reading() as session:
        ahead = outlook(session, after=clock.now(), days=21)

    assert ahead[0][0] == datetime(2026, 6, 29, 6, tzinfo=UTC)


def test_the_page_of_a_report_can_say_until_when_and_why(database: Database, asked: House) -> None:
    pause(database, asked)
    plan_and_collect(database)
    person_id = asked.focal_point.person_id

    with database.reading() as session:
        found = pauses_of(session, [(1, person_id)], at=clock.now())

    assert (found[1, person_id].ends_on, found[1, person_id].reason) == (UNTIL, "Recess")


def test_a_pause_that_is_ended_lets_reminders_go_out_again(
    database: Database, asked: House
) -> None:
    pause_id = pause(database, asked)
    with database.transaction() as session:
        end_pause(session, pause_id=pause_id, version=1, actor=asked.coordinator, at=clock.now())

    with database.reading() as session:
        assert listed_pauses(session, since=clock.now().date()) == []
    assert sorted(sent_now(database)) == [ANA, OTTO]


def test_a_pause_needs_days_to_come_a_reason_and_the_right(
    database: Database, asked: House
) -> None:
    with pytest.raises(Invalid, match="lies before the first one"):
        pause(database, asked, until=date(2026, 6, 1))
    with pytest.raises(Invalid, match="a year at most"):
        pause(database, asked, until=date(2028, 1, 1))
    with pytest.raises(NotAllowed), database.transaction() as session:
        pause_reminders(
            session,
            target=EVERYTHING,
            starts_on=UNTIL,
            ends_on=UNTIL,
            reason="Rest",
            actor=asked.manager,
            at=clock.now(),
        )


def test_a_pause_also_stops_what_is_about_no_report(database: Database, asked: House) -> None:
    with arranging(), database.transaction() as session:
        decline(session, asked.mandates[0], asked)
    plan_and_collect(database)
    with database.reading() as session:
        kinds = set(session.scalars(select(Notification.kind)))
    pause(database, asked)

    assert "declined" in kinds
    assert sent_now(database) == []
