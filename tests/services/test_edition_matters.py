"""Who signs an edition, or made one that came back, is told in a digest, until it is settled."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.escalating import run_jobs
from tests.furniture import put
from tests.post import Post
from tests.signing import Chain, make_chain
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.domain.reminders import ReminderKind
from tracker.models.reminders import Delivery, Notification
from tracker.models.sign_offs import EditionSignOff
from tracker.queries.reminder_history import reminders_of_person
from tracker.queries.reminder_outlook import mails_ahead
from tracker.services.reminders import plan_reminders
from tracker.services.sign_offs import hand_in, return_edition, sign_edition, take_back

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONA = "mona.manager@example.org"


@pytest.fixture
def chain(database: Database, travel: Travel) -> Chain:
    """Return a report whose draft is handed in, long before its reports are due."""
    travel.to(MONDAY)
    made = put(database, make_chain)
    with database.transaction() as session:
        hand_in(session, edition_id=made.edition_id, actor=made.house.editor, at=clock.now())
    return made


def version_of(database: Database, chain: Chain) -> int:
    with database.reading() as session:
        return session.get_one(EditionSignOff, chain.edition_id).version


def send(database: Database) -> Post:
    post = Post()
    run_jobs(database, post)
    return post


def states(database: Database, kind: ReminderKind) -> Sequence[tuple[int, Delivery]]:
    with database.reading() as session:
        rows = session.execute(
            select(Notification.recipient_id, Notification.state)
            .where(Notification.kind == kind)
            .order_by(Notification.id)
        )
        return [(person_id, state) for person_id, state in rows]


def test_who_signs_is_told_by_whom_and_since_when_and_again_after_a_week(
    database: Database, chain: Chain, travel: Travel
) -> None:
    text = send(database).text_to(MONA)
    assert MONA not in send(database).recipients
    travel.by(timedelta(days=7))
    with database.reading() as session:
        foreseen = mails_ahead(session, after=clock.now() - timedelta(minutes=1), days=1)

    again = send(database).text_to(MONA)

    assert "WAITING FOR YOUR SIGNATURE" in text
    assert "edition 1 in English" in text
    words = " ".join(text.split())
    assert "Chief of Division since 2 March 2026, passed on by Edgar Editor" in words
    assert f"/reports/editions/{chain.edition_id}#sign-off" in text
    assert "WAITING FOR YOUR SIGNATURE" in again
    assert ReminderKind.SIGN_OFF in {
        kind for mail in foreseen if mail.recipient == "Mona Manager" for kind in mail.counts
    }
    with database.reading() as session:
        page = reminders_of_person(session, chain.house.manager.person_id)
    assert [row.edition.number for row in page.rows if row.edition] == [1, 1]


@pytest.mark.parametrize("settle", ["sign", "take-back"])
def test_what_is_signed_or_taken_back_before_the_mail_goes_out_is_told_to_nobody(
    database: Database, chain: Chain, settle: str
) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    version, edition_id = version_of(database, chain), chain.edition_id
    with database.transaction() as session:
        if settle == "sign":
            sign_edition(
                session, edition_id=edition_id, version=version, actor=chain.house.manager,
                at=clock.now(),
            )  # fmt: skip
        else:
            take_back(
                session, edition_id=edition_id, version=version, actor=chain.house.editor,
                at=clock.now(),
            )  # fmt: skip

    post = send(database)

    assert MONA not in post.recipients
    mona, carla = chain.house.manager.person_id, chain.house.coordinator.person_id
    following = [(carla, Delivery.SENT)] if settle == "sign" else []
    assert states(database, ReminderKind.SIGN_OFF) == [(mona, Delivery.CANCELLED), *following]


def test_who_made_an_edition_is_told_that_it_came_back_and_why(
    database: Database, chain: Chain
) -> None:
    give_back(database, chain, chain.house.manager)

    text = send(database).text_to("edgar.editor@example.org")

    assert "EDITIONS RETURNED TO YOU" in text
    assert "by Mona Manager" in text
    assert "Remark: “Which islands?”" in text
    assert states(database, ReminderKind.SIGN_OFF) == []


def give_back(database: Database, chain: Chain, actor: Actor) -> None:
    version = version_of(database, chain)
    with database.transaction() as session:
        return_edition(
            session, edition_id=chain.edition_id, version=version, remark="Which islands?",
            actor=actor, at=clock.now(),
        )  # fmt: skip
