"""The list of people: rehearsed, taken whole or not at all, and safe to bring again."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import make_person, make_unit
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.people import Person
from tracker.models.reminders import MailMessage
from tracker.queries.people import actor_of, find_person_by_email

HEADER = "name,email,role,unit,language,time_zone"
ANA = "Ana Pérez,ana@example.org,focal_point; Editor,statistics,es,"
BOB = "Bob,Bob@example.org,coordinator,,,America/Santiago"


@pytest.fixture(autouse=True)
def statistics(client: FlaskClient, database: Database) -> int:
    """Let an administrator be signed in, in a house with one unit."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
        unit_id = make_unit(session, "statistics", "Statistics Division", "Africa/Dakar").id
    sign_in(client, person_id)
    return unit_id


def rehearse(client: FlaskClient, *rows: str, header: str = HEADER) -> TestResponse:
    """Bring a list as a browser does."""
    fields = dict(filled_in(form_of(client.get("/setup/people"))))
    content = "\n".join([header, *rows]).encode()
    return client.post("/setup/people", data=fields | {"people": (io.BytesIO(content), "p.csv")})


def people_count(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(Person)).one()


def mail_count(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(MailMessage)).one()


def person(database: Database, email: str) -> Person:
    with database.reading() as session:
        found = find_person_by_email(session, email)
        assert found is not None
        return found


def test_the_rehearsal_shows_what_would_be_made_and_makes_nothing(
    client: FlaskClient, database: Database
) -> None:
    words = text_of(rehearse(client, ANA, BOB))

    assert "To be added: 2; to be changed: 0; unchanged: 0; refused: 0." in words
    assert "Focal point, Statistics Division" in words
    assert people_count(database) == 1


def test_the_list_is_taken_after_the_rehearsal(
    client: FlaskClient, database: Database, statistics: int
) -> None:
    answer = submit(client, rehearse(client, ANA, BOB))

    assert answer.location == "/setup/import"
    ana, bob = person(database, "ana@example.org"), person(database, "bob@example.org")
    assert set(actor_of(ana).roles) == {(Role.FOCAL_POINT, statistics), (Role.EDITOR, None)}
    assert (ana.language, ana.time_zone) == ("es", "Africa/Dakar")
    assert (bob.language, bob.time_zone) == ("en", "America/Santiago")
    assert mail_count(database) == 0


def test_invitations_are_sent_when_they_are_asked_for(
    client: FlaskClient, database: Database
) -> None:
    submit(client, rehearse(client, ANA, BOB), {"sends_invitations": "y"})

    assert mail_count(database) == 2


def test_the_same_list_again_changes_nothing(client: FlaskClient, database: Database) -> None:
    submit(client, rehearse(client, ANA, BOB))

    words = text_of(rehearse(client, ANA, BOB))

    assert "To be added: 0; to be changed: 0; unchanged: 2; refused: 0." in words
    assert "Take the list" not in words


def test_a_further_role_is_given_and_none_is_taken(client: FlaskClient, database: Database) -> None:
    submit(client, rehearse(client, BOB))

    page = rehearse(client, BOB.replace("coordinator", "viewer"))
    submit(client, page)

    assert "To be added: 0; to be changed: 1" in text_of(page)
    assert set(actor_of(person(database, "bob@example.org")).roles) == {
        (Role.COORDINATOR, None),
        (Role.VIEWER, None),
    }


def test_the_name_of_who_has_not_signed_in_is_corrected(
    client: FlaskClient, database: Database
) -> None:
    submit(client, rehearse(client, BOB))

    submit(client, rehearse(client, BOB.replace("Bob,", "Bob Builder,")))

    assert person(database, "bob@example.org").name == "Bob Builder"


def test_the_details_of_who_has_signed_in_are_their_own(
    client: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        made = make_person(session, "Bob", (Role.COORDINATOR, None))
        made.last_signed_in_at = made.invited_at

    words = text_of(rehearse(client, "Robert,bob@example.org,coordinator,,es,"))

    assert "unchanged: 1" in words


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Eve,eve@example.org,king,,,", "There is no role “king”."),
        ("Eve,eve@example.org,,,,", "Name a role: one of"),
        ("Eve,eve@example.org,manager,,,", "Name the unit: a focal point or a manager"),
        ("Eve,eve@example.org,manager,trade,,", "There is no unit “trade”."),
        ("Eve,nobody,viewer,,,", "“nobody” is not an e-mail address."),
        (",eve@example.org,viewer,,,", "Enter the name."),
        ("Eve,eve@example.org,viewer,,tlh,", "The site has no pages in “tlh”."),
        ("Eve,eve@example.org,viewer,,,Mars/Base", "“Mars/Base” is not a time zone."),
        (BOB.replace("Bob@", "BOB@"), "bob@example.org stands in several rows."),
    ],
    ids=["role", "no-role", "no-unit", "unit", "address", "name", "language", "zone", "twice"],
)
def test_one_refused_row_keeps_the_whole_list_out(
    client: FlaskClient, database: Database, row: str, sentence: str
) -> None:
    page = rehearse(client, BOB, row)
    fields = dict(filled_in(form_of(page)))
    answer = client.post("/setup/people/take", data=fields)

    assert sentence in text_of(page)
    assert "Take the list" not in text_of(page)
    assert answer.status_code == 400
    assert people_count(database) == 1


def test_who_was_deactivated_is_not_brought_back_by_a_list(
    client: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        make_person(session, "Bob", (Role.COORDINATOR, None)).is_active = False

    assert "Bob is deactivated." in text_of(rehearse(client, BOB))


def test_a_list_that_would_do_something_else_by_now_is_shown_again(
    client: FlaskClient, database: Database
) -> None:
    page = rehearse(client, ANA, BOB)
    with arranging(), database.transaction() as session:
        make_person(session, "Bob", (Role.VIEWER, None))

    answer = submit(client, page)

    assert answer.status_code == 409
    assert "Nothing was taken: look at it once more" in text_of(answer)
    assert "To be added: 1; to be changed: 1" in text_of(answer)
    assert people_count(database) == 2


def test_a_file_without_a_header_is_refused_at_its_field(client: FlaskClient) -> None:
    answer = rehearse(client, BOB, header=ANA)

    assert answer.status_code == 400
    assert "The first line does not name the columns" in text_of(answer)


def test_no_file_is_refused(client: FlaskClient) -> None:
    answer = submit(client, client.get("/setup/people"))

    assert answer.status_code == 400
    assert "Choose the file with the list of people." in text_of(answer)


def test_the_template_is_a_list_with_yourself_as_the_example(client: FlaskClient) -> None:
    template = client.get("/setup/people/template.csv")

    header, row = template.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert header == HEADER
    assert "unchanged: 1" in text_of(rehearse(client, row))
