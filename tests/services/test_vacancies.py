"""A signing post that nobody fills is told to coordinators and administrators before it matters."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.escalating import run_jobs
from tests.furniture import put
from tests.post import Post
from tests.signing import Chain, make_chain
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.domain.radar import RadarKind
from tracker.domain.reminders import ReminderKind
from tracker.models.people import Person
from tracker.models.reminders import Delivery, Notification
from tracker.queries.radar import radar
from tracker.queries.reminder_history import reminders_of_person
from tracker.services.absences import AbsenceDays, change_absence, enter_absence
from tracker.services.reminders import plan_reminders

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA, CARLA = "ada.admin@example.org", "carla.coordinator@example.org"


@pytest.fixture
def chain(database: Database, travel: Travel) -> Chain:
    """Return a report with a chain of three posts, and nothing on its way."""
    travel.to(MONDAY)
    return put(database, make_chain)


@pytest.fixture
def gone(database: Database, chain: Chain) -> Chain:
    """Let the director leave."""
    with arranging(), database.transaction() as session:
        session.get_one(Person, chain.director.person_id).is_active = False
    return chain


def send(database: Database) -> Post:
    post = Post()
    run_jobs(database, post)
    return post


def test_coordinator_and_administrator_are_told_once_that_who_signs_has_left(
    database: Database, gone: Chain
) -> None:
    post = send(database)

    for address in (ADA, CARLA):
        text = post.text_to(address)
        assert "SIGNING POSTS THAT NOBODY FILLS" in text
        assert "* Dora Director" in text
        assert "as Director and has left" in " ".join(text.split())
        assert "/reports/sign-off" in text
    assert send(database).recipients == []
    with database.reading() as session:
        page = reminders_of_person(session, gone.administrator.person_id)
    assert [row.about for row in page.rows] == ["Dora Director"]


def test_an_officer_in_charge_who_is_named_takes_the_reminder_back(
    database: Database, chain: Chain
) -> None:
    first, last, deputy_id = date(2026, 3, 9), date(2026, 3, 20), chain.house.editor.person_id
    with database.transaction() as session:
        absence = enter_absence(
            session,
            person_id=chain.director.person_id,
            days=AbsenceDays(first, last, deputy_id),
            actor=chain.administrator,
            at=clock.now(),
        )
        plan_reminders(session, at=clock.now())
    assert states(database) == [Delivery.PENDING, Delivery.PENDING]

    with database.transaction() as session:
        change_absence(
            session,
            absence_id=absence.id,
            version=absence.version,
            days=AbsenceDays(first, last, deputy_id, chain.house.viewer.person_id),
            actor=chain.administrator,
            at=clock.now(),
        )
        plan_reminders(session, at=clock.now())

    assert states(database) == [Delivery.CANCELLED, Delivery.CANCELLED]


def states(database: Database) -> Sequence[Delivery]:
    with database.reading() as session:
        return session.scalars(
            select(Notification.state).where(Notification.kind == ReminderKind.POST_UNFILLED)
        ).all()


def test_the_radar_names_it_to_those_who_keep_absences(database: Database, gone: Chain) -> None:
    assert counted(database, gone.house.coordinator) == 1
    assert counted(database, gone.house.manager) == 0


def counted(database: Database, person: Actor) -> int:
    with database.reading() as session:
        found = radar(session, seen_by=person, at=clock.now())
    return next(each.count for each in found if each.kind is RadarKind.UNFILLED_POST)
