"""The pages behind the buttons of a mail, for who has not signed in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import TEXT, House
from tests.visitors import submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance, Answerers, AssignmentOrder
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.people import Person, PersonKind
from tracker.models.progress import ProgressReport
from tracker.services.assignments import assign_each
from tracker.services.mail_answers import mail_links

Address = Callable[[str], str]
WAYS = ["update", "last-text", "more-time", "not-mine"]


def review_of(database: Database, report_id: int) -> Review:
    with database.reading() as session:
        return session.get_one(ProgressReport, report_id).review


@pytest.mark.parametrize("way", WAYS)
def test_a_button_shows_the_clause_and_who_answers_and_changes_nothing(
    client: FlaskClient, database: Database, report_id: int, address: Address, way: str
) -> None:
    page = client.get(address(way))

    assert page.status_code == 200
    assert "To count the islands, part 5.a" in text_of(page)
    assert "You answer as Ana Focal" in text_of(page)
    assert review_of(database, report_id) is Review.OPEN


def test_what_is_newly_given_is_accepted_and_reported_on_by_the_same_link(
    client: FlaskClient, database: Database, house: House, report_id: int, address: Address
) -> None:
    with database.transaction() as session:
        for person in (house.manager, house.focal_point):
            mandate = session.get_one(Mandate, house.mandates[0])
            answerers = Answerers(house.statistics, person.person_id)
            order = AssignmentOrder(mandate.id, mandate.version, answerers)
            assign_each(session, [order], actor=house.coordinator, at=clock.now())
    with database.reading() as session:
        tokens = client.application.extensions["tracker"].tokens
        at, person_id = clock.now(), house.focal_point.person_id
        links = mail_links(session, [report_id], person_id=person_id, tokens=tokens, at=at)
    url = f"/answer/{links[report_id].token}"

    page = client.get(f"{url}/accept")
    assert "Do you take on 12(IV), para. 5(a)?" in text_of(page)
    accepted = submit(client, page, {}, to="/accept")

    assert "The mandate is yours" in text_of(accepted)
    assert f'href="{url}/update"' in accepted.text
    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).acceptance is Acceptance.ACCEPTED
    assert "Submit report" in text_of(client.get(f"{url}/accept"))


def test_nothing_new_is_one_button_below_the_text_that_is_said_again(
    client: FlaskClient, database: Database, report_id: int, address: Address
) -> None:
    page = client.get(address("last-text"))
    assert TEXT.done in text_of(page)

    answered = submit(client, page, {}, to="/last-text")

    assert answered.status_code == 200
    assert "Thank you, Ana Focal." in text_of(answered)
    assert review_of(database, report_id) is Review.SUBMITTED


def test_a_used_button_says_so_and_leads_to_the_sign_in(
    client: FlaskClient, report_id: int, address: Address
) -> None:
    page = client.get(address("last-text"))
    submit(client, page, {}, to="/last-text")

    again = submit(client, page, {}, to="/last-text")

    assert again.status_code == 403
    assert "it was answered or withdrawn" in text_of(again)
    assert "/sign-in" in again.text


def test_a_report_is_written_without_signing_in(
    client: FlaskClient, database: Database, report_id: int, address: Address
) -> None:
    page = client.get(address("update"))

    answered = submit(
        client, page, {"status": "completed", "done": "All were counted."}, to="/update"
    )

    assert "Report submitted" in text_of(answered)
    assert review_of(database, report_id) is Review.SUBMITTED


def test_what_is_missing_is_asked_for_and_the_text_stays(
    client: FlaskClient, report_id: int, address: Address
) -> None:
    page = client.get(address("update"))

    refused = submit(client, page, {"done": "All were counted."}, to="/update")

    assert refused.status_code == 400
    assert "All were counted." in refused.text


def test_a_text_that_comes_too_late_is_shown_to_be_copied(
    client: FlaskClient, report_id: int, address: Address
) -> None:
    page = client.get(address("update"))
    submit(client, client.get(address("last-text")), {}, to="/last-text")

    refused = submit(
        client, page, {"status": "completed", "done": "All were counted."}, to="/update"
    )

    assert refused.status_code == 403
    assert "Your text, to copy" in text_of(refused)
    assert "All were counted." in text_of(refused)


def test_more_time_is_asked_for_with_a_date_and_a_reason(
    client: FlaskClient, database: Database, report_id: int, address: Address
) -> None:
    with database.reading() as session:
        later = session.get_one(ProgressReport, report_id).due_on + timedelta(days=9)
    page = client.get(address("more-time"))

    without_date = submit(client, page, {"time-text": "The ship is late."}, to="/more-time")
    asked = submit(
        client,
        page,
        {"time-text": "The ship is late.", "time-due_on": later.isoformat()},
        to="/more-time",
    )

    assert "Enter the new due date." in text_of(without_date)
    assert "More time is asked for" in text_of(asked)


def test_the_page_speaks_the_language_of_who_got_the_mail(
    client: FlaskClient, database: Database, house: House, report_id: int, address: Address
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).language = "es"

    page = client.get(address("last-text"))

    assert 'lang="es"' in page.text
    assert "Responde usted como Ana Focal" in text_of(page)


def test_a_shared_mailbox_says_who_it_is_that_answers(
    client: FlaskClient, database: Database, house: House, report_id: int, address: Address
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).kind = PersonKind.MAILBOX
    page = client.get(address("last-text"))

    refused = submit(client, page, {}, to="/last-text")
    taken = submit(client, page, {"attest-given_by": "Rui Sá"}, to="/last-text")

    assert refused.status_code == 400
    assert "Thank you" in text_of(taken)


def test_a_damaged_address_is_refused_with_a_sentence(client: FlaskClient, house: House) -> None:
    page = client.get("/answer/nonsense/update")

    assert page.status_code == 403
    assert "This link is not whole." in text_of(page)


def test_nobody_keeps_what_such_a_page_shows(
    client: FlaskClient, report_id: int, address: Address
) -> None:
    page = client.get(address("update"))

    assert page.headers["Cache-Control"] == "no-store"
