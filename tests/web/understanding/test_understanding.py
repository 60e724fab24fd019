"""The page of what was understood, and the form that accepts or changes it."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House, counted_statements
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.instruments import Body, BodySession, Clause
from tracker.models.mandates import Mandate, MandateFinding
from tracker.queries.understanding import understanding_of

ADDRESS = "/coi/21-v/2/b"


@pytest.fixture
def instrument_id(installation: Installation, house: House) -> int:
    """Import the invented resolution: 2(b) asks for a report at the sixth session."""
    (made,) = import_text(installation.database, installation.files, actor=house.coordinator)
    return made.instrument_id


def mandate_at(database: Database, path: str) -> Mandate:
    with database.reading() as session:
        found = session.query(Mandate).join(Clause, Clause.id == Mandate.clause_id)
        return found.filter(Clause.path == path).one()


def test_each_clause_stands_with_the_words_that_show_what_it_asks(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    answer = coordinator.get(f"/resolutions/{instrument_id}/understood")

    page = html.fromstring(answer.data)
    section = page.get_element_by_id("para-2-b")
    marked = ["".join(mark.itertext()) for mark in section.iterfind(".//mark")]
    assert "at its sixth session" in marked
    words = " ".join(section.text_content().split())
    assert "Executive Secretary in the paragraph above" in words
    assert "Names us" in words
    assert "Proposed by the reader, not yet confirmed" in words


def test_accepting_all_leaves_nothing_that_waits(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    address = f"/resolutions/{instrument_id}/understood"

    answer = submit(coordinator, coordinator.get(address), to="/accept")

    words = text_of(coordinator.get(f"{address}?show=waiting"))
    assert answer.status_code == 303
    assert "all are decided" in words
    assert "No clause waits for a person." in words


def test_what_does_not_concern_us_is_set_aside_in_one_confirmation(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    words = text_of(coordinator.get(f"/resolutions/{instrument_id}/understood"))

    assert "Set aside the 2 mandates that ask nothing of us" in words


def test_a_person_corrects_a_clause_and_the_mandate_says_it(
    coordinator: FlaskClient, database: Database, instrument_id: int
) -> None:
    mandate = mandate_at(database, "2.b")
    address = f"/mandates/{mandate.id}/understood"
    said = {"addressee": "Executive Secretary\r\nRegistrars", "periodicity": "recurring"}

    answer = submit(coordinator, coordinator.get(address), said)

    changed = mandate_at(database, "2.b")
    assert answer.status_code == 303
    assert changed.addressee == "Executive Secretary; Registrars"
    assert changed.periodicity == "recurring"
    assert "What the clause asks was confirmed" in text_of(coordinator.get(ADDRESS))


def test_a_form_without_a_nature_says_what_to_do_and_keeps_the_rest(
    coordinator: FlaskClient, database: Database, instrument_id: int
) -> None:
    mandate = mandate_at(database, "2.b")
    address = f"/mandates/{mandate.id}/understood"

    page = coordinator.get(address)

    answer = submit(coordinator, page, {"nature": "", "addressee": "Registrars"})

    assert answer.status_code == 400
    assert "Registrars" in answer.text
    with database.reading() as session:
        assert set(session.scalars(select(MandateFinding.decision))) == {None}


def test_a_session_of_the_calendar_gives_the_day_and_proposes_when_it_is_due(
    coordinator: FlaskClient, database: Database, instrument_id: int
) -> None:
    with arranging(), database.transaction() as session:
        body = session.query(Body).filter(Body.key == "coi").one()
        session.add(
            BodySession(
                body_id=body.id,
                number=6,
                name="Sixth session",
                language="en",
                opens_on=date(2099, 10, 7),
            )
        )

    words = text_of(coordinator.get(ADDRESS))
    assign = coordinator.get(f"/mandates/{mandate_at(database, '2.b').id}/assign")

    assert "session 6, opening on 7 October 2099" in words
    assert "proposed due date: 29 July 2099" in words
    assert "2099-07-29" in assign.text


def test_who_may_only_read_sees_it_and_no_buttons(
    client: FlaskClient, house: House, database: Database, instrument_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)

    shown = client.get(f"/resolutions/{instrument_id}/understood")
    form = client.get(f"/mandates/{mandate_at(database, '2.b').id}/understood")

    assert "Accept" not in text_of(shown)
    assert form.status_code == 403


def test_the_page_takes_five_statements_however_long_the_text(
    database: Database, instrument_id: int
) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        page = understanding_of(session, instrument_id)

    assert page.waiting_count == page.finding_count > 0
    assert len([one for one in statements if one.startswith("SELECT")]) == 5
