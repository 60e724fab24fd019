"""Mail that does not get on by itself: sent again or settled, by administrators alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.post import SITE, TOKENS, Post
from tests.reporting import House, actor_of, make_person
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotAllowed, NotFound, WrongState
from tracker.domain.permissions import Actor, Role
from tracker.models.audit import AuditEntry
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services.delivery import claim_next, deliver_pending, queue_message
from tracker.services.stuck_mail import resend_message, settle_message

Step = Callable[..., MailMessage]


@pytest.fixture
def administrator(database: Database) -> Actor:
    with arranging(), database.transaction() as session:
        return actor_of(make_person(session, "Adam Admin"), (Role.ADMINISTRATOR, None))


@pytest.fixture
def stuck_id(database: Database, house: House, travel: Travel) -> int:
    """Return a mail that was claimed an hour ago by a process that is gone."""
    with database.transaction() as session:
        message = queue_message(
            session,
            kind="invitation",
            recipient=session.get_one(Person, house.viewer.person_id),
            subject="You are invited",
            plain="https://tracker.example.org/sign-in/link/secret\n",
            html=None,
            at=clock.now(),
            dedupe_key="1",
        )
        session.add(
            Notification(
                occasion="invited:1",
                kind="invited",
                recipient_id=house.viewer.person_id,
                state=Delivery.SENDING,
                planned_at=clock.now(),
                message_id=message.id,
            )
        )
        claim_next(session, site=SITE, tokens=TOKENS, at=clock.now())
    travel.by(timedelta(hours=1))
    return message.id


def state_of(database: Database, model: type[MailMessage] | type[Notification]) -> Delivery:
    with database.reading() as session:
        return session.scalars(select(model.state)).one()


def act(database: Database, step: Step, message_id: int, actor: Actor) -> None:
    with database.transaction() as session:
        step(session, message_id=message_id, actor=actor, at=clock.now())


def test_a_stuck_mail_is_sent_again_when_a_person_says_so(
    database: Database, stuck_id: int, administrator: Actor
) -> None:
    post = Post()
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    assert post.messages == []

    act(database, resend_message, stuck_id, administrator)
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())

    assert post.recipients == ["vera.viewer@example.org"]
    assert "secret" in post.text_to("vera.viewer@example.org")


def test_a_stuck_mail_that_is_settled_counts_as_sent(
    database: Database, stuck_id: int, administrator: Actor
) -> None:
    act(database, settle_message, stuck_id, administrator)

    assert state_of(database, MailMessage) is Delivery.SENT
    assert state_of(database, Notification) is Delivery.SENT
    post = Post()
    assert deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now()).is_idle


@pytest.mark.parametrize("step", [resend_message, settle_message])
def test_each_step_leaves_a_trace(
    database: Database, stuck_id: int, administrator: Actor, step: Step
) -> None:
    act(database, step, stuck_id, administrator)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.subject_kind, entry.subject_id) == ("mail_messages", stuck_id)
        assert entry.before == {"state": "sending", "error": ""}


@pytest.mark.parametrize("step", [resend_message, settle_message])
def test_nobody_but_an_administrator_takes_either_step(
    database: Database, house: House, stuck_id: int, step: Step
) -> None:
    with pytest.raises(NotAllowed):
        act(database, step, stuck_id, house.coordinator)

    assert state_of(database, MailMessage) is Delivery.SENDING


@pytest.mark.parametrize("step", [resend_message, settle_message])
def test_a_mail_that_may_be_on_its_way_is_left_alone(
    database: Database, stuck_id: int, administrator: Actor, travel: Travel, step: Step
) -> None:
    travel.by(timedelta(minutes=-51))

    with pytest.raises(WrongState, match="right now"):
        act(database, step, stuck_id, administrator)


@pytest.mark.parametrize("step", [resend_message, settle_message])
def test_a_mail_that_needs_no_help_is_left_alone(
    database: Database, stuck_id: int, administrator: Actor, step: Step
) -> None:
    act(database, settle_message, stuck_id, administrator)

    with pytest.raises(WrongState, match="it was sent or cancelled"):
        act(database, step, stuck_id, administrator)


def test_a_mail_that_is_not_there_is_not_found(database: Database, administrator: Actor) -> None:
    with pytest.raises(NotFound):
        act(database, resend_message, 99, administrator)
