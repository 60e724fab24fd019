"""Parts of other units and dated notes, from the asking to the report."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.furniture import put
from tests.reporting import House, make_house, open_biennium, report_on
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.models.progress import Contribution, ProgressDraft


@pytest.fixture
def house(database: Database) -> House:
    return put(database, make_house)


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate, which Statistics leads."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def as_person(client: FlaskClient, actor: Actor) -> FlaskClient:
    sign_in(client, actor.person_id)
    return client


def ask(client: FlaskClient, house: House, report_id: int) -> None:
    """Let the lead unit ask Trade for its part."""
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    submit(client, page, {"unit_id": house.trade}, to="/parts")


def part_id(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(Contribution.id)).one()


def write(client: FlaskClient, house: House, database: Database, text: str) -> int:
    """Let Trade write its part and return its id."""
    found = part_id(database)
    page = as_person(client, house.other_focal_point).get(f"/progress/parts/{found}")
    answer = submit(client, page, {"text": text})
    assert answer.status_code == 303
    return found


def test_a_unit_that_is_asked_finds_it_on_its_start_page(
    client: FlaskClient, house: House, report_id: int
) -> None:
    ask(client, house, report_id)

    start = text_of(as_person(client, house.other_focal_point).get("/"))

    assert "Parts that other units ask of you" in start


def test_what_a_unit_writes_stands_beside_the_report_of_the_lead(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    ask(client, house, report_id)
    write(client, house, database, "Tariffs were compared.")

    page = text_of(as_person(client, house.focal_point).get(f"/progress/{report_id}"))

    assert "Tariffs were compared." in page
    assert "Take the part of" in page


def test_taking_a_part_over_keeps_what_was_typed(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    ask(client, house, report_id)
    write(client, house, database, "Tariffs were compared.")
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    answer = client.post(
        f"/progress/{report_id}/parts/{part_id(database)}/take-over",
        data={
            "csrf_token": token_of(page.text),
            "version": "1",
            "language": "en",
            "done": "Two missions were sent.",
            "next_steps": "A third follows.",
        },
    )

    with database.reading() as session:
        draft = session.scalars(select(ProgressDraft)).one()
    assert answer.status_code == 303
    assert draft.done == "Two missions were sent.\n\nTariffs were compared."
    assert draft.next_steps == "A third follows."
    assert "It stands in your text." in text_of(client.get(f"/progress/{report_id}"))


def test_a_part_of_another_report_is_not_taken_over(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    answer = client.post(
        f"/progress/{report_id}/parts/4711/take-over",
        data={"csrf_token": token_of(page.text), "version": "1", "language": "en"},
    )

    assert answer.status_code == 404


def test_an_empty_part_is_told_at_its_field(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    ask(client, house, report_id)
    page = as_person(client, house.other_focal_point).get(f"/progress/parts/{part_id(database)}")

    answer = submit(client, page, {"text": "  "})

    assert answer.status_code == 400
    assert "Enter what your unit adds" in text_of(answer)


def test_a_part_that_changed_meanwhile_is_shown_beside_what_was_typed(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    ask(client, house, report_id)
    page = as_person(client, house.other_focal_point).get(f"/progress/parts/{part_id(database)}")
    submit(client, page, {"text": "Theirs."})

    answer = submit(client, page, {"text": "Mine."})

    assert answer.status_code == 409
    assert "Theirs." in text_of(answer)
    assert "Mine." in answer.text


def test_who_only_reads_may_not_write_a_part(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    ask(client, house, report_id)

    page = as_person(client, house.viewer).get(f"/progress/parts/{part_id(database)}")

    assert "Nothing is written yet." in text_of(page)
    assert "Keep this part" not in page.text


def test_a_unit_is_asked_once(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    submit(client, page, {"unit_id": house.trade}, to="/parts")

    answer = submit(client, page, {"unit_id": house.trade}, to="/parts")

    assert answer.status_code == 409
    assert "is asked for a contribution already" in text_of(answer)


def test_a_note_stands_under_the_period_of_its_day_and_beside_the_report(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/mandates/{house.mandates[0]}/note")

    answer = submit(client, page, {"noted_on": date(2026, 2, 3), "text": "The form was agreed."})

    assert answer.status_code == 303
    assert "Notes of the period 3 February 2026: The form was agreed." in text_of(
        client.get(answer.location)
    )
    assert "The form was agreed." in text_of(client.get(f"/progress/{report_id}"))


def test_a_note_before_every_period_stands_apart(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/mandates/{house.mandates[0]}/note")

    answer = submit(client, page, {"noted_on": date(2025, 12, 3), "text": "The form was drafted."})

    assert "Notes outside a reporting period 3 December 2025" in text_of(
        client.get(answer.location)
    )
    assert "The form was drafted." not in text_of(client.get(f"/progress/{report_id}"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"noted_on": "2031-01-01", "text": "It will."}, "The day lies in the future."),
        ({"text": " "}, "Enter what happened"),
        ({"noted_on": "", "text": "It did."}, "Enter the day it happened."),
    ],
    ids=["future", "empty", "no day"],
)
def test_a_note_that_cannot_be_kept_is_told_at_its_field(
    client: FlaskClient, house: House, fields: dict[str, str], sentence: str
) -> None:
    page = as_person(client, house.focal_point).get(f"/mandates/{house.mandates[0]}/note")

    answer = submit(client, page, fields)

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_who_writes_for_another_unit_leaves_no_note(client: FlaskClient, house: House) -> None:
    address = f"/mandates/{house.mandates[0]}/note"

    assert as_person(client, house.other_focal_point).get(address).status_code == 403
    assert as_person(client, house.viewer).get(address).status_code == 403


def token_of(page: str) -> str:
    """Return the token of a page's first form."""
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
