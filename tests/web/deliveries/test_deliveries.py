"""The page of deliveries: what is stuck and why, and what an administrator can do about it."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import make_person
from tests.travel import Travel
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage
from tracker.queries.deliveries import PAGE_SIZE
from tracker.services.delivery import queue_message

PAGE = "/admin/deliveries"


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def administrator(database: Database, client: CheckedClient) -> Person:
    """Sign an administrator in and return them."""
    with arranging(), database.transaction() as session:
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
    sign_in(client, person.id)
    return person


def add_mail(
    database: Database, person: Person, state: Delivery, *, key: str = "1", error: str = ""
) -> int:
    with database.transaction() as session:
        message = queue_message(
            session,
            kind="invitation",
            recipient=session.get_one(Person, person.id),
            subject=f"Invitation {key}",
            plain="secret",
            html=None,
            at=clock.now(),
            dedupe_key=key,
        )
        message.state, message.error = state, error
        message.claimed_at = None if state is Delivery.PENDING else clock.now()
        return message.id


def test_an_empty_list_says_what_fills_it(client: CheckedClient, administrator: Person) -> None:
    text = text_of(client.get(PAGE))

    assert "No mail is stuck." in text
    assert "No mail in this list." in text
    assert "Set TRACKER_SMTP_URL to send them." in text


def test_a_stuck_mail_is_told_with_its_reason_and_not_with_its_text(
    client: CheckedClient, administrator: Person, database: Database, travel: Travel
) -> None:
    add_mail(database, administrator, Delivery.SENDING, error="Lost at 100 % of %(x)s")
    travel.by(timedelta(hours=1))

    page = client.get(PAGE)

    text = text_of(page)
    assert "1 mail needs a decision" in text
    assert "Lost at 100 % of %(x)s" in text
    assert "secret" not in page.text


def test_what_needs_a_decision_comes_first(
    client: CheckedClient, administrator: Person, database: Database, travel: Travel
) -> None:
    add_mail(database, administrator, Delivery.FAILED, key="old")
    add_mail(database, administrator, Delivery.SENT, key="new")
    travel.by(timedelta(hours=1))

    text = text_of(client.get(PAGE))

    assert text.index("Invitation old") < text.index("Invitation new")


def test_an_administrator_sends_a_stuck_mail_again(
    client: CheckedClient, administrator: Person, database: Database, travel: Travel
) -> None:
    message_id = add_mail(database, administrator, Delivery.SENDING)
    travel.by(timedelta(hours=1))

    answer = submit(client, client.get(PAGE), to=f"/{message_id}/resend")

    assert answer.status_code == 303
    assert "The mail waits again" in text_of(client.get(PAGE))
    with database.reading() as session:
        assert session.get_one(MailMessage, message_id).state is Delivery.PENDING


def test_an_administrator_settles_a_failed_mail(
    client: CheckedClient, administrator: Person, database: Database
) -> None:
    message_id = add_mail(database, administrator, Delivery.FAILED, error="550 No such mailbox")

    submit(client, client.get(PAGE), to=f"/{message_id}/settle")

    with database.reading() as session:
        assert session.get_one(MailMessage, message_id).state is Delivery.SENT


def test_a_mail_that_is_being_sent_has_no_buttons(
    client: CheckedClient, administrator: Person, database: Database
) -> None:
    add_mail(database, administrator, Delivery.SENDING)

    page = client.get(PAGE)

    assert "Being sent" in text_of(page)
    assert "/resend" not in page.text


def test_a_mail_that_is_settled_already_is_refused_in_a_sentence(
    client: CheckedClient, administrator: Person, database: Database, travel: Travel
) -> None:
    message_id = add_mail(database, administrator, Delivery.SENDING)
    travel.by(timedelta(hours=1))
    page = client.get(PAGE)
    submit(client, page, to=f"/{message_id}/settle")

    again = submit(client, page, to=f"/{message_id}/settle")

    assert again.status_code == 409
    assert "This mail needs no help any more" in again.text


def test_the_list_can_be_narrowed_to_one_state(
    client: CheckedClient, administrator: Person, database: Database
) -> None:
    add_mail(database, administrator, Delivery.PENDING, key="waits")
    add_mail(database, administrator, Delivery.FAILED, key="failed")

    text = text_of(client.get(f"{PAGE}?state=failed"))

    assert "Invitation failed" in text
    assert "Invitation waits" not in text


def test_a_long_list_goes_on_on_the_next_page(
    client: CheckedClient, administrator: Person, database: Database
) -> None:
    for number in range(PAGE_SIZE + 1):
        add_mail(database, administrator, Delivery.PENDING, key=f"no. {number};")

    first = client.get(PAGE)
    second = client.get(f"{PAGE}?before=2")

    assert "Invitation no. 0;" not in text_of(first)
    assert f"{PAGE}?before=2" in first.text
    assert "Invitation no. 0;" in text_of(second)


def test_a_coordinator_sees_deliveries_and_cannot_settle_them(
    client: CheckedClient, database: Database, administrator: Person
) -> None:
    with arranging(), database.transaction() as session:
        coordinator = make_person(session, "Carla Coordinator", (Role.COORDINATOR, None))
    message_id = add_mail(database, coordinator, Delivery.FAILED)
    page = client.get(PAGE)
    sign_in(client, coordinator.id)

    assert "/resend" not in client.get(PAGE).text
    assert submit(client, page, to=f"/{message_id}/resend").status_code in {400, 403}
