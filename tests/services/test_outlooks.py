"""Keeping the mails to come: the newest alone, in their order, with the rules they go by."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.audit import arranging
from tests.reporting import House, actor_of, make_person
from tracker.database import Database
from tracker.domain.errors import NotAllowed
from tracker.domain.permissions import Role
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.domain.reminders import ReminderKind
from tracker.models.outlooks import OutlookMail
from tracker.queries.kept_outlooks import find_kept_outlook, kept_mails
from tracker.queries.reminder_outlook import Ahead
from tracker.services.outlooks import ask_for_outlook, keep_outlook
from tracker.services.reminder_rules import set_rule

AT = datetime(2026, 6, 15, 9, tzinfo=UTC)
UNTIL = AT + timedelta(days=95)


def mails(house: House, hours: int = 3) -> list[Ahead]:
    person_id = house.focal_point.person_id
    return [
        Ahead(AT + timedelta(hours=hour), person_id, "Ana Focal", {ReminderKind.DUE: hour})
        for hour in range(1, hours + 1)
    ]


def keep(database: Database, ahead: list[Ahead], at: datetime = AT) -> None:
    with database.transaction() as session:
        keep_outlook(session, ahead, at=at, until=UNTIL)


def test_what_is_kept_comes_back_as_it_was(database: Database, house: House) -> None:
    keep(database, mails(house))

    with database.reading() as session:
        kept = find_kept_outlook(session)
        assert kept is not None
        found, total = kept_mails(session, kept.id, after=AT, until=UNTIL, most=10)

    assert (kept.worked_out_at, kept.reaches_until, kept.is_outruled) == (AT, UNTIL, False)
    assert (list(found), total) == (mails(house), 3)


def test_of_many_the_first_come_and_all_are_counted_within_the_moments(
    database: Database, house: House
) -> None:
    keep(database, mails(house, hours=6))

    with database.reading() as session:
        kept = find_kept_outlook(session)
        assert kept is not None
        found, total = kept_mails(
            session,
            kept.id,
            after=AT + timedelta(hours=1),
            until=AT + timedelta(hours=5),
            most=2,
        )

    assert [mail.counts[ReminderKind.DUE] for mail in found] == [2, 3]
    assert total == 4


def test_the_newest_takes_the_place_of_what_was_kept(database: Database, house: House) -> None:
    later = AT + timedelta(days=1)
    keep(database, mails(house))
    keep(database, [], later)

    with database.reading() as session:
        kept = find_kept_outlook(session)
        assert kept is not None
        assert kept.worked_out_at == later
        assert session.scalar(select(func.count(OutlookMail.id))) == 0


def test_a_rule_that_was_changed_since_is_told(database: Database, house: House) -> None:
    keep(database, mails(house))
    with arranging(), database.transaction() as session:
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
        administrator = actor_of(person, (Role.ADMINISTRATOR, None))
    with database.transaction() as session:
        set_rule(
            session,
            target=HOUSE,
            rule=ReminderRule(due_days=(15,)),
            seen_number=0,
            actor=administrator,
            at=AT + timedelta(hours=1),
        )

    with database.reading() as session:
        kept = find_kept_outlook(session)

    assert kept is not None
    assert kept.is_outruled


def test_only_who_sees_the_mails_has_them_worked_out(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        ask_for_outlook(session, actor=house.focal_point, at=AT)
